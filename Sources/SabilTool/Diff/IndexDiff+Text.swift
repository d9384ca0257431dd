import Foundation
import SabilEvaluation
import SabilRecords
import SabilSearch

extension IndexDiff {
    /// Columns of a terminal that lines keep within; only paths and ids, which nobody wants cut, may pass it.
    static let width = 80
    /// Records named of one kind, and terms of one side; the number of the others is said.
    private static let shown = 10

    /// The report for a terminal.
    /// - Parameter limit: how many of the changed queries are told, the most changed first.
    func text(changes limit: Int) -> [String] {
        var lines: [String] = []
        for (name, facts) in [("from", from), ("to", to)] {
            lines.append(name.padding(toLength: 6, withPad: " ", startingAt: 0) + facts.path)
            lines += Self.wrapped(
                "\(Counted(facts.recordCount, "record")), analyzer \(facts.analyzer), taxonomy \(facts.taxonomy)",
                indent: 6)
        }
        lines += notes.flatMap { [""] + Self.wrapped($0) }
        lines += [""] + recordLines + [""] + wordLines
        if case .compared(let answers) = queries { lines += [""] + Self.lines(answers, limit: limit) }
        if !tellingQueryWords.isEmpty { lines += [""] + queryWordLines }
        if isEmpty { lines += ["", "Nothing differs."] }
        return lines
    }

    // MARK: Records and terms

    private var recordLines: [String] {
        var lines = Self.wrapped(
            "RECORDS  \(records.added.count) added, \(records.removed.count) removed, \(records.changed.count) changed, "
                + "\(records.unchanged) unchanged")
        func list<Item>(_ items: [Item], _ line: (Item) -> String) {
            lines += items.prefix(Self.shown).map(line)
            if items.count > Self.shown { lines.append("  … and \(items.count - Self.shown) more") }
        }
        list(records.added) { Self.line("  + \($0.id.rawValue)  ", $0.title) }
        list(records.removed) { Self.line("  - \($0.id.rawValue)  ", $0.title) }
        list(records.changed) { Self.line("  ~ \($0.entry.id.rawValue)  ", $0.fields.joined(separator: ", ")) }
        for (ids, what) in [
            (records.analysedOtherwise, "analysed to other words"),
            (records.inAnotherLanguage, "taken to be in another language"),
            (records.reachingOtherConcepts, "reaching other concepts, countries or organisations"),
        ] where !ids.isEmpty {
            let named = ids.prefix(Self.shown).map(\.rawValue).joined(separator: ", ")
            let rest = ids.count > Self.shown ? " and \(ids.count - Self.shown) more" : ""
            lines += Self.wrapped("unchanged, but \(what): \(ids.count) (\(named)\(rest))", indent: 2)
        }
        return lines
    }

    private var wordLines: [String] {
        var lines: [String] = []
        if words.groups.isEmpty {
            lines.append("TERMS  none changed through analysis")
        } else {
            lines += Self.wrapped(
                "TERMS  changed through analysis, with the unchanged records that have them; ~ is a stem")
        }
        for group in words.groups {
            for (name, terms) in [("only from", group.onlyFrom), ("only to", group.onlyTo)] where !terms.isEmpty {
                let named = terms.prefix(Self.shown).map {
                    "\($0.isStem ? "~" : "")\(IsolatedText.of($0.text, width: 40)) \($0.records)"
                }
                let rest = terms.count > Self.shown ? ["… and \(terms.count - Self.shown) more"] : []
                lines += Self.wrapped(
                    "\(group.language.rawValue)  \(name): " + (named + rest).joined(separator: ", "), indent: 2)
            }
        }
        lines += Self.wrapped(
            "\(words.from.oneSided) only in from, \(words.to.oneSided) only in to, whatever the reason", indent: 2)
        lines += cutSentence.map { Self.wrapped($0, indent: 2) } ?? []
        return lines
    }

    /// What to know when not all terms of one side were looked at.
    var cutSentence: String? {
        guard words.from.isCut || words.to.isCut else { return nil }
        return "looked at the most frequent of them: \(words.from.examined) and \(words.to.examined) (see --terms)"
    }

    // MARK: Queries

    private static func lines(_ answers: Answers, limit: Int) -> [String] {
        let changes = answers.changes
        var lines = wrapped(
            "QUERIES  \(tally(changes.compared)) compared, first \(answers.top) results, expansion "
                + answers.expansion.rawValue)
        for (count, what) in summary(changes) { lines += wrapped("\(tally(count)) \(what)", indent: 2) }
        if changes.compared.queries > 0 {
            lines += wrapped(
                "mean RBO \(decimals(changes.meanRankBiasedOverlap)), mean overlap@\(answers.top) "
                    + decimals(changes.meanOverlap), indent: 2)
        }
        for failure in answers.failures.prefix(Self.shown) {
            lines += wrapped("! \(failure.query.id)  \(failure.reason)", indent: 2)
        }
        if answers.failures.count > Self.shown {
            lines.append("  ! … and \(answers.failures.count - Self.shown) more without an answer")
        }
        for entry in changes.entries.prefix(limit) { lines += [""] + self.lines(entry, answers) }
        if changes.entries.count > limit {
            lines += ["", "… and \(changes.entries.count - limit) more changed queries (see --changes)"]
        }
        return lines
    }

    /// The kinds of change with their counts, without those that did not happen.
    static func summary(_ changes: AnswerChanges) -> [(AnswerChanges.Tally, String)] {
        [
            (changes.changed, "show other results or another order"),
            (changes.countOnly, "find another number, with the same results on top"),
            (changes.returnNothingNow, "return nothing now"),
            (changes.returnSomethingNow, "return something now and returned nothing before"),
            (changes.returnNothing, "return nothing in either"),
        ].filter { $0.0.queries > 0 || $0.1 == "show other results or another order" }
    }

    /// `12 queries`, and how often they were asked where a log says.
    static func tally(_ tally: AnswerChanges.Tally) -> String {
        let queries = Counted(tally.queries, "query", plural: "queries").description
        return tally.askings == tally.queries ? queries : "\(queries) (asked \(tally.askings) times)"
    }

    private static func lines(_ entry: AnswerChanges.Entry, _ answers: Answers) -> [String] {
        let change = entry.change
        let asked = entry.query.count > 1 ? "  (asked \(entry.query.count) times)" : ""
        let room = width - 4 - IsolatedText.width(entry.query.id) - asked.count
        var lines = ["  \(entry.query.id)  \(IsolatedText.of(entry.query.text, width: max(20, room)))\(asked)"]
        if change.returnsNothingNow { lines.append("    returns nothing now") }
        if change.returnsSomethingNow { lines.append("    returned nothing before") }
        lines.append(
            "    found \(found(change))  RBO \(decimals(change.rankBiasedOverlap))  "
                + "overlap \(decimals(change.overlap))")
        for (sign, moves) in [("+", change.gained), ("-", change.lost)] {
            for move in moves {
                let rank = String(move.to ?? move.from ?? 0)
                let padding = String(repeating: " ", count: max(0, 3 - rank.count))
                lines.append(
                    line("    \(sign) \(padding)\(rank)  \(move.document)  ", answers.titles[move.document] ?? ""))
            }
        }
        if !change.moved.isEmpty {
            let named = change.moved.map { "\($0.document) \($0.from ?? 0)→\($0.to ?? 0)" }
            lines += wrapped("~ " + named.joined(separator: ", "), indent: 4)
        }
        return lines
    }

    private var queryWordLines: [String] {
        var lines = Self.wrapped(
            "WORDS OF THE QUERIES as this program analyses them: records with the word itself and in any of its forms")
        for word in tellingQueryWords.prefix(Self.shown * 2) {
            let stems = word.stems.map { IsolatedText.of($0, width: 30) }.joined(separator: ", ")
            lines += Self.wrapped(
                "\(IsolatedText.of(word.word, width: 30)) (\(stems)): itself \(word.from.exact) → \(word.to.exact), "
                    + "any form \(word.from.inAnyForm) → \(word.to.inAnyForm)", indent: 2)
        }
        if tellingQueryWords.count > Self.shown * 2 {
            lines.append("  … and \(tellingQueryWords.count - Self.shown * 2) more")
        }
        return lines
    }

    // MARK: Layout

    /// `12 → 14`, or the one number where nothing changed.
    static func found(_ change: AnswerChange) -> String {
        let (from, to) = (found(change.from), found(change.to))
        return from == to ? to : "\(from) → \(to)"
    }

    private static func found(_ answer: ShownAnswer) -> String {
        (answer.isExact ? "" : "at least ") + "\(answer.found)"
    }

    static func decimals(_ value: Double) -> String { String(format: "%.3f", value) }

    /// A head that is kept whole and a text from outside that is cut to what is left of the line.
    private static func line(_ head: String, _ text: String) -> String {
        let room = width - IsolatedText.width(head)
        return room < 8 || text.isEmpty ? trimmed(head) : head + IsolatedText.of(text, width: room)
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    /// A sentence on lines within the width; the lines after the first are two columns further in.
    private static func wrapped(_ text: String, indent: Int = 0) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isFresh = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isFresh, IsolatedText.width(line) + 1 + IsolatedText.width(String(word)) > width {
                lines.append(line)
                line = String(repeating: " ", count: indent + 2) + word
            } else {
                line += (isFresh ? "" : " ") + word
            }
            isFresh = false
        }
        return lines + [line]
    }
}
