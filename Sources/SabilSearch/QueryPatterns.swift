import SabilAnalysis
import SabilRecords
import XapianIndex

/// A word of a query with open letters; what stands for it is read from the index.
struct PlannedPattern: Sendable, Hashable {
    /// Bytes of the query.
    var place: Range<Int>
    var typed: String
    var pattern: WordPattern
    /// Prefix of the terms of its field; empty: words anywhere.
    var fieldPrefix = ""
    var isExcluded = false

    /// What stands in the plan until the words are known; it matches nothing.
    var placeholder: QueryNode { .synonym([.term(fieldPrefix + pattern.text)]) }
}

extension QueryPlanner {
    /// Words of a form; see ``QueryPatterns``.
    mutating func pattern(_ text: String, at offset: Int) throws(AnalysisError) -> QueryNode? {
        let place = offset..<offset + text.utf8.count
        guard let form = try folded(text) else {
            plan.notes.append(QueryLexer.innerAsterisk(text, place))
            return try words(text, at: offset)
        }
        guard hasRoomForPattern() else { return nil }
        return planned(PlannedPattern(place: place, typed: text, pattern: form, isExcluded: isExcluded), name: text)
    }

    /// Words of a form in a field; where the field has no terms of its own, anywhere.
    mutating func pattern(
        _ text: String, in field: QueryField, at offset: Int
    ) throws(AnalysisError) -> QueryNode? {
        let name = offset..<offset + field.rawValue.utf8.count
        guard let form = try folded(text) else {
            plan.notes.append(QueryLexer.innerAsterisk(text, name))
            return try self.field(field, .words(text), at: offset)
        }
        guard hasRoomForPattern() else { return nil }
        if field != .title && field != .author { noteUnsuited(field, at: offset) }
        let pattern = PlannedPattern(
            place: name, typed: text, pattern: form, fieldPrefix: Self.prefixed("", field), isExcluded: isExcluded)
        return planned(pattern, name: "\(field.rawValue):\(text)")
    }

    private mutating func planned(_ pattern: PlannedPattern, name: String) -> QueryNode {
        plan.patterns.append(pattern)
        add(PlannedUnit(name: name, kind: .word, node: pattern.placeholder))
        return pattern.placeholder
    }

    /// The letters between the open places as the index writes them; what elision puts before the word is none of it.
    ///
    /// - Returns: nil where the letters are not those of one word.
    private mutating func folded(_ text: String) throws(AnalysisError) -> WordPattern? {
        var form = ""
        var piece = String.UnicodeScalarView()
        var isFirst = true
        var isWord = true
        func take(_ session: inout AnalysisSession) throws(AnalysisError) {
            if !piece.isEmpty {
                let tokens = try session.tokens(in: String(piece), language: .undetermined)
                if let last = tokens.last, isFirst || tokens.count == 1 { form += last.surface } else { isWord = false }
            }
            isFirst = false
            piece = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            guard OpenWord.isOpen(scalar) else {
                piece.append(scalar)
                continue
            }
            try take(&session)
            form.unicodeScalars.append(scalar)
        }
        try take(&session)
        return isWord ? WordPattern(form) : nil
    }
}

/// The plan with the words of an index in the place of forms with open letters.
///
/// Those that most records have are searched for, scored as one word, as beginnings are. A word that stands only in records
/// which the reader may not see is neither searched for nor told.
struct QueryPatterns: ~Copyable {
    /// What a query may cost.
    struct Limits: Sendable {
        /// Words that one form stands for.
        var words: Int
        /// Terms of the index that are looked at: some 0.5 µs each.
        var terms = 400_000
        /// Searches whether the reader may see a word, for each word that a form may stand for.
        var looksPerWord = 4
        var until: ContinuousClock.Instant?
    }

    private static let pieceSize = 20_000

    private let limits: Limits
    private let visibility: QueryNode
    private var termsLeft: Int

    private struct Found {
        var words: [String] = []
        /// More words have the form.
        var isCut = false
        /// Not all words that begin like the form were looked at.
        var isPartial = false
    }

    static func settle(
        _ plan: QueryPlan, limits: Limits, visibility: QueryNode = .all, reader: borrowing IndexReader
    ) throws(IndexError) -> QueryPlan {
        guard !plan.patterns.isEmpty else { return plan }
        var patterns = QueryPatterns(limits, visibility)
        var nodes: [QueryNode: QueryNode] = [:]
        var plan = plan
        for pattern in plan.patterns {
            guard nodes[pattern.placeholder] == nil else { continue }
            let found = try patterns.words(of: pattern, reader)
            nodes[pattern.placeholder] = Self.node(found.words, pattern)
            if !pattern.isExcluded { plan.marks.surfaces.formUnion(found.words) }
            patterns.note(found, of: pattern, in: &plan)
        }
        plan.patterns = []
        plan.node = plan.node.replacing(nodes, everywhere: true)
        for index in plan.units.indices {
            plan.units[index].node = plan.units[index].node.replacing(nodes, everywhere: true)
        }
        return plan
    }

    private init(_ limits: Limits, _ visibility: QueryNode) {
        self.limits = limits
        self.visibility = visibility
        termsLeft = limits.terms
    }

    private static func node(_ words: [String], _ pattern: PlannedPattern) -> QueryNode {
        guard !words.isEmpty else { return .nothing }
        let anywhere = QueryNode.synonym(words.map { .term($0) })
        guard !pattern.fieldPrefix.isEmpty else { return anywhere }
        return .filter(anywhere, .or(words.map { .term(pattern.fieldPrefix + $0) }))
    }

    // MARK: What the index has

    private mutating func words(of pattern: PlannedPattern, _ reader: borrowing IndexReader) throws(IndexError) -> Found
    {
        var candidates: [(word: String, documents: Int)] = []
        var found = Found()
        for start in Self.starts(of: pattern.pattern.start) {
            try scan(pattern, from: start, into: &candidates, &found, reader)
        }
        candidates.sort { ($1.documents, $0.word) < ($0.documents, $1.word) }
        var looks = 0
        for (word, _) in candidates {
            if visibility != .all {
                guard looks < limits.words * limits.looksPerWord, !isLate else {
                    found.isPartial = true
                    break
                }
                looks += 1
                let node = Question.filtered(.term(pattern.fieldPrefix + word), by: visibility)
                guard try reader.matchesAny(node) else { continue }
            }
            guard found.words.count < limits.words else {
                found.isCut = true
                break
            }
            found.words.append(word)
        }
        return found
    }

    /// What the words may begin with: with ñ for n too. Numbers stand before all words, terms with a prefix between the two.
    private static func starts(of start: String) -> [(prefix: String, after: String)] {
        guard start.isEmpty else { return QueryPlanner.spellings(of: start).map { ($0, "") } }
        return (0...9).map { (String($0), "") } + [("", "[")]
    }

    private mutating func scan(
        _ pattern: PlannedPattern, from start: (prefix: String, after: String),
        into candidates: inout [(word: String, documents: Int)], _ found: inout Found, _ reader: borrowing IndexReader
    ) throws(IndexError) {
        let skipped = pattern.fieldPrefix.utf8.count
        var after = start.after.isEmpty ? "" : pattern.fieldPrefix + start.after
        while true {
            guard termsLeft > 0, !isLate else {
                found.isPartial = true
                return
            }
            let piece = try reader.lexicon(
                prefix: pattern.fieldPrefix + start.prefix, after: after, limit: min(Self.pieceSize, termsLeft))
            termsLeft -= piece.terms.count
            for row in 0..<piece.terms.count where pattern.pattern.matches(piece.terms.bytes(row).dropFirst(skipped)) {
                candidates.append(
                    (
                        String(decoding: piece.terms.bytes(row).dropFirst(skipped), as: UTF8.self),
                        piece.documentFrequencies[row]
                    ))
            }
            guard piece.isCut, piece.terms.count > 0 else { return }
            after = piece.terms[piece.terms.count - 1]
        }
    }

    private var isLate: Bool { limits.until.map { ContinuousClock.now >= $0 } ?? false }

    // MARK: What is told

    private func note(_ found: Found, of pattern: PlannedPattern, in plan: inout QueryPlan) {
        let told = found.words.prefix(10).joined(separator: ", ")
        let message =
            switch found.words.count {
            case 0: "No word of the records has the form \"\(pattern.typed)\"."
            case 1: "\"\(pattern.typed)\" stands for one word: \(told)."
            case 2...10: "\"\(pattern.typed)\" stands for \(found.words.count) words: \(told)."
            default: "\"\(pattern.typed)\" stands for \(found.words.count) words: \(told) …"
            }
        plan.notes.append(QueryNote(.pattern, message, place: pattern.place, names: found.words))
        if found.isCut {
            plan.notes.append(
                QueryNote(
                    .cutPattern,
                    "More words than the \(limits.words) most frequent have the form \"\(pattern.typed)\": those were searched.",
                    place: pattern.place))
        }
        if found.isPartial {
            plan.notes.append(
                QueryNote(
                    .cutPattern,
                    "Not every word of the index was compared with \"\(pattern.typed)\": more letters at its beginning "
                        + "leave fewer to compare.", place: pattern.place))
        }
    }
}
