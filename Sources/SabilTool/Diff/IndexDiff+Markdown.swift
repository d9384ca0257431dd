import SabilEvaluation
import SabilRecords
import SabilSearch

extension IndexDiff {
    /// The report as a page of Markdown (GitHub's form). Lists are whole, but for the changed queries.
    /// - Parameter limit: how many of the changed queries are told, the most changed first.
    func markdown(changes limit: Int) -> [String] {
        var lines = ["# Two indexes compared", ""]
        lines += Self.table(
            ["", "index", "records", "analyzer", "taxonomy"],
            [("from", from), ("to", to)].map { name, facts in
                [name, facts.path, "\(facts.recordCount)", facts.analyzer, facts.taxonomy]
            })
        for note in notes { lines += ["", Self.escaped(note)] }
        lines += recordSections + wordSection
        if case .compared(let answers) = queries { lines += Self.sections(answers, limit: limit) }
        if !tellingQueryWords.isEmpty { lines += queryWordSection }
        if isEmpty { lines += ["", "Nothing differs."] }
        return lines
    }

    private var recordSections: [String] {
        var lines = ["", "## Records", ""]
        lines.append(
            "\(records.added.count) added, \(records.removed.count) removed, \(records.changed.count) changed, "
                + "\(records.unchanged) unchanged.")
        for (name, entries) in [("Added", records.added), ("Removed", records.removed)] where !entries.isEmpty {
            lines += ["", "### \(name)", ""]
            lines += Self.table(
                ["id", "language", "title"], entries.map { [$0.id.rawValue, $0.language.rawValue, $0.title] })
        }
        if !records.changed.isEmpty {
            lines += ["", "### Changed", ""]
            lines += Self.table(
                ["id", "language", "title", "fields"],
                records.changed.map { change in
                    let entry = change.entry
                    return [
                        entry.id.rawValue, entry.language.rawValue, entry.title, change.fields.joined(separator: ", "),
                    ]
                })
        }
        for (ids, what) in [
            (records.analysedOtherwise, "analysed to other words"),
            (records.inAnotherLanguage, "taken to be in another language"),
            (records.reachingOtherConcepts, "reaching other concepts, countries or organisations"),
        ] where !ids.isEmpty {
            let named = ids.map { Self.escaped($0.rawValue) }.joined(separator: ", ")
            lines += ["", "Unchanged, but \(what): \(ids.count) (\(named))."]
        }
        return lines
    }

    private var wordSection: [String] {
        var lines = ["", "## Terms", ""]
        if words.groups.isEmpty {
            lines.append("None changed through analysis.")
        } else {
            let rows = words.groups.flatMap { group in
                [("only from", group.onlyFrom), ("only to", group.onlyTo)].flatMap { side, terms in
                    terms.map {
                        [group.language.rawValue, side, $0.isStem ? "stem" : "word", $0.text, "\($0.records)"]
                    }
                }
            }
            lines += ["Changed through analysis, with the unchanged records that have them:", ""]
            lines += Self.table(["language", "side", "kind", "term", "records"], rows)
        }
        lines += [
            "", "\(words.from.oneSided) terms are only in from, \(words.to.oneSided) only in to, whatever the reason.",
        ]
        if let cutSentence { lines += ["", "The tables " + cutSentence + "."] }
        return lines
    }

    private static func sections(_ answers: Answers, limit: Int) -> [String] {
        let changes = answers.changes
        var lines = ["", "## Queries", ""]
        lines.append(
            "\(tally(changes.compared)) compared, first \(answers.top) results, expansion \(answers.expansion.rawValue)."
        )
        lines.append("")
        for (count, what) in summary(changes) { lines.append("- \(tally(count)) \(what)") }
        lines.append(
            "- mean RBO \(decimals(changes.meanRankBiasedOverlap)), mean overlap@\(answers.top) "
                + decimals(changes.meanOverlap))
        if !answers.failures.isEmpty {
            lines += ["", "### Without an answer", ""]
            lines += table(["query", "reason"], answers.failures.map { [$0.query.id, $0.reason] })
        }
        guard !changes.entries.isEmpty else { return lines }
        lines += ["", "### Changed queries", ""]
        lines += table(
            ["query", "text", "asked", "found", "RBO", "overlap", "gained", "lost", "moved"],
            changes.entries.prefix(limit).map { entry in
                let change = entry.change
                return [
                    entry.query.id, entry.query.text, "\(entry.query.count)",
                    found(change), decimals(change.rankBiasedOverlap),
                    decimals(change.overlap),
                    change.gained.map { "\($0.to ?? 0). \($0.document)" }.joined(separator: ", "),
                    change.lost.map { "\($0.from ?? 0). \($0.document)" }.joined(separator: ", "),
                    change.moved.map { "\($0.document) \($0.from ?? 0)→\($0.to ?? 0)" }.joined(separator: ", "),
                ]
            })
        if changes.entries.count > limit {
            lines += ["", "And \(changes.entries.count - limit) more changed queries (see `--changes`)."]
        }
        return lines
    }

    private var queryWordSection: [String] {
        ["", "## Words of the queries", "", "As this program analyses them.", ""]
            + Self.table(
                ["word", "stems", "itself, from", "itself, to", "any form, from", "any form, to"],
                tellingQueryWords.map { word in
                    [
                        word.word, word.stems.joined(separator: ", "), "\(word.from.exact)", "\(word.to.exact)",
                        "\(word.from.inAnyForm)", "\(word.to.inAnyForm)",
                    ]
                })
    }

    private static func escaped(_ text: String) -> String { ReportLayout.escaped(text) }

    private static func table(_ columns: [String], _ rows: [[String]]) -> [String] {
        ReportLayout(columns: columns, rows: rows.map { $0.map { IsolatedText.of($0) } }).markdown
    }
}
