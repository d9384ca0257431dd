import SabilAnalysis
public import SabilRecords
import Synchronization

extension ConceptClassifier {
    /// The labels that may fit a text, best first; at most `limit`, fewer only if the model has fewer.
    ///
    /// - Parameters:
    ///   - language: `undetermined` = found from the text.
    ///   - limit: 0 = all.
    ///   - evidenceLimit: how many pieces of evidence each suggestion carries beside rest and prior; 0 = no evidence.
    /// - Throws: `analysis`.
    public func suggest(
        title: String, text: String, language: Language, limit: Int = 10, evidenceLimit: Int = 8
    ) throws(ModelError) -> [Suggestion] {
        try suggest(
            SuggestionRequest(
                title: title, text: text, language: language, limit: limit, evidenceLimit: evidenceLimit)
        ).suggestions
    }

    /// The labels that may fit a text, those asked about, and what the reader should know of the text.
    /// - Throws: `analysis`.
    /// - Complexity: O(text + weights of its features); evidence O(features of the text × members) a suggestion.
    public func suggest(_ request: SuggestionRequest) throws(ModelError) -> SuggestionList {
        var session = analyzer.makeSession()
        return try suggest(request, cuts: zoneCuts(request.zones), session: &session)
    }

    /// ``suggest(_:)`` of many documents at once, on threads of its own.
    ///
    /// The labels of the examples are not looked at. Call it off the cooperative pool.
    /// - Returns: per document, in the order given.
    public func suggestions(
        for documents: [TrainingExample], limit: Int = 10, evidenceLimit: Int = 0, allowed: Set<String>? = nil,
        zones: ZoneSetting = ZoneSetting(), threads: Int = 0
    ) throws(ModelError) -> [[Suggestion]] {
        let analyzer = analyzer
        let cuts = zoneCuts(zones)
        return try Parallel.map(
            documents.count, threads: Parallel.threadCount(threads),
            state: { () throws(ModelError) in analyzer.makeSession() }
        ) { (session: inout AnalysisSession, index: Int) throws(ModelError) in
            let document = documents[index]
            var request = SuggestionRequest(
                title: document.title, text: document.text, language: document.language, limit: limit,
                evidenceLimit: evidenceLimit)
            request.allowed = allowed
            return try self.suggest(request, cuts: cuts, session: &session).suggestions
        }
    }

    private func suggest(
        _ request: SuggestionRequest, cuts: ZoneCuts, session: inout AnalysisSession
    ) throws(ModelError) -> SuggestionList {
        let title = Self.beginning(of: request.title)
        let text = Self.beginning(of: request.text)
        let reading = try content.read(
            title: title.text, text: text.text, language: request.language, session: &session)
        let notes = notes(on: reading, isCut: title.isCut || text.isCut)
        let isGroundless = notes.contains { $0 == .noWords || $0 == .nothingKnown }
        // What held-out texts show of how often a score is right, they do not show of a text that none of them was like.
        let isUnproven = notes.contains { $0 == .fewWords || $0 == .unfamiliarLanguage }
        let candidates = content.scores(reading)
        let combination = content.stack.combine(candidates)
        let raw = combination.raw
        let isAllowed = candidates.labels.map { allows(content.labels[Int($0)], request) }
        var order = raw.indices.filter { isAllowed[$0] }.sorted {
            raw[$0] != raw[$1] ? raw[$0] > raw[$1] : candidates.labels[$0] < candidates.labels[$1]
        }
        if !successors.isEmpty {
            // Of several labels that became one concept the likeliest speaks for it.
            var seen: Set<String> = []
            order.removeAll { !seen.insert(name(ofLabel: candidates.labels[$0])).inserted }
        }
        var selected = Set(
            isGroundless
                ? []
                : content.stack.isSingleLabel
                    ? Array(order.prefix(1))
                    : order.filter {
                        content.cuts.selects(
                            raw[$0], label: candidates.labels[$0], language: reading.text.language)
                    })
        let implied = content.implied(among: selected, candidates: candidates, raw: raw)
        selected.subtract(implied.keys)
        let shown = order.prefix(request.limit > 0 ? request.limit : order.count)
        let asked = request.about.map { self.asked($0, candidates: candidates, order: order, raw: raw) }
        let finder =
            request.evidenceLimit > 0
            ? EvidenceFinder(
                content, reading: reading, candidates: candidates, combination: combination,
                positions: Array(shown) + asked.compactMap(\.position)) : nil
        func suggestion(_ position: Int, rank: Int?) -> Suggestion {
            let label = Int(candidates.labels[position])
            let confidence = content.calibration.confidence(raw[position])
            let isImplied = implied[position] != nil
            var zone = cuts.zone(raw: raw[position], confidence: confidence, label: Int32(label))
            if isUnproven, zone == .accept { zone = .ask }
            return Suggestion(
                label: name(ofLabel: candidates.labels[position]), rawScore: raw[position], confidence: confidence,
                isSelected: selected.contains(position),
                zone: isGroundless || isImplied || rank == nil ? .leaveOut : zone,
                rank: rank, impliedBy: implied[position].map { name(ofLabel: candidates.labels[$0]) },
                ancestors: content.ancestors[label].map { name(ofLabel: $0) },
                evidence: finder?.evidence(ofCandidate: position, limit: request.evidenceLimit) ?? [],
                members: finder?.members(ofCandidate: position) ?? [], model: id)
        }
        var list = SuggestionList(
            language: reading.text.language, suggestions: shown.enumerated().map { suggestion($1, rank: $0 + 1) },
            notes: notes)
        for (name, one) in zip(request.about, asked) {
            if !one.isKnown {
                list.unknown.append(name)
            } else if let position = one.position {
                list.about.append(suggestion(position, rank: order.firstIndex(of: position).map { $0 + 1 }))
            } else {
                list.about.append(notProposed(name))
            }
        }
        return list
    }

    /// The candidate that stands for a label asked about, if there is one, and whether the model knows the label at all.
    private func asked(
        _ name: String, candidates: CandidateScores, order: [Int], raw: [Double]
    ) -> (isKnown: Bool, position: Int?) {
        let own = labels(namedBy: name)
        let places = own.compactMap { candidates.labels.firstIndex(of: $0) }
        return (!own.isEmpty, order.first(where: places.contains) ?? places.max { raw[$0] < raw[$1] })
    }

    /// A label that the members which propose candidates did not propose at all.
    private func notProposed(_ label: String) -> Suggestion {
        Suggestion(
            label: label, rawScore: 0, confidence: 0, isSelected: false, zone: .leaveOut, rank: nil, model: id)
    }

    private func allows(_ label: String, _ request: SuggestionRequest) -> Bool {
        (request.allowed?.contains(successors[label] ?? label) ?? true) && !excluded.contains(label)
    }

    /// What a label is called with the taxonomy in use.
    private func name(ofLabel position: Int32) -> String {
        let label = content.labels[Int(position)]
        return successors[label] ?? label
    }

    /// The labels that stand for a concept: its own, and those it took the place of.
    func labels(namedBy name: String) -> [Int32] {
        let replaced = successors.filter { $0.value == name }.keys.sorted()
        return ((successors[name] == nil ? [name] : []) + replaced).compactMap { content.position(of: $0) }
    }

    /// The first ``SuggestionNote/longestText`` bytes, cut at a character.
    private static func beginning(of text: String) -> (text: String, isCut: Bool) {
        guard text.utf8.count > SuggestionNote.longestText else { return (text, false) }
        var end = text.utf8.index(text.startIndex, offsetBy: SuggestionNote.longestText)
        while end > text.startIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        return (String(decoding: text.utf8[..<end], as: UTF8.self), true)
    }

    private func notes(on reading: ModelContent.Reading, isCut: Bool) -> [SuggestionNote] {
        var notes: [SuggestionNote] = []
        let words = reading.text.tokens.count
        if words == 0 {
            notes.append(.noWords)
        } else if !reading.row.columns.contains(where: { content.vocabulary.keys[Int($0)] & 1 == 0 }),
            reading.matches.isEmpty, reading.meanings.columns.isEmpty
        {
            notes.append(.nothingKnown)
        } else if words < 5 {
            notes.append(.fewWords)
        }
        if words > 0, !manifest.languages.isEmpty, manifest.languages[reading.text.language.rawValue] == nil {
            notes.append(.unfamiliarLanguage)
        }
        if isCut { notes.append(.cut) }
        return notes
    }

    /// Where the zones of a setting begin; worked out once for each of the last settings.
    func zoneCuts(_ setting: ZoneSetting) -> ZoneCuts {
        if let known = knownCuts.withLock({ $0.first { $0.setting == setting } }) { return known }
        let cuts = ZoneCuts(content.heldOut, setting: setting)
        knownCuts.withLock { known in
            known.append(cuts)
            if known.count > 8 { known.removeFirst() }
        }
        return cuts
    }
}

extension ModelContent {
    /// Wider labels that a much likelier narrower selected one already implies: candidate → the narrower candidate.
    ///
    /// "Much likelier" is twice the odds.
    func implied(among selected: Set<Int>, candidates: CandidateScores, raw: [Double]) -> [Int: Int] {
        guard selected.count > 1 else { return [:] }
        var positions: [Int32: Int] = [:]
        for position in selected { positions[candidates.labels[position]] = position }
        var implied: [Int: Int] = [:]
        for position in selected.sorted() {
            for ancestor in ancestors[Int(candidates.labels[position])] {
                guard let wider = positions[ancestor], raw[position] >= raw[wider] + 0.693 else { continue }
                if let known = implied[wider], raw[known] >= raw[position] { continue }
                implied[wider] = position
            }
        }
        return implied
    }
}
