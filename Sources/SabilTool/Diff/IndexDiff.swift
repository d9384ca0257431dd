import SabilEvaluation
import SabilRecords
import SabilSearch

/// All that `sabil diff` found, to be written in one of several forms.
struct IndexDiff: Sendable {
    /// What became of the answers to queries.
    struct Answers: Sendable {
        let file: String
        let top: Int
        let expansion: Expansion
        let changes: AnswerChanges
        /// Queries without an answer of one side, with the reason.
        let failures: [Failure]
        /// Titles of all records shown, by id: as in the second index where both have it.
        let titles: [String: String]
    }

    struct Failure: Sendable {
        let query: QueryLog.Entry
        let reason: String
    }

    enum Queries: Sendable {
        case notAsked
        /// Why an index could not be asked, a sentence each.
        case impossible([String])
        case compared(Answers)
    }

    let from: IndexFacts
    let to: IndexFacts
    /// Fingerprint of this program's analyzer.
    let analyzer: String
    let records: RecordChanges
    let words: WordChanges
    let queries: Queries
    /// Words of the queries that find another number of records; all that differ.
    let queryWords: [QueryWordCount]

    var sharesAnalyzer: Bool { from.analyzer == to.analyzer }

    /// Nothing differs.
    var isEmpty: Bool {
        let hasSameAnswers =
            switch queries {
            case .notAsked: true
            case .impossible: false
            case .compared(let answers): answers.changes.entries.isEmpty && answers.failures.isEmpty
            }
        return records.isEmpty && words.from.oneSided == 0 && words.to.oneSided == 0 && hasSameAnswers && sharesAnalyzer
            && from.taxonomy == to.taxonomy
    }

    /// Something that was asked for could not be compared.
    var isPartial: Bool {
        switch queries {
        case .notAsked: !records.unreadable.isEmpty
        case .impossible: true
        case .compared(let answers): !answers.failures.isEmpty || !records.unreadable.isEmpty
        }
    }

    /// What the reader must know about what was compared and what could not be, a sentence each.
    var notes: [String] {
        var notes: [String] = []
        if !sharesAnalyzer {
            notes.append(
                "The analyzers differ, and this program's is \(analyzer): it can analyse in its own way only. Records, terms "
                    + "and how many records a query's word finds are compared as they are stored; why the other analyzer "
                    + "made a term cannot be said.")
        }
        if from.taxonomy != to.taxonomy {
            notes.append(
                "The taxonomies differ: records may reach other concepts, and queries other names.")
        }
        if sharesAnalyzer, !words.groups.isEmpty || !records.analysedOtherwise.isEmpty {
            notes.append(
                "The analyzers have one fingerprint, and yet the same records have other terms: another program built one "
                    + "of the indexes.")
        }
        if !records.unreadable.isEmpty {
            notes.append(
                "\(Counted(records.unreadable.count, "record")) cannot be read back from one of the indexes; whether they "
                    + "changed cannot be said. Rebuild that index.")
        }
        if case .impossible(let reasons) = queries { notes += reasons.map { "Queries were not compared: \($0)" } }
        return notes
    }

    /// The words of the queries that are worth a line: where the analyzers differ all, else those that find something on
    /// one side only.
    var tellingQueryWords: [QueryWordCount] {
        queryWords.filter { !sharesAnalyzer || $0.findsOnOneSideOnly }
    }
}
