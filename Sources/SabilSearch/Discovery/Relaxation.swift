/// A way to ask less of a query that finds nothing, and what it would find.
public struct Relaxation: Sendable, Hashable {
    /// What is given up.
    public enum Step: String, Sendable, Hashable, Codable, CaseIterable {
        /// Filters beside the query, and fields within it that filter.
        case filters
        /// Quotation marks and NEAR: the words may stand anywhere.
        case phrases
        /// `+`, AND and fields that words must stand in: any of the words will do.
        case requirements
        /// What was to be left out.
        case exclusions
        /// Absent words are taken for the nearest that records have.
        case spelling
    }

    /// In the order in which they are tried.
    public var steps: [Step]
    /// The query without what is given up.
    public var text: String
    /// Whether the filters beside the query are given up.
    public var dropsFilters: Bool
    public var total: SearchTotal
}

/// Rewrites a query so that it asks for less.
struct QueryRelaxer: Sendable {
    private let text: [UInt8]
    private let tokens: [PlacedToken]
    /// Stretches of tokens that say what is to be left out, each from its sign to the end of what the sign works on.
    private let exclusions: [Range<Int>]
    private let hasWordOperators: Bool

    init(_ query: String) {
        var lexer = QueryLexer(query)
        lexer.run()
        text = Array(query.utf8)
        tokens = lexer.tokens
        hasWordOperators = lexer.hasWordOperators
        exclusions = ExclusionFinder.exclusions(in: tokens)
    }

    /// What the query, with or without filters beside it, could give up.
    func steps(hasFilters: Bool) -> [Relaxation.Step] {
        var steps: Set<Relaxation.Step> = hasFilters ? [.filters] : []
        if !exclusions.isEmpty { steps.insert(.exclusions) }
        for (place, entry) in tokens.enumerated() where !isExcluded(place) {
            switch entry.token {
            case .phrase, .near: steps.insert(.phrases)
            case .field(let field, .phrase):
                steps.insert(field.isFilter ? .filters : .phrases)
                if !field.isFilter { steps.insert(.requirements) }
            case .field(let field, _): steps.insert(field.isFilter ? .filters : .requirements)
            case .plus: steps.insert(.requirements)
            // One word joined with what is to be left out requires nothing more.
            case .and: if exclusion(from: place + 1) == nil { steps.insert(.requirements) }
            default: break
            }
        }
        return Relaxation.Step.allCases.filter(steps.contains)
    }

    private func exclusion(from place: Int) -> Range<Int>? { exclusions.first { $0.lowerBound == place } }

    private func isExcluded(_ place: Int) -> Bool { exclusions.contains { $0.contains(place) } }

    /// The query without what the steps give up; what is left out of it and stays is copied as it was typed.
    func query(without steps: Set<Relaxation.Step>) -> String {
        var pieces: [String] = []
        // A plus stands right before what it works on, and goes with it.
        var plus: Int?
        func add(_ piece: String, at place: Int) {
            guard !piece.isEmpty else { return drop() }
            pieces.append((plus == place - 1 ? "+" : "") + piece)
        }
        // An operator whose operand goes, goes with it.
        func drop() { if pieces.last == "AND" { pieces.removeLast() } }
        var place = 0
        while place < tokens.count {
            if let exclusion = exclusion(from: place) {
                let typed = text[tokens[place].place.lowerBound..<tokens[exclusion.upperBound - 1].place.upperBound]
                let isGone = steps.contains(.exclusions) || !tokens[exclusion].contains { Self.holdsWords($0.token) }
                add(isGone ? "" : String(decoding: typed, as: UTF8.self), at: .max)
                place = exclusion.upperBound
                continue
            }
            let entry = tokens[place]
            switch entry.token {
            case .phrase(let words, _):
                add(steps.contains(.phrases) ? loosened(words, at: place, steps) : typed(entry), at: place)
            case .near: if !steps.contains(.phrases) { add(typed(entry), at: place) }
            case .field(let field, let value):
                if field.isFilter {
                    add(steps.contains(.filters) ? "" : typed(entry), at: place)
                } else if steps.contains(.requirements) {
                    add(Self.text(value, isLoose: steps.contains(.phrases)), at: place)
                } else if steps.contains(.phrases), case .phrase(let words) = value {
                    let words = Self.words(words)
                    add(words.isEmpty ? "" : "\(field.rawValue):(\(words.joined(separator: " ")))", at: place)
                } else {
                    add(typed(entry), at: place)
                }
            case .plus: if !steps.contains(.requirements) { plus = place }
            case .and:
                if !steps.contains(.requirements) || exclusion(from: place + 1) != nil { pieces.append("AND") }
            // Twice left out is not left out.
            case .minus, .not: break
            default: add(typed(entry), at: place)
            }
            place += 1
        }
        let text = pieces.joined(separator: " ")
        guard hasWordOperators, !QueryLexer(text).hasWordOperators else { return text }
        // All that is left is in capitals, where the operators that are words would be words.
        return pieces.compactMap { piece -> String? in
            switch piece {
            case "AND": "&&"
            case "OR": "||"
            case _ where piece.hasPrefix("NEAR"): nil
            case _ where piece.hasPrefix("(") || piece.hasPrefix("+("): piece.replacing(" AND ", with: " && ")
            default: piece
            }
        }.joined(separator: " ")
    }

    /// Whether a sign has something to work on.
    private static func holdsWords(_ token: QueryToken) -> Bool {
        switch token {
        case .word, .phrase, .field: true
        default: false
        }
    }

    /// The words of a phrase, all of which must match where the phrase had to.
    private func loosened(_ phrase: String, at place: Int, _ steps: Set<Relaxation.Step>) -> String {
        let words = Self.words(phrase)
        let isRequired = [place - 1, place + 1].contains { neighbour in
            guard tokens.indices.contains(neighbour) else { return false }
            return tokens[neighbour].token == .and || (neighbour < place && tokens[neighbour].token == .plus)
        }
        return words.count > 1 && isRequired && !steps.contains(.requirements)
            ? "(\(words.joined(separator: hasWordOperators ? " AND " : " && ")))" : words.joined(separator: " ")
    }

    /// The words of a text without anything that the query language reads in another way.
    private static func words(_ text: String) -> [String] {
        let plain = text.unicodeScalars.split { scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark, .format: false
            default:
                !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
                    && !"-'’".unicodeScalars.contains(scalar)
            }
        }
        return plain.map { word in String(String.UnicodeScalarView(word.drop { $0 == "-" })) }
            .filter { !$0.isEmpty && !["AND", "OR", "NOT", "NEAR"].contains($0) }
    }

    private func typed(_ entry: PlacedToken) -> String { String(decoding: text[entry.place], as: UTF8.self) }

    private static func text(_ value: FieldValueSyntax, isLoose: Bool) -> String {
        switch value {
        case .words(let text): words(text).joined(separator: " ")
        case .phrase(let text): isLoose ? words(text).joined(separator: " ") : "\"\(text)\""
        case .prefix(let text): text + "*"
        case .pattern(let text): text
        case .range: ""
        }
    }
}

/// Finds what signs leave out; it goes through the pieces of a query as ``QueryParser`` does.
private struct ExclusionFinder {
    private let tokens: [PlacedToken]
    private var at = 0
    private var depth = 0
    private var found: [Range<Int>] = []

    static func exclusions(in tokens: [PlacedToken]) -> [Range<Int>] {
        var finder = ExclusionFinder(tokens: tokens)
        while finder.at < tokens.count {
            finder.alternatives()
            if finder.next(is: .close) { finder.at += 1 }
        }
        // Those within others go with them.
        return finder.found.filter { inner in
            !finder.found.contains {
                $0 != inner && $0.lowerBound <= inner.lowerBound && inner.upperBound <= $0.upperBound
            }
        }
    }

    private init(tokens: [PlacedToken]) { self.tokens = tokens }

    private func next(is token: QueryToken) -> Bool { at < tokens.count && tokens[at].token == token }

    private mutating func alternatives() {
        sequence()
        while next(is: .or) {
            at += 1
            sequence()
        }
    }

    private mutating func sequence() {
        while at < tokens.count {
            let start = at
            switch tokens[at].token {
            case .or, .close: return
            case .and, .near: at += 1
            case .plus:
                at += 1
                conjunction()
            case .minus, .not:
                at += 1
                conjunction()
                found.append(start..<at)
            default: conjunction()
            }
        }
    }

    private mutating func conjunction() {
        proximity()
        while next(is: .and) {
            at += 1
            let start = at
            var isExcluded = false
            while next(is: .not) || next(is: .minus) || next(is: .plus) {
                if !next(is: .plus) { isExcluded.toggle() }
                at += 1
            }
            proximity()
            if isExcluded { found.append(start..<at) }
        }
    }

    private mutating func proximity() {
        let start = at
        primary()
        while at > start, at < tokens.count, case .near = tokens[at].token {
            at += 1
            primary()
        }
    }

    private mutating func primary() {
        guard at < tokens.count else { return }
        switch tokens[at].token {
        case .word, .phrase, .field: at += 1
        case .open:
            at += 1
            guard depth < QueryParser.maximumDepth else { return }
            depth += 1
            alternatives()
            depth -= 1
            if next(is: .close) { at += 1 }
        default: break
        }
    }
}
