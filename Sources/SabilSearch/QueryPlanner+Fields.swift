import SabilAnalysis
import SabilRecords
import XapianIndex

/// Phrases, beginnings of words, and fields.
extension QueryPlanner {
    /// The word sequences a phrase may stand for: one per way of cutting it into words, each as long as the query may be.
    private mutating func sequences(_ text: String) throws(AnalysisError) -> [[Token]] {
        var sequences: [[Token]] = []
        for language in languages {
            let tokens = withinRoom(try session.tokens(in: text, language: language))
            if !tokens.isEmpty, !sequences.contains(where: { $0.map(\.surface) == tokens.map(\.surface) }) {
                sequences.append(tokens)
            }
        }
        wordCount += sequences.map(\.count).max() ?? 0
        return sequences
    }

    mutating func phrase(_ text: String, at offset: Int) throws(AnalysisError) -> QueryNode? {
        let sequences = try sequences(text)
        guard let first = sequences.first else { return nil }
        let node = Self.phrase(sequences.map { $0.map(\.surface) })
        add(PlannedUnit(name: "\"\(text)\"", kind: .phrase, node: node))
        if !isExcluded {
            for sequence in sequences { plan.marks.phrases.insert(sequence.map(\.surface)) }
            plan.runs.append(first.map { QueryWord(surface: $0.surface, stems: [$0.stem], isStopword: $0.isStopword) })
        }
        return node
    }

    /// The words as written, side by side; one word is its own term.
    static func phrase(_ sequences: [[String]], in field: QueryField? = nil) -> QueryNode {
        let nodes = sequences.map { surfaces in
            let terms = surfaces.map { QueryNode.term(field == nil ? $0 : prefixed($0, field)) }
            // Words of abstract and body have no terms of their own.
            if terms.count == 1, field != .abstract, field != .body { return terms[0] }
            let scope: StreamPattern.Scope =
                switch field {
                case nil: .anywhere
                case .title: .firstField
                case .abstract: .secondField
                case .body: .thirdField
                default: .markedFields
                }
            return .stream(.phrase(surfaces, in: scope), terms)
        }
        return nodes.count == 1 ? nodes[0] : .or(nodes)
    }

    /// The term of a word that must stand in a field.
    static func prefixed(_ surface: String, _ field: QueryField?) -> String {
        switch field {
        case .title: IndexSchema.titleWord(surface)
        case .author: IndexSchema.authorWord(surface)
        default: surface
        }
    }

    mutating func prefix(_ text: String, at offset: Int) throws(AnalysisError) -> QueryNode? {
        switch try beginning(text, place: offset..<offset + text.utf8.count) {
        case .none: return nil
        case .short: return try words(text, at: offset)
        case .letters(let whole, let last):
            let parts = whole.map { QueryNode.term($0) } + [anyBeginning(last)]
            let node = parts.count == 1 ? parts[0] : .and(parts)
            add(PlannedUnit(name: (whole + [last]).joined(separator: " ") + "*", kind: .word, node: node))
            return node
        }
    }

    /// Words that begin so, written with n or with ñ.
    private func anyBeginning(_ surface: String, in field: QueryField? = nil) -> QueryNode {
        let nodes = Self.spellings(of: surface).map { spelling in
            QueryNode.prefix(
                field == nil ? spelling : Self.prefixed(spelling, field), maxExpansion: parameters.prefixExpansion)
        }
        return nodes.count == 1 ? nodes[0] : .or(nodes)
    }

    /// The beginning as typed, and with ñ for each n by itself: surfaces keep the two apart, and keyboards lack one.
    static func spellings(of beginning: String) -> [String] {
        let letters = Array(beginning.unicodeScalars)
        let others = letters.indices.filter { letters[$0] == "n" }.prefix(4).map { at in
            var other = letters
            other[at] = "ñ"
            return String(String.UnicodeScalarView(other))
        }
        return [beginning] + others
    }

    /// What stands before an asterisk.
    private enum Beginning {
        /// No word, or the query has too many beginnings.
        case none
        /// Too few letters: the text is words.
        case short
        /// Words before the last, which are whole, and what the last begins with.
        case letters(whole: [String], last: String)
    }

    /// Reads what stands before an asterisk, and marks it: a hyphen parts words, and only the last of them is open.
    ///
    /// - Parameter place: where notes say it is.
    private mutating func beginning(_ text: String, place: Range<Int>) throws(AnalysisError) -> Beginning {
        let tokens = try session.tokens(in: text, language: .undetermined)
        guard let last = tokens.last?.surface else { return .none }
        guard QueryParser.isBeginning(last) else {
            plan.notes.append(QueryParser.shortPrefix(place))
            return .short
        }
        guard hasRoomForPattern() else { return .none }
        let whole = withinRoom(tokens.dropLast().map(\.surface))
        wordCount += whole.count
        if !isExcluded {
            plan.marks.surfaces.formUnion(whole)
            plan.marks.prefixes.formUnion(Self.spellings(of: last))
        }
        return .letters(whole: whole, last: last)
    }

    /// Counts a word with open letters, with a note at the first that is too many.
    mutating func hasRoomForPattern() -> Bool {
        prefixCount += 1
        if prefixCount == parameters.maximumPrefixes + 1 {
            let most = parameters.maximumPrefixes
            plan.notes.append(
                QueryNote(
                    .cutQuery,
                    "The query has more than \(most) beginnings or forms of words: the rest was left out."))
        }
        return prefixCount <= parameters.maximumPrefixes
    }

    mutating func field(
        _ field: QueryField, _ value: FieldValueSyntax, at offset: Int
    ) throws(AnalysisError) -> QueryNode? {
        guard field.isFilter else { return try textField(field, value, at: offset) }
        guard let facet = field.facet else { return ownField(field, value, at: offset) }
        let values: [String]
        switch value {
        case .words, .phrase, .prefix, .pattern: values = value.listed
        case .range(let from, let to):
            values = ["\(from.map(String.init) ?? "")..\(to.map(String.init) ?? "")"]
        }
        guard !values.isEmpty, let filters else { return .nothing }
        var notes: [QueryNote] = []
        let node = filters.node(Filter(facet, values), notes: &notes)
        for note in notes {
            plan.notes.append(QueryNote(note.code, note.message, place: offset..<offset + field.rawValue.utf8.count))
        }
        return node
    }

    /// A field whose words are searched: they score as anywhere, and must stand in the field.
    private mutating func textField(
        _ field: QueryField, _ value: FieldValueSyntax, at offset: Int
    ) throws(AnalysisError) -> QueryNode? {
        switch value {
        case .words(let text):
            let words = withinRoom(try analysed(text))
            wordCount += words.count
            guard !words.isEmpty else { return nil }
            var nodes: [QueryNode] = []
            for word in words {
                let node = Self.node(of: word.forms, in: field)
                add(PlannedUnit(name: "\(field.rawValue):\(word.typed)", kind: .word, node: node))
                nodes.append(node)
                mark(word)
            }
            nodes = try planCompounds(words, nodes, in: text, field: field, at: offset)
            return nodes.count == 1 ? nodes[0] : .and(nodes)
        case .phrase(let text):
            let sequences = try sequences(text).map { $0.map(\.surface) }
            guard !sequences.isEmpty else { return nil }
            if !isExcluded { plan.marks.phrases.formUnion(sequences) }
            let words = sequences.map { QueryNode.and($0.map { .term($0) }) }
            let node = QueryNode.filter(words.count == 1 ? words[0] : .or(words), Self.phrase(sequences, in: field))
            add(PlannedUnit(name: "\(field.rawValue):\"\(text)\"", kind: .phrase, node: node))
            return node
        case .prefix(let text): return try prefix(text, in: field, at: offset)
        case .pattern(let text): return try pattern(text, in: field, at: offset)
        case .range:
            return .nothing
        }
    }

    /// The beginning of a word in a field; where the field has no terms of its own, anywhere.
    private mutating func prefix(
        _ text: String, in field: QueryField, at offset: Int
    ) throws(AnalysisError) -> QueryNode? {
        switch try beginning(text, place: offset..<offset + field.rawValue.utf8.count) {
        case .none: return nil
        case .short: return try textField(field, .words(text), at: offset)
        case .letters(let whole, let last):
            let isSuited = field == .title || field == .author
            let anywhere = anyBeginning(last)
            var parts = whole.map { QueryNode.filter(.term($0), Self.phrase([[$0]], in: field)) }
            parts.append(isSuited ? .filter(anywhere, anyBeginning(last, in: field)) : anywhere)
            let node = parts.count == 1 ? parts[0] : .and(parts)
            let name = (whole + [last]).joined(separator: " ")
            add(PlannedUnit(name: "\(field.rawValue):\(name)*", kind: .word, node: node))
            if !isSuited { noteUnsuited(field, at: offset) }
            return node
        }
    }

    /// A word that scores as anywhere and must stand in the field.
    static func node(of word: AnalysedQueryWord.Forms, in field: QueryField) -> QueryNode {
        let inField =
            field == .title
            ? QueryNode.or(word.stems.map { .term(IndexSchema.titleStem($0)) }) : phrase([[word.surface]], in: field)
        return .filter(word.node, inField)
    }

    mutating func noteUnsuited(_ field: QueryField, at offset: Int) {
        plan.notes.append(
            QueryNote(
                .unsuitedField,
                "Part of a word cannot be asked of the field \(field.rawValue): it was searched for anywhere.",
                place: offset..<offset + field.rawValue.utf8.count))
    }

    private mutating func mark(_ word: AnalysedQueryWord) {
        guard !isExcluded else { return }
        plan.marks.surfaces.insert(word.surface)
        plan.marks.stems.formUnion(word.stems)
        plan.runs.append([word.queryWord])
        plan.words.append(PlannedWord(word: word.queryWord, factor: 1))
    }
}

/// Nearness, and fields that are no facets.
extension QueryPlanner {
    /// Words and phrases, each at most so many words from the next.
    mutating func near(_ parts: [QueryTree], gaps: [Int]) throws(AnalysisError) -> QueryNode? {
        var nodes: [QueryNode] = []
        var seen: Set<[[String]]> = []
        let texts = parts.compactMap { part -> (text: String, typed: String)? in
            switch part {
            case .words(let text, _): (text, text)
            case .phrase(let text, _): (text, "\"\(text)\"")
            default: nil
            }
        }
        for language in languages {
            var groups: [[Token]] = []
            // Where a part holds no word, the distances on both sides of it become one.
            var distances: [Int] = []
            var gap = 0
            for (place, part) in texts.enumerated() {
                if place > 0 { gap += gaps[place - 1] }
                let tokens = try session.tokens(in: part.text, language: language)
                guard !tokens.isEmpty else { continue }
                if !groups.isEmpty { distances.append(gap) }
                gap = 0
                groups.append(tokens)
            }
            let all = withinRoom(groups.flatMap(\.self))
            guard all.count == groups.joined().count, !all.isEmpty,
                seen.insert(groups.map { $0.map(\.surface) }).inserted
            else { continue }
            nodes.append(Self.near(groups.map { $0.map(\.surface) }, distances: distances))
            guard !isExcluded else { continue }
            for group in groups {
                if group.count > 1 {
                    plan.marks.phrases.insert(group.map(\.surface))
                } else {
                    plan.marks.surfaces.formUnion(group.map(\.surface))
                }
            }
            if nodes.count == 1 {
                plan.runs.append(
                    all.map { QueryWord(surface: $0.surface, stems: [$0.stem], isStopword: $0.isStopword) })
                wordCount += all.count
            }
        }
        guard !nodes.isEmpty else { return nil }
        let node = nodes.count == 1 ? nodes[0] : .or(nodes)
        var name = texts.first?.typed ?? ""
        for (part, gap) in zip(texts.dropFirst(), gaps) { name += " NEAR/\(gap) \(part.typed)" }
        add(PlannedUnit(name: name, kind: .phrase, node: node))
        return node
    }

    /// Each phrase near the next; a word that is asked for several times stands at as many places of the whole stretch.
    private static func near(_ phrases: [[String]], distances: [Int]) -> QueryNode {
        let words = Array(phrases.joined())
        let terms = words.map { QueryNode.term($0) }
        let chain = QueryNode.stream(.chain(phrases, distances: distances), terms)
        guard words.unique.count < words.count else { return chain }
        let window = distances.reduce(0, +) + 1 + words.count - phrases.count
        return .filter(chain, .stream(.near(words, window: window), terms))
    }

    /// What a field lets through that no facet counts; what is unknown lets nothing through and is noted.
    private static func node(_ field: QueryField, _ value: String) -> QueryNode? {
        switch field {
        case .access: Visibility(rawValue: value).map { .term(IndexSchema.visibility($0)) }
        case .id: .term(IndexSchema.record(RecordID(value)))
        case .work: .term(IndexSchema.work(WorkID(value)))
        default: nil
        }
    }

    mutating func ownField(_ field: QueryField, _ value: FieldValueSyntax, at offset: Int) -> QueryNode {
        if case .range(let from, let to) = value {
            return .valueRange(slot: IndexSchema.Slot.dateOrdinal, from.map(Double.init), to.map(Double.init))
        }
        let values = value.listed
        guard !values.isEmpty else { return .nothing }
        var nodes: [QueryNode] = []
        for value in values.map(\.trimmed) {
            if let node = Self.node(field, value) {
                nodes.append(node)
            } else {
                nodes.append(.nothing)
                plan.notes.append(
                    QueryNote(
                        .unknownValue, "\"\(value)\" is no \(field.rawValue) known here: nothing matches it.",
                        place: offset..<offset + field.rawValue.utf8.count))
            }
        }
        return nodes.count == 1 ? nodes[0] : .or(nodes)
    }
}
