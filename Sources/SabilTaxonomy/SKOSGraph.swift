/// Where something stands in a file.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    /// As the caller named it.
    public let file: String
    /// From 1.
    public let line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}

/// What the files say of concepts and schemes, defects included; the raw side of a ``ConceptScheme``.
struct SKOSGraph: Sendable {
    /// A label or note with its language tag as written (empty where there is none).
    struct Text: Sendable, Hashable {
        let kind: SKOSTerm
        let language: String
        let text: String
        let place: SourcePlace
    }

    struct Link: Sendable, Hashable {
        let kind: SKOSTerm
        let target: String
        let place: SourcePlace
    }

    /// Everything said of one subject, in file order.
    struct Node: Sendable, Hashable {
        let uri: String
        /// Where it is spoken of first.
        let place: SourcePlace
        var isConcept = false
        var isScheme = false
        var isDeprecated = false
        var types: [String] = []
        var texts: [Text] = []
        var links: [Link] = []

        func targets(_ kind: SKOSTerm) -> [String] { links.filter { $0.kind == kind }.map(\.target) }
        func values(_ kind: SKOSTerm) -> [String] { texts.filter { $0.kind == kind }.map(\.text) }
    }

    private(set) var nodes: [Node] = []
    private var positions: [String: Int] = [:]

    var concepts: [Node] { nodes.filter(\.isConcept) }
    var schemes: [Node] { nodes.filter(\.isScheme) }

    func node(_ uri: String) -> Node? { positions[uri].map { nodes[$0] } }

    /// Reads one more Turtle file into the graph.
    mutating func read(turtle bytes: [UInt8], file: String) throws(TaxonomyError) {
        for statement in try TurtleReader.statements(in: bytes, file: file) {
            guard case .uri(let subject) = statement.subject, let term = SKOSTerm(uri: statement.predicate) else {
                continue
            }
            let place = SourcePlace(file: file, line: statement.line)
            switch statement.object {
            case .uri(let target): add(term, of: subject, to: target, at: place)
            case .literal(let text, let language): add(term, of: subject, text, language ?? "", at: place)
            case .blank: continue
            }
        }
    }

    /// Adds a concept that a format without links lists: its labels are all it has.
    mutating func add(
        concept uri: String, labels: [(language: String, text: String)], notation: String?, at place: SourcePlace
    ) {
        let position = position(of: uri, at: place)
        nodes[position].isConcept = true
        nodes[position].types = [SKOSTerm.conceptClass]
        for (language, text) in labels {
            nodes[position].texts.append(Text(kind: .prefLabel, language: language, text: text, place: place))
        }
        if let notation {
            nodes[position].texts.append(Text(kind: .notation, language: "", text: notation, place: place))
        }
    }

    private mutating func add(_ term: SKOSTerm, of subject: String, to target: String, at place: SourcePlace) {
        let position = position(of: subject, at: place)
        if term == .type {
            nodes[position].types.append(target)
            switch target {
            case SKOSTerm.conceptClass: nodes[position].isConcept = true
            case SKOSTerm.schemeClass: nodes[position].isScheme = true
            default: break
            }
        } else {
            nodes[position].links.append(Link(kind: term, target: target, place: place))
        }
    }

    private mutating func add(
        _ term: SKOSTerm, of subject: String, _ text: String, _ language: String, at place: SourcePlace
    ) {
        let position = position(of: subject, at: place)
        if term == .deprecated {
            nodes[position].isDeprecated = text == "true" || text == "1"
        } else {
            nodes[position].texts.append(Text(kind: term, language: language, text: text, place: place))
        }
    }

    private mutating func position(of uri: String, at place: SourcePlace) -> Int {
        if let known = positions[uri] { return known }
        positions[uri] = nodes.count
        nodes.append(Node(uri: uri, place: place))
        return nodes.count - 1
    }

    /// The last part of a URI, after `#` or the last `/`; the whole of it where nothing follows or it is no URI.
    static func localName(of uri: String) -> String {
        guard uri.contains("://") else { return uri }
        let separator = uri.utf8.lastIndex { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "/") }
        guard let separator else { return uri }
        let name = uri[uri.utf8.index(after: separator)...]
        return name.isEmpty ? uri : String(name)
    }
}

/// The properties that are understood; others are passed over, as RDF asks.
enum SKOSTerm: String, Sendable, Hashable {
    case type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    case prefLabel = "http://www.w3.org/2004/02/skos/core#prefLabel"
    case altLabel = "http://www.w3.org/2004/02/skos/core#altLabel"
    case hiddenLabel = "http://www.w3.org/2004/02/skos/core#hiddenLabel"
    case broader = "http://www.w3.org/2004/02/skos/core#broader"
    case narrower = "http://www.w3.org/2004/02/skos/core#narrower"
    case related = "http://www.w3.org/2004/02/skos/core#related"
    case inScheme = "http://www.w3.org/2004/02/skos/core#inScheme"
    case topConceptOf = "http://www.w3.org/2004/02/skos/core#topConceptOf"
    case hasTopConcept = "http://www.w3.org/2004/02/skos/core#hasTopConcept"
    case member = "http://www.w3.org/2004/02/skos/core#member"
    case notation = "http://www.w3.org/2004/02/skos/core#notation"
    case scopeNote = "http://www.w3.org/2004/02/skos/core#scopeNote"
    case deprecated = "http://www.w3.org/2002/07/owl#deprecated"
    case replacedBy = "http://purl.org/dc/terms/isReplacedBy"
    case region = "https://sabil.example/ns#region"
    case country = "https://sabil.example/ns#country"
    case category = "https://sabil.example/ns#category"
    case kind = "https://sabil.example/ns#kind"

    static let conceptClass = Concept.skosType
    static let schemeClass = "http://www.w3.org/2004/02/skos/core#ConceptScheme"
    /// Links whose both ends must be concepts.
    static let conceptLinks: [SKOSTerm] = [
        .broader, .narrower, .related, .replacedBy, .region, .country, .category,
    ]
    private static let byURI: [String: SKOSTerm] = {
        let all: [SKOSTerm] = [
            .type, .prefLabel, .altLabel, .hiddenLabel, .broader, .narrower, .related, .inScheme, .topConceptOf,
            .hasTopConcept, .member, .notation, .scopeNote, .deprecated, .replacedBy, .region, .country, .category,
            .kind,
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.rawValue, $0) })
    }()

    /// Faster than the initialiser by raw value, which compares with one case after another.
    init?(uri: String) {
        guard let term = Self.byURI[uri] else { return nil }
        self = term
    }

    /// The name as one writes it in Turtle, for messages.
    var shortName: String {
        let name = SKOSGraph.localName(of: rawValue)
        if rawValue.hasPrefix("https://sabil.example/") { return "sabil:" + name }
        return rawValue.contains("/skos/") ? "skos:" + name : name
    }
}
