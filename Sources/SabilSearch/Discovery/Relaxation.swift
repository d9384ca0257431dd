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

    init(_ query: String) {
        var lexer = QueryLexer(query)
        lexer.run()
        text = Array(query.utf8)
        tokens = lexer.tokens
    }

    /// What the query, with or without filters beside it, could give up.
    func steps(hasFilters: Bool) -> [Relaxation.Step] {
        var steps: Set<Relaxation.Step> = hasFilters ? [.filters] : []
        for (place, entry) in tokens.enumerated() {
            switch entry.token {
            case .phrase, .near: steps.insert(.phrases)
            case .field(let field, .phrase):
                steps.insert(field.isFilter ? .filters : .phrases)
                if !field.isFilter { steps.insert(.requirements) }
            case .field(let field, _): steps.insert(field.isFilter ? .filters : .requirements)
            case .plus: steps.insert(.requirements)
            // One word joined with what is to be left out requires nothing more.
            case .and: if !startsExclusion(place + 1) { steps.insert(.requirements) }
            case .minus, .not: steps.insert(.exclusions)
            default: break
            }
        }
        return Relaxation.Step.allCases.filter(steps.contains)
    }

    private func startsExclusion(_ place: Int) -> Bool {
        place < tokens.count && (tokens[place].token == .not || tokens[place].token == .minus)
    }

    /// The query without what the steps give up.
    func query(without steps: Set<Relaxation.Step>) -> String {
        // A sign stands right before what it works on.
        var pieces: [String] = []
        var glued: Set<Int> = []
        var place = 0
        while place < tokens.count {
            let entry = tokens[place]
            switch entry.token {
            case .phrase(let words, _): pieces.append(steps.contains(.phrases) ? words : typed(entry))
            case .near: if !steps.contains(.phrases) { pieces.append(typed(entry)) }
            case .field(let field, let value):
                if field.isFilter {
                    if !steps.contains(.filters) { pieces.append(typed(entry)) }
                } else if steps.contains(.requirements) {
                    pieces.append(Self.words(value, isLoose: steps.contains(.phrases)))
                } else if steps.contains(.phrases), case .phrase(let words) = value {
                    pieces.append("\(field.rawValue):(\(words.filter { $0 != "(" && $0 != ")" }))")
                } else {
                    pieces.append(typed(entry))
                }
            case .plus:
                if !steps.contains(.requirements) {
                    pieces.append("+")
                    glued.insert(pieces.count)
                }
            case .and:
                // An operator whose operand goes, goes with it.
                let isLost = steps.contains(.exclusions) && startsExclusion(place + 1)
                if !isLost, !steps.contains(.requirements) || startsExclusion(place + 1) { pieces.append("AND") }
            case .minus, .not:
                if steps.contains(.exclusions) {
                    place = operandEnd(place + 1)
                    continue
                }
                pieces.append(entry.token == .minus ? "-" : "NOT")
                if entry.token == .minus { glued.insert(pieces.count) }
            default: pieces.append(typed(entry))
            }
            place += 1
        }
        var text = ""
        for (number, piece) in pieces.enumerated() where !piece.isEmpty {
            if !text.isEmpty, !glued.contains(number) { text += " " }
            text += piece
        }
        return text
    }

    /// Behind the operand that begins at a token.
    private func operandEnd(_ start: Int) -> Int {
        guard start < tokens.count else { return tokens.count }
        switch tokens[start].token {
        case .minus, .plus, .not: return operandEnd(start + 1)
        case .open:
            var depth = 0
            for place in start..<tokens.count {
                if tokens[place].token == .open { depth += 1 }
                if tokens[place].token == .close { depth -= 1 }
                if depth == 0 { return place + 1 }
            }
            return tokens.count
        case .close, .or, .and: return start
        default: return start + 1
        }
    }

    private func typed(_ entry: PlacedToken) -> String { String(decoding: text[entry.place], as: UTF8.self) }

    private static func words(_ value: FieldValueSyntax, isLoose: Bool) -> String {
        switch value {
        case .words(let text): text
        case .phrase(let text): isLoose ? text : "\"\(text)\""
        case .prefix(let text): text + "*"
        case .range: ""
        }
    }
}
