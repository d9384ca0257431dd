import SabilRecords

/// Queries and judgements.
extension FixtureCheck {
    func queryFindings() -> [FixtureFinding] {
        let file = "search/queries.jsonl"
        let queries = collection.queries
        var findings = FixtureCollection.repeated(
            queries, .queries, by: \.id, { "The query \($0.id) stands already at \($1)." },
            remedy: "Give it the next free id.")
        let write = "Write more queries."
        findings += shortage(
            .queries, in: file, of: "queries", queries.count, least: requirements.queries, remedy: write)
        for language in Language.known {
            findings += shortage(
                .queries, in: file, of: "queries in \(language.rawValue)",
                queries.count { $0.value.language == language.rawValue }, least: requirements.queriesPerLanguage,
                remedy: write)
        }
        findings += shortage(
            .queries, in: file, of: "queries of kind cross-language",
            queries.count { $0.value.kind == "cross-language" }, least: requirements.crossLanguageQueries, remedy: write
        )
        var splits: [String: (split: String, id: String)] = [:]
        for query in queries {
            let (subject, split) = (query.value.subject, query.value.split)
            if split != "dev" && split != "test" {
                findings.append(
                    query.finding(
                        .queries, "The split \"\(split)\" is neither dev nor test.", remedy: "Write one of them."))
            }
            if Language(bcp47: query.value.language) == nil || query.value.language == "und" {
                findings.append(
                    query.finding(
                        .queries, "\"\(query.value.language)\" is no language of the engine.",
                        remedy: "Write en, fr, es or ar."))
            }
            if let earlier = splits[subject], earlier.split != split {
                findings.append(
                    query.finding(
                        .queries,
                        "\(query.value.id) is in \(split), \(earlier.id) of the same subject \(subject) in "
                            + "\(earlier.split).",
                        remedy: "A subject stays in one split."))
            }
            splits[subject] = splits[subject] ?? (split, query.value.id)
        }
        return findings
    }

    func judgementFindings() -> [FixtureFinding] {
        typealias Judgement = FixtureCollection.Judgement
        struct Pair: Hashable {
            let query: String
            let record: String
        }
        func pair(_ judgement: Judgement) -> Pair { Pair(query: judgement.query, record: judgement.record) }
        let message = { (judgement: Judgement, place: String) in
            "\(judgement.record) is judged for \(judgement.query) already at \(place)."
        }
        var findings = FixtureCollection.repeated(
            collection.judgements, .judgements, by: pair, message, remedy: "Keep one of the two lines.")
        findings += FixtureCollection.repeated(
            collection.trecJudgements, .judgements, by: pair, message, remedy: "Keep one of the two lines.")

        let queries = Dictionary(collection.queries.map { ($0.value.id, $0) }) { first, _ in first }
        for judgement in collection.judgements {
            let value = judgement.value
            if records[RecordID(value.record)] == nil {
                findings.append(
                    judgement.finding(
                        .judgements, "There is no record \(value.record).", remedy: "Mend the id, or drop the line."))
            }
            if !requirements.grades.contains(value.grade) {
                findings.append(
                    judgement.finding(
                        .judgements, "The grade \(value.grade) is not one of \(Self.span(requirements.grades)).",
                        remedy: "Judge the record anew."))
            }
            guard let query = queries[value.query] else {
                findings.append(
                    judgement.finding(
                        .judgements, "There is no query \(value.query).", remedy: "Mend the id, or drop the line."))
                continue
            }
            if judgement.file != "search/qrels/\(query.value.split).tsv" {
                findings.append(
                    judgement.finding(
                        .judgements, "\(value.query) belongs to the split \(query.value.split).",
                        remedy: "Move the line to search/qrels/\(query.value.split).tsv."))
            }
        }

        let trec = Dictionary(collection.trecJudgements.map { (pair($0.value), $0) }) { first, _ in first }
        let ours = Dictionary(collection.judgements.map { (pair($0.value), $0) }) { first, _ in first }
        for judgement in collection.judgements where trec[pair(judgement.value)]?.value.grade != judgement.value.grade {
            let other = trec[pair(judgement.value)]
            findings.append(
                judgement.finding(
                    .judgements,
                    "search/qrels/all.trec "
                        + (other.map { "has the grade \($0.value.grade) at line \($0.line)" } ?? "lacks this line")
                        + ": \(judgement.value.query), \(judgement.value.record), \(judgement.value.grade).",
                    remedy: "all.trec holds exactly the lines of dev.tsv and test.tsv."))
        }
        for judgement in collection.trecJudgements where ours[pair(judgement.value)] == nil {
            findings.append(
                judgement.finding(
                    .judgements,
                    "\(judgement.value.query), \(judgement.value.record) is in neither dev.tsv nor test.tsv.",
                    remedy: "all.trec holds exactly the lines of dev.tsv and test.tsv."))
        }
        return findings + poolFindings()
    }

    /// Each query has an answer and enough judged records; the queries of one subject are judged alike.
    private func poolFindings() -> [FixtureFinding] {
        var findings: [FixtureFinding] = []
        let pools = Dictionary(grouping: collection.judgements.map(\.value), by: \.query)
        func grades(_ query: String) -> [String: Int] {
            Dictionary((pools[query] ?? []).map { ($0.record, $0.grade) }) { first, _ in first }
        }
        var subjects: [String: (id: String, grades: [String: Int])] = [:]
        for query in collection.queries {
            let own = grades(query.value.id)
            if !own.values.contains(where: { $0 >= requirements.relevantGrade }) {
                findings.append(
                    query.finding(
                        .judgements, "No record has grade \(requirements.relevantGrade) or more for \(query.value.id).",
                        remedy: "Judge what answers it, or drop the query."))
            }
            if own.count < requirements.judgedPerQuery {
                findings.append(
                    query.finding(
                        .judgements,
                        "\(own.count) records are judged for \(query.value.id), at least "
                            + "\(requirements.judgedPerQuery) are asked for.",
                        remedy: "Judge further candidates, lookalikes with grade 0 too."))
            }
            if let first = subjects[query.value.subject], first.grades != own {
                findings.append(
                    query.finding(
                        .judgements,
                        "\(query.value.id) and \(first.id) have the subject \(query.value.subject) and "
                            + "different judgements.",
                        remedy: "Queries of one subject share their judgements; make them equal, or part the subject."))
            }
            subjects[query.value.subject] = subjects[query.value.subject] ?? (query.value.id, own)
        }
        return findings
    }
}
