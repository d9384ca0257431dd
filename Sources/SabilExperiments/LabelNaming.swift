import SabilRecords
public import SabilTaxonomy

/// Maps the labels of a collection to local names of a taxonomy and back, so that the output speaks as the input did.
public struct LabelNaming: Sendable {
    private enum Form: Sendable {
        case localName
        case uri
        case bracketedURI
        case notation
    }

    private let scheme: ConceptScheme?
    private let form: Form
    /// How the collection writes each concept, by local name.
    private let written: [String: String]

    /// - Parameter seen: the labels of the collection; how the first known one is written is how unseen ones will be.
    public init(scheme: ConceptScheme?, seen labels: some Sequence<String>) {
        self.scheme = scheme
        var form: Form?
        var written: [String: String] = [:]
        for label in labels {
            guard let (concept, itsForm) = Self.find(label, in: scheme) else { continue }
            written[concept.id.rawValue] = label
            if form == nil { form = itsForm }
        }
        self.form = form ?? .localName
        self.written = written
    }

    /// The local name where the taxonomy knows the label, else the label as it is.
    public func conceptName(_ label: String) -> String { Self.find(label, in: scheme)?.0.id.rawValue ?? label }

    /// As the collection writes it.
    public func collectionName(_ name: String) -> String {
        if let label = written[name] { return label }
        guard let concept = scheme?.concept(ConceptID(name)) else { return name }
        switch form {
        case .localName: return name
        case .uri: return concept.uri
        case .bracketedURI: return "<\(concept.uri)>"
        case .notation: return concept.notation ?? name
        }
    }

    private static func find(_ label: String, in scheme: ConceptScheme?) -> (Concept, Form)? {
        guard let scheme else { return nil }
        if let concept = scheme.concept(ConceptID(label)) { return (concept, .localName) }
        if let concept = scheme.concept(uri: label) { return (concept, .uri) }
        if label.hasPrefix("<"), label.hasSuffix(">"),
            let concept = scheme.concept(uri: String(label.dropFirst().dropLast()))
        {
            return (concept, .bracketedURI)
        }
        return scheme.concept(notation: label).map { ($0, .notation) }
    }
}
