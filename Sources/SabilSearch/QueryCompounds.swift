import Glibc
import SabilAnalysis
import SabilRecords
import XapianIndex

/// A way that texts may write words of the query otherwise, as one word or as two; see ``CompoundForm``.
struct PlannedCompound: Sendable, Hashable {
    /// Bytes of the query.
    var place: Range<Int>
    var typed: String
    /// The words that it stands for: two for a joined form, one for a parted one.
    var words: [AnalysedQueryWord.Forms]
    /// Of the joined form, its stems in each language and itself.
    var joined: AnalysedQueryWord.Forms?
    /// Two surfaces for each place where the word can be parted.
    var partings: [[String]] = []
    /// The field that it must stand in, and what stands in the plan for its words there.
    var fielded: Fielded?

    struct Fielded: Sendable, Hashable {
        var field: QueryField
        var node: QueryNode
    }
}

extension QueryPlanner {
    /// Looks for other spellings of a run of words.
    ///
    /// - Parameter words: those of the text in the first language of the query.
    mutating func planCompounds(
        _ words: [AnalysedQueryWord], in text: String, at offset: Int
    ) throws(AnalysisError) {
        guard parameters.compoundWeight > 0, let language = languages.first else { return }
        let tokens = try session.tokens(in: text, language: language)
        for form in session.compounds(of: tokens, in: text, language: language) {
            let held = tokens[form.words].compactMap { token in words.first { $0.place == token.utf8Range }?.forms }
            guard held.count == form.words.count else { continue }
            let place = form.utf8Range.lowerBound + offset..<form.utf8Range.upperBound + offset
            let typed = String(decoding: Array(text.utf8)[form.utf8Range], as: UTF8.self)
            switch form.spelling {
            case .joined(let joined, _):
                let analysed = try analysed(joined)
                guard analysed.count == 1, plan.compounds.count < parameters.maximumWords else { continue }
                plan.compounds.append(
                    PlannedCompound(place: place, typed: typed, words: held, joined: analysed[0].forms))
            case .parted(let partings):
                plan.compounds.append(PlannedCompound(place: place, typed: typed, words: held, partings: partings))
            }
        }
    }

    /// Looks for other spellings of words that must stand in a field; what is excluded stays as written.
    ///
    /// - Parameter nodes: what stands for each word.
    /// - Returns: the same, those of two words that may be written as one as one node.
    mutating func planCompounds(
        _ words: [AnalysedQueryWord], _ nodes: [QueryNode], in text: String, field: QueryField, at offset: Int
    ) throws(AnalysisError) -> [QueryNode] {
        guard !isExcluded, parameters.compoundWeight > 0, let language = languages.first else { return nodes }
        let name = offset..<offset + field.rawValue.utf8.count
        let tokens = try session.tokens(in: text, language: language)
        var grouped: [QueryNode?] = nodes
        var taken: Set<Int> = []
        for form in session.compounds(of: tokens, in: text, language: language) {
            let held = tokens[form.words].compactMap { token in words.firstIndex { $0.place == token.utf8Range } }
            guard held.count == form.words.count, let first = held.first, taken.isDisjoint(with: held),
                plan.compounds.count < parameters.maximumWords
            else { continue }
            let typed = String(decoding: Array(text.utf8)[form.utf8Range], as: UTF8.self)
            var compound = PlannedCompound(place: name, typed: typed, words: held.map { words[$0].forms })
            switch form.spelling {
            case .joined(let joined, _):
                let analysed = try analysed(joined)
                guard analysed.count == 1 else { continue }
                compound.joined = analysed[0].forms
            case .parted(let partings): compound.partings = partings
            }
            taken.formUnion(held)
            let node = held.count == 1 ? nodes[first] : QueryNode.and(held.map { nodes[$0] })
            for other in held.dropFirst() { grouped[other] = nil }
            grouped[first] = node
            compound.fielded = PlannedCompound.Fielded(field: field, node: node)
            plan.compounds.append(compound)
        }
        return grouped.compactMap(\.self)
    }
}

/// The plan with those other spellings of its words that an index has.
///
/// A joined form is one more stem of both words; the parts of a word side by side are an alternative to it that scores as the
/// two words would, but never more than the word: rare parts are what is left where a line was broken. What must stand in a
/// field has its other spellings there. Quoted words, beginnings and what is excluded stay as written.
struct QueryCompounds: ~Copyable {
    /// Places at which a word is parted at most: those whose rarer part is most frequent.
    private static let partingsPerWord = 2
    /// Whether a parting is a way to write the word is seen from so many texts that have both parts: this many must have them side
    /// by side. *Front line* stands in most of them, *low est* where a line was broken.
    private static let sampledTexts = 200
    private static let textsWithParting = 4

    private var plan: QueryPlan
    private let visibility: QueryNode
    private var replaced: [AnalysedQueryWord.Forms: Replacement] = [:]
    /// What stands for words of a field, with the other spellings that the field has.
    private var fielded: [QueryNode: [QueryNode]] = [:]

    private struct Replacement {
        var stems: [String] = []
        var partings: [Parting] = []
    }

    private struct Parting {
        var surfaces: [String]
        /// What the weight of the two is multiplied by.
        var factor: Double
    }

    /// - Parameter visibility: what the reader may see: what stands elsewhere only is not searched for, nor told.
    /// - Complexity: one look into the lexicon per form, a search for each form that occurs, of at most 200 texts each.
    static func settle(
        _ plan: QueryPlan, parameters: RankingParameters, visibility: QueryNode = .all, reader: borrowing IndexReader
    ) throws(IndexError) -> QueryPlan {
        guard !plan.compounds.isEmpty, parameters.compoundWeight > 0 else { return plan }
        var compounds = QueryCompounds(plan, visibility)
        try compounds.look(reader, parameters)
        return compounds.rewritten()
    }

    private init(_ plan: QueryPlan, _ visibility: QueryNode) {
        self.plan = plan
        self.visibility = visibility
    }

    // MARK: What the index has

    private mutating func look(
        _ reader: borrowing IndexReader, _ parameters: RankingParameters
    ) throws(IndexError) {
        var terms: Set<String> = []
        for compound in plan.compounds {
            terms.formUnion(compound.joined?.terms ?? compound.words.flatMap(\.terms))
            for parting in compound.partings { terms.formUnion(Self.spellings(of: parting).joined()) }
        }
        let ordered = Array(terms)
        var documents: [String: Double] = [:]
        for (term, frequency) in zip(ordered, try reader.frequencies(of: ordered)) where frequency.documents > 0 {
            documents[term] = Double(frequency.documents)
        }
        let all = Double(try reader.documentCount())
        func weight(_ frequency: Double) -> Double {
            pow(log(1 + (max(0, all - frequency) + 0.5) / (frequency + 0.5)), parameters.idfExponent)
        }
        for compound in plan.compounds {
            if let joined = compound.joined, let fielded = compound.fielded {
                let node = QueryPlanner.node(of: joined, in: fielded.field)
                guard try reader.matchesAny(Question.filtered(node, by: visibility)) else { continue }
                self.fielded[fielded.node, default: []].append(node)
                plan.units.append(
                    PlannedUnit(name: "\(fielded.field.rawValue):\(joined.surface)", kind: .word, node: node))
                plan.marks.stems.formUnion(joined.stems)
                note(compound, joined.surface)
            } else if let joined = compound.joined {
                let held = joined.stems.filter { documents[IndexSchema.stem($0)] != nil }
                if !held.isEmpty, try isSeen(.or(held.map { .term(IndexSchema.stem($0)) }), reader) {
                    join(compound, joined, held)
                }
            } else {
                let whole = weight(compound.words[0].terms.compactMap { documents[$0] }.max() ?? 0)
                try part(compound, documents, reader) { parts in
                    parameters.compoundWeight * min(1, whole / parts.reduce(0) { $0 + weight($1) })
                }
            }
        }
    }

    private mutating func join(
        _ compound: PlannedCompound, _ joined: AnalysedQueryWord.Forms, _ held: [String]
    ) {
        for forms in compound.words {
            let new = held.filter { !forms.stems.contains($0) }
            replaced[forms, default: Replacement()].stems += new
        }
        plan.marks.stems.formUnion(held)
        note(compound, joined.surface)
    }

    private mutating func part(
        _ compound: PlannedCompound, _ documents: [String: Double], _ reader: borrowing IndexReader,
        factor: ([Double]) -> Double
    ) throws(IndexError) {
        var candidates: [(parting: [String], rarer: Double, factor: Double)] = []
        for parting in compound.partings {
            for spelling in Self.spellings(of: parting) {
                guard let first = documents[spelling[0]], let second = documents[spelling[1]] else { continue }
                candidates.append((spelling, min(first, second), factor([first, second])))
            }
        }
        candidates.sort { ($1.rarer, $0.parting[0]) < ($0.rarer, $1.parting[0]) }
        let cuts = candidates.map { $0.parting[0] }.unique.prefix(Self.partingsPerWord)
        for (parting, _, factor) in candidates where cuts.contains(parting[0]) {
            let node = Self.node(parting, in: compound.fielded?.field)
            guard try isWritten(node, reader) else { continue }
            if let fielded = compound.fielded {
                self.fielded[fielded.node, default: []].append(.scale(factor, node))
                plan.marks.phrases.insert(parting)
                note(compound, parting.joined(separator: " "))
                continue
            }
            replaced[compound.words[0], default: Replacement()].partings.append(
                Parting(surfaces: parting, factor: factor))
            plan.marks.phrases.insert(parting)
            // It is spelt right.
            plan.typed.removeAll { $0.place == compound.place }
            note(compound, parting.joined(separator: " "))
        }
    }

    /// Whether the reader may see a record of those that have it: there is one.
    private func isSeen(_ node: QueryNode, _ reader: borrowing IndexReader) throws(IndexError) -> Bool {
        if visibility == .all { return true }
        return try reader.matchesAny(Question.filtered(node, by: visibility))
    }

    /// Whether texts that the reader may see write a word in these parts, and not by accident.
    private func isWritten(_ parting: QueryNode, _ reader: borrowing IndexReader) throws(IndexError) -> Bool {
        var query = IndexQuery(Question.filtered(parting, by: visibility), limit: Self.textsWithParting)
        query.weighting = .boolean
        query.wantData = false
        query.streamSlot = IndexSchema.Slot.wordStream
        query.streamCandidates = Self.sampledTexts
        let page = try reader.search(query)
        return page.hits.count >= (page.cutsStreams ? Self.textsWithParting : 1)
    }

    /// A parting, and its last part with or without the s of the plural.
    private static func spellings(of parting: [String]) -> [[String]] {
        guard parting.count == 2 else { return [] }
        let last = parting[1]
        return [parting, [parting[0], last.hasSuffix("s") ? String(last.dropLast()) : last + "s"]]
    }

    private static func node(_ parting: [String], in field: QueryField? = nil) -> QueryNode {
        guard let field else { return .stream(.phrase(parting), parting.map { .term($0) }) }
        return .filter(.and(parting.map { .term($0) }), QueryPlanner.phrase([parting], in: field))
    }

    private mutating func note(_ compound: PlannedCompound, _ other: String) {
        if let at = plan.notes.firstIndex(where: { $0.code == .compound && $0.place == compound.place }) {
            plan.notes[at].names.append(other)
            plan.notes[at].message = Self.message(compound, plan.notes[at].names)
        } else {
            plan.notes.append(
                QueryNote(.compound, Self.message(compound, [other]), place: compound.place, names: [other]))
        }
    }

    private static func message(_ compound: PlannedCompound, _ others: [String]) -> String {
        "Texts that write \"\(compound.typed)\" as \(others.map { "\"\($0)\"" }.joined(separator: " or ")) were found too."
    }

    // MARK: The plan anew

    private consuming func rewritten() -> QueryPlan {
        var plan = plan
        plan.compounds = []
        guard !replaced.isEmpty || !fielded.isEmpty else { return plan }
        var nodes: [QueryNode: QueryNode] = [:]
        for (node, others) in fielded { nodes[node] = .or([node] + others) }
        var words: [QueryWord: [String]] = [:]
        for (forms, replacement) in replaced {
            var wider = forms
            wider.stems += replacement.stems.unique
            var node = wider.node
            if !replacement.partings.isEmpty {
                node = .or([node] + replacement.partings.map { .scale($0.factor, Self.node($0.surfaces)) })
            }
            nodes[forms.node] = node
            words[QueryWord(surface: forms.surface, stems: forms.stems, isStopword: false)] = wider.stems
        }
        func wider(_ word: QueryWord) -> QueryWord {
            let key = QueryWord(surface: word.surface, stems: word.stems, isStopword: false)
            return QueryWord(surface: word.surface, stems: words[key] ?? word.stems, isStopword: word.isStopword)
        }
        plan.node = plan.node.replacing(nodes)
        for index in plan.units.indices { plan.units[index].node = plan.units[index].node.replacing(nodes) }
        plan.runs = plan.runs.map { $0.map(wider) }
        for index in plan.words.indices { plan.words[index].word = wider(plan.words[index].word) }
        return plan
    }
}

extension AnalysedQueryWord.Forms {
    /// The terms of its stems.
    fileprivate var terms: [String] { stems.map(IndexSchema.stem) }
}
