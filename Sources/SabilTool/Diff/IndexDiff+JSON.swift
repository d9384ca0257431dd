import Foundation
import SabilEvaluation
import SabilRecords
import SabilSearch

extension IndexDiff {
    /// One object with everything, keys sorted; nothing is cut but the terms looked at, which it says.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(Document(self)), as: UTF8.self)
    }

    private struct Document: Encodable {
        let isEmpty: Bool
        let isPartial: Bool
        let from: Side
        let to: Side
        let programAnalyzer: String
        let notes: [String]
        let records: Records
        let terms: Terms
        let queries: Outcome?
        let queryWords: [Word]

        init(_ diff: IndexDiff) {
            isEmpty = diff.isEmpty
            isPartial = diff.isPartial
            from = Side(diff.from)
            to = Side(diff.to)
            programAnalyzer = diff.analyzer
            notes = diff.notes
            records = Records(diff.records)
            terms = Terms(diff.words)
            if case .compared(let answers) = diff.queries { queries = Outcome(answers) } else { queries = nil }
            queryWords = diff.queryWords.map(Word.init)
        }
    }

    private struct Side: Encodable {
        let path: String
        let records: Int
        let analyzer: String
        let taxonomy: String

        init(_ facts: IndexFacts) {
            path = facts.path
            records = facts.recordCount
            analyzer = facts.analyzer
            taxonomy = facts.taxonomy
        }
    }

    private struct Records: Encodable {
        struct Entry: Encodable {
            let id: String
            let language: String
            let title: String
            let fields: [String]?

            init(_ entry: RecordChanges.Entry, fields: [String]? = nil) {
                id = entry.id.rawValue
                language = entry.language.rawValue
                title = entry.title
                self.fields = fields
            }
        }
        let added: [Entry]
        let removed: [Entry]
        let changed: [Entry]
        let unchanged: Int
        let analysedOtherwise: [String]
        let inAnotherLanguage: [String]
        let reachingOtherConcepts: [String]
        let unreadable: [String]

        init(_ records: RecordChanges) {
            added = records.added.map { Entry($0) }
            removed = records.removed.map { Entry($0) }
            changed = records.changed.map { Entry($0.entry, fields: $0.fields) }
            unchanged = records.unchanged
            analysedOtherwise = records.analysedOtherwise.map(\.rawValue)
            inAnotherLanguage = records.inAnotherLanguage.map(\.rawValue)
            reachingOtherConcepts = records.reachingOtherConcepts.map(\.rawValue)
            unreadable = records.unreadable.map(\.rawValue)
        }
    }

    private struct Terms: Encodable {
        struct Term: Encodable {
            let term: String
            let kind: String
            let records: Int

            init(_ term: WordChanges.Term) {
                self.term = term.text
                kind = term.isStem ? "stem" : "word"
                records = term.records
            }
        }
        struct Group: Encodable {
            let language: String
            let onlyFrom: [Term]
            let onlyTo: [Term]
        }
        struct Extent: Encodable {
            let oneSided: Int
            let examined: Int
        }
        let changedThroughAnalysis: [Group]
        let from: Extent
        let to: Extent

        init(_ words: WordChanges) {
            changedThroughAnalysis = words.groups.map {
                Group(
                    language: $0.language.rawValue, onlyFrom: $0.onlyFrom.map(Term.init),
                    onlyTo: $0.onlyTo.map(Term.init))
            }
            from = Extent(oneSided: words.from.oneSided, examined: words.from.examined)
            to = Extent(oneSided: words.to.oneSided, examined: words.to.examined)
        }
    }

    private struct Outcome: Encodable {
        struct Count: Encodable {
            let queries: Int
            let askings: Int

            init(_ tally: AnswerChanges.Tally) {
                queries = tally.queries
                askings = tally.askings
            }
        }
        struct Failure: Encodable {
            let id: String
            let reason: String
        }
        let file: String
        let top: Int
        let expansion: String
        let compared: Count
        let changed: Count
        let countOnly: Count
        let returnNothingNow: Count
        let returnSomethingNow: Count
        let returnNothing: Count
        let meanRbo: Double
        let meanOverlap: Double
        let failures: [Failure]
        let changes: [Change]

        init(_ answers: Answers) {
            let found = answers.changes
            file = answers.file
            top = answers.top
            expansion = answers.expansion.rawValue
            compared = Count(found.compared)
            changed = Count(found.changed)
            countOnly = Count(found.countOnly)
            returnNothingNow = Count(found.returnNothingNow)
            returnSomethingNow = Count(found.returnSomethingNow)
            returnNothing = Count(found.returnNothing)
            meanRbo = found.meanRankBiasedOverlap
            meanOverlap = found.meanOverlap
            failures = answers.failures.map { Failure(id: $0.query.id, reason: $0.reason) }
            changes = found.entries.map { Change($0, titles: answers.titles) }
        }
    }

    private struct Change: Encodable {
        struct Found: Encodable {
            let count: Int
            let isExact: Bool

            init(_ answer: ShownAnswer) {
                count = answer.found
                isExact = answer.isExact
            }
        }
        struct Move: Encodable {
            let id: String
            let from: Int?
            let to: Int?
            let title: String?
        }
        let id: String
        let text: String
        let language: String
        let count: Int
        let foundFrom: Found
        let foundTo: Found
        let rbo: Double
        let overlap: Double
        let gained: [Move]
        let lost: [Move]
        let moved: [Move]

        init(_ entry: AnswerChanges.Entry, titles: [String: String]) {
            let moves = { (moves: [AnswerChange.Move]) in
                moves.map { Move(id: $0.document, from: $0.from, to: $0.to, title: titles[$0.document]) }
            }
            id = entry.query.id
            text = entry.query.text
            language = entry.query.language.rawValue
            count = entry.query.count
            foundFrom = Found(entry.change.from)
            foundTo = Found(entry.change.to)
            rbo = entry.change.rankBiasedOverlap
            overlap = entry.change.overlap
            gained = moves(entry.change.gained)
            lost = moves(entry.change.lost)
            moved = moves(entry.change.moved)
        }
    }

    private struct Word: Encodable {
        struct Records: Encodable {
            let exact: Int
            let inAnyForm: Int

            init(_ records: QueryWordCount.Records) {
                exact = records.exact
                inAnyForm = records.inAnyForm
            }
        }
        let word: String
        let stems: [String]
        let language: String
        let from: Records
        let to: Records

        init(_ count: QueryWordCount) {
            word = count.word
            stems = count.stems
            language = count.language.rawValue
            from = Records(count.from)
            to = Records(count.to)
        }
    }
}
