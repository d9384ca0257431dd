/// Reads the query language; every text is a query, whatever is odd about it becomes a note.
///
/// Words side by side: any may match. `"…"` exact phrase · `word*` beginnings · `w*rd`, `wo?d` words of that form · `+word` must · `-word` must not ·
/// `a NEAR/5 b NEAR/9 c` each at most so many words from the next, in any order, in their exact forms, a phrase as a whole
/// · `AND OR NOT` in capitals · `( )` · `field:value`, `field:"…"`, `year:2018..2022`. AND binds closer than words side by
/// side, those closer than OR. Fields restrict: they must match; values of the same field side by side are alternatives.
struct QueryParser {
    /// What a query was read as.
    struct Outcome: Sendable, Hashable {
        var tree: QueryTree
        var notes: [QueryNote]
    }

    /// Bytes of a query that are looked at.
    static let maximumBytes = 10_000
    /// Parentheses within one another.
    static let maximumDepth = 40
    /// Words from one side of NEAR to the other, and at most.
    static let usualNearness = 10
    static let maximumNearness = 100

    private var tokens: [PlacedToken] = []
    private var notes: [QueryNote] = []
    private var at = 0
    private var depth = 0

    static func parse(_ query: String) -> Outcome {
        var parser = QueryParser()
        var text = query
        if query.utf8.count > maximumBytes {
            var end = query.utf8.index(query.startIndex, offsetBy: maximumBytes)
            while String(query.utf8[..<end]) == nil { end = query.utf8.index(before: end) }
            text = String(query[..<end])
            parser.notes.append(
                QueryNote(.cutQuery, "The query is longer than \(maximumBytes) bytes: the rest was left out."))
        }
        var lexer = QueryLexer(text)
        lexer.run()
        parser.tokens = lexer.tokens
        parser.notes += lexer.notes
        let tree = parser.whole()
        return Outcome(tree: tree, notes: parser.notes)
    }

    private mutating func whole() -> QueryTree {
        var parts: [QueryTree] = []
        while at < tokens.count {
            let tree = alternatives()
            if tree != .nothing { parts.append(tree) }
            if at < tokens.count, tokens[at].token == .close {
                notes.append(
                    QueryNote(
                        .unbalancedParenthesis, "A closing parenthesis has no partner: it was ignored.",
                        place: tokens[at].place))
                at += 1
            }
        }
        if parts.count > 1 { return .or(parts) }
        return parts.first ?? .nothing
    }

    /// sequence (OR sequence)*
    private mutating func alternatives() -> QueryTree {
        var parts: [QueryTree] = []
        while true {
            let tree = sequence()
            if tree != .nothing { parts.append(tree) }
            guard at < tokens.count, tokens[at].token == .or else { break }
            let place = tokens[at].place
            at += 1
            if tree == .nothing || at == tokens.count || tokens[at].token == .close { noteDangling("OR", place) }
        }
        if parts.count > 1 { return .or(parts) }
        return parts.first ?? .nothing
    }

    /// Items side by side, until OR, a closing parenthesis or the end.
    private mutating func sequence() -> QueryTree {
        var required: [QueryTree] = []
        var optional: [QueryTree] = []
        var excluded: [QueryTree] = []
        var filters: [(field: QueryField, trees: [QueryTree])] = []
        var run: (text: String, at: Int, end: Int)?

        func flush(_ run: inout (text: String, at: Int, end: Int)?, _ optional: inout [QueryTree]) {
            if let words = run { optional.append(.words(words.text, at: words.at)) }
            run = nil
        }
        while at < tokens.count {
            let placed = tokens[at]
            if placed.token == .or || placed.token == .close { break }
            if case .word(let word) = placed.token, OpenWord(word) == nil, !nextJoins {
                // Keeping the text between the words as it was keeps their places.
                if var words = run {
                    words.text += String(repeating: " ", count: placed.place.lowerBound - words.end) + word
                    words.end = placed.place.upperBound
                    run = words
                } else {
                    run = (word, placed.place.lowerBound, placed.place.upperBound)
                }
                at += 1
                continue
            }
            flush(&run, &optional)
            switch placed.token {
            case .plus, .minus, .not:
                at += 1
                let tree = conjunction()
                if tree == .nothing {
                    noteDangling(placed.token == .plus ? "+" : placed.token == .minus ? "-" : "NOT", placed.place)
                } else if placed.token == .plus {
                    required.append(tree)
                } else {
                    excluded.append(tree)
                }
            case .and:
                noteDangling("AND", placed.place)
                at += 1
            case .near:
                noteDangling("NEAR", placed.place)
                at += 1
            default:
                let tree = conjunction()
                if case .field(let field, _, _) = tree {
                    if let index = filters.firstIndex(where: { $0.field == field }) {
                        filters[index].trees.append(tree)
                    } else {
                        filters.append((field, [tree]))
                    }
                } else if tree != .nothing {
                    optional.append(tree)
                }
            }
        }
        flush(&run, &optional)
        for filter in filters {
            required.append(filter.trees.count == 1 ? filter.trees[0] : .or(filter.trees))
        }
        if required.isEmpty && excluded.isEmpty && optional.count <= 1 { return optional.first ?? .nothing }
        return .group(required: required, optional: optional, excluded: excluded)
    }

    /// primary (AND [NOT] primary)*
    private mutating func conjunction() -> QueryTree {
        var parts: [QueryTree] = []
        var excluded: [QueryTree] = []
        let first = proximity()
        if first != .nothing { parts.append(first) }
        while nextTokenIs(.and) {
            let place = tokens[at].place
            at += 1
            var isExcluded = false
            while nextTokenIs(.not) || nextTokenIs(.minus) || nextTokenIs(.plus) {
                if !nextTokenIs(.plus) { isExcluded.toggle() }
                at += 1
            }
            let next = proximity()
            if next == .nothing {
                noteDangling("AND", place)
            } else if isExcluded {
                excluded.append(next)
            } else {
                parts.append(next)
            }
        }
        if !excluded.isEmpty { return .group(required: parts, optional: [], excluded: excluded) }
        if parts.count > 1 { return .and(parts) }
        return parts.first ?? .nothing
    }

    /// primary (NEAR primary)*
    private mutating func proximity() -> QueryTree {
        let start = at
        var parts = [primary()].filter { $0 != .nothing }
        var gaps: [Int] = []
        while at < tokens.count, case .near(let distance) = tokens[at].token, !parts.isEmpty {
            let place = tokens[at].place
            at += 1
            let next = primary()
            if next == .nothing {
                noteDangling("NEAR", place)
            } else {
                parts.append(next)
                gaps.append(distance)
            }
        }
        guard parts.count > 1 else { return parts.first ?? .nothing }
        let isPlain = parts.allSatisfy { part in
            switch part {
            case .words, .phrase: true
            default: false
            }
        }
        if isPlain { return .near(parts, gaps: gaps) }
        notes.append(
            QueryNote(
                .nearTakesWords, "NEAR takes words and quoted phrases: it was taken as AND.",
                place: tokens[start].place.lowerBound..<tokens[at - 1].place.upperBound))
        return .and(parts)
    }

    private mutating func primary() -> QueryTree {
        guard at < tokens.count else { return .nothing }
        let placed = tokens[at]
        switch placed.token {
        case .word(let word):
            at += 1
            return self.word(word, placed.place)
        case .phrase(let text, _):
            at += 1
            return text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
                ? .nothing : .phrase(text, at: placed.place.lowerBound)
        case .field(let field, let value):
            at += 1
            return .field(field, value, at: placed.place.lowerBound)
        case .open:
            return parenthesised()
        case .close, .and, .or, .not, .near, .plus, .minus:
            return .nothing
        }
    }

    private mutating func parenthesised() -> QueryTree {
        let place = tokens[at].place
        at += 1
        guard depth < Self.maximumDepth else {
            if !notes.contains(where: { $0.code == .cutNesting }) {
                notes.append(
                    QueryNote(
                        .cutNesting, "Parentheses nested deeper than \(Self.maximumDepth) were ignored.", place: place))
            }
            return .nothing
        }
        depth += 1
        let tree = alternatives()
        depth -= 1
        if nextTokenIs(.close) {
            at += 1
        } else {
            notes.append(
                QueryNote(
                    .unbalancedParenthesis, "An opening parenthesis has no partner: it was closed at the end.",
                    place: place))
        }
        return tree
    }

    private mutating func word(_ word: String, _ place: Range<Int>) -> QueryTree {
        let start: String
        switch OpenWord(word) {
        case nil: return .words(word, at: place.lowerBound)
        case .pattern(let pattern): return .pattern(pattern, at: place.lowerBound)
        case .beginning(let letters): start = letters
        }
        if Self.isBeginning(start) { return .prefix(start, at: place.lowerBound) }
        notes.append(Self.shortPrefix(place))
        return start.isEmpty ? .nothing : .words(start, at: place.lowerBound)
    }

    /// Whether there are letters enough for words that begin so.
    static func isBeginning(_ start: String) -> Bool {
        start.unicodeScalars.count(where: \.properties.isAlphabetic) >= 2
    }

    static func shortPrefix(_ place: Range<Int>) -> QueryNote {
        QueryNote(
            .shortPrefix, "A beginning needs two letters before the asterisk: it was taken as a word.", place: place)
    }

    /// Whether an operator that binds closer than words side by side comes after this token.
    private var nextJoins: Bool {
        guard at + 1 < tokens.count else { return false }
        if case .near = tokens[at + 1].token { return true }
        return tokens[at + 1].token == .and
    }

    private func nextTokenIs(_ token: QueryToken) -> Bool { at < tokens.count && tokens[at].token == token }

    private mutating func noteDangling(_ name: String, _ place: Range<Int>) {
        notes.append(
            QueryNote(.danglingOperator, "\(name) has nothing to work on: it was ignored.", place: place))
    }
}
