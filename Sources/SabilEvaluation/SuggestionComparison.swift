extension ComparisonReport {
    /// Compares two files of suggestions document by document: F1 of the assigned labels, F1 of the first five, precision
    /// of the first.
    ///
    /// A document that a file lacks has no label there. What came in and went out are the labels a classifier assigns; a
    /// label has the grade 1 when it is right and 0 otherwise.
    /// - Parameters:
    ///   - gold: the labelled documents; those without a right label count 0, as Annif and scikit-learn have it.
    ///   - groups: parts of the documents to compare on their own too.
    /// - Throws: `empty` without a labelled document.
    public init(
        _ system: SuggestionFile, baseline: SuggestionFile, gold: [BEIREntry], groups: QueryGroups? = nil,
        overlap: RankBiasedOverlap = .standard, topChanges: Int = 10, sampling: Sampling = Sampling()
    ) throws(EvaluationError) {
        guard !gold.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "compare suggestions",
                message:
                    "Comparing suggestions failed: there is no labelled document. Give the lines they were made for.")
        }
        let files = [("A", baseline), ("B", system)]
        let ids = Set(gold.map(\.id))
        var notes: [String] = []
        for (name, file) in files {
            let missing = gold.count { file.suggestions[$0.id] == nil }
            if missing > 0 {
                notes.append("\(name): \(missing) of \(gold.count) documents have no line and count as 0.")
            }
            let unknown = file.suggestions.keys.count { !ids.contains($0) }
            if unknown > 0 {
                notes.append(
                    "\(name): \(ComparisonUnit.documents.counted(unknown)) not among the labelled: not counted.")
            }
        }
        let unlabelled = gold.count { $0.labels.isEmpty }
        if unlabelled > 0 {
            notes.append("\(unlabelled) of \(gold.count) documents have no right label and count as 0.")
        }

        let labels = Dictionary(gold.map { ($0.id, Set($0.labels)) }, uniquingKeysWith: { first, _ in first })
        let assigned = { (file: SuggestionFile, id: String) in
            (file.suggestions[id] ?? []).filter(\.selected).map(\.label)
        }
        let first = { (file: SuggestionFile, id: String, count: Int) in
            (file.suggestions[id] ?? []).prefix(count).map(\.label)
        }
        let figures: [(name: String, value: (SuggestionFile, BEIREntry) -> Double)] = [
            ("F1", { Self.f1(assigned($0, $1.id), labels[$1.id] ?? []) }),
            ("F1@5", { Self.f1(first($0, $1.id, 5), labels[$1.id] ?? []) }),
            (
                "P@1",
                { file, entry in first(file, entry.id, 1).contains { labels[entry.id]?.contains($0) == true } ? 1 : 0 }
            ),
        ]
        let measures = figures.map { figure in
            (
                name: figure.name, system: gold.map { figure.value(system, $0) },
                baseline: gold.map { figure.value(baseline, $0) }
            )
        }
        let ranking = { (file: SuggestionFile) in
            { (id: String) in
                (file.suggestions[id] ?? []).map { ScoredDocument($0.label, score: $0.score) }
            }
        }
        let material = Material(
            unit: .documents, queries: gold.map(\.id), measures: measures, systemRanking: ranking(system),
            baselineRanking: ranking(baseline), groups: groups?.named ?? [], depth: nil, notes: notes)
        self.init(material, overlap: overlap, topChanges: topChanges, sampling: sampling) { position, shared in
            let entry = gold[position]
            let right = labels[entry.id] ?? []
            let rankings = [system, baseline].map { ranking($0)(entry.id).map(\.document) }
            let grades = Dictionary(
                (rankings[0] + rankings[1]).map { ($0, right.contains($0) ? 1 : 0) },
                uniquingKeysWith: { first, _ in first })
            return RankingChange(
                query: entry.id, text: entry.title.isEmpty ? nil : entry.title, value: measures[0].system[position],
                baseline: measures[0].baseline[position], overlap: shared,
                system: RankingChange.Answer(rankings[0], shown: Set(assigned(system, entry.id))),
                other: RankingChange.Answer(rankings[1], shown: Set(assigned(baseline, entry.id))), grades: grades,
                relevance: 1, reach: nil)
        }
    }

    private static func f1(_ chosen: [String], _ right: Set<String>) -> Double {
        let all = chosen.count + right.count
        return all == 0 ? 0 : 2 * Double(chosen.count { right.contains($0) }) / Double(all)
    }
}
