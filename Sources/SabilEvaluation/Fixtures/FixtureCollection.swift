import FoundationEssentials
public import SabilRecords

/// The judged fixtures as read from their folder: each entry with the line it stands on, and what could not be read.
public struct FixtureCollection: Sendable {
    /// An entry of a file with its line, counted from 1.
    public struct Located<Value: Sendable>: Sendable {
        public let value: Value
        public let file: String
        public let line: Int
    }

    /// A row of `records/noise.tsv`.
    public struct Noise: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case wrongLanguage = "wrong-language"
            case mixedLanguage = "mixed-language"
            case typingErrors = "typing-errors"
            case capitals
            case html
            case extraction
            case diacritics
            case draft
        }
        public let id: RecordID
        public let kind: Kind
        public let detail: String
    }

    /// A row of `records/kin.tsv`: two records that are meant to be alike.
    public struct Kin: Sendable, Hashable {
        public let first: RecordID
        public let second: RecordID
    }

    /// A row of `labels/splits.tsv`.
    public struct Split: Sendable, Hashable {
        public let id: RecordID
        public let work: WorkID
        public let byDate: SplitPart
        public let bySubject: SplitPart
    }

    /// A line of `labels/second-reader.jsonl`.
    public struct SecondReading: Sendable, Hashable, Codable {
        public let id: String
        public let concepts: [String]
    }

    /// A line of `search/queries.jsonl`.
    public struct Query: Sendable, Hashable, Codable {
        public let id: String
        public let text: String
        public let language: String
        public let kind: String
        public let split: String
        public let subject: String

        enum CodingKeys: String, CodingKey {
            case id = "_id"
            case text
            case language = "lang"
            case kind, split, subject
        }
    }

    /// A judgement of a query and a record.
    public struct Judgement: Sendable, Hashable {
        public let query: String
        public let record: String
        public let grade: Int
    }

    public internal(set) var records: [Located<ResourceRecord>] = []
    public internal(set) var noise: [Located<Noise>] = []
    public internal(set) var kin: [Located<Kin>] = []
    public internal(set) var splits: [Located<Split>] = []
    public internal(set) var secondReadings: [Located<SecondReading>] = []
    public internal(set) var queries: [Located<Query>] = []
    /// Of `search/qrels/dev.tsv` and `test.tsv`.
    public internal(set) var judgements: [Located<Judgement>] = []
    /// Of `search/qrels/all.trec`.
    public internal(set) var trecJudgements: [Located<Judgement>] = []
    /// What could not be read, with what the record validator says.
    public internal(set) var findings: [FixtureFinding] = []

    public init() {}
}

/// A part of a split of the labelled records.
public enum SplitPart: String, Sendable, Hashable, CaseIterable, Comparable {
    case train
    case dev
    case test

    /// Share of the labelled records.
    public var share: Double { self == .train ? 0.6 : 0.2 }

    public static func < (lhs: SplitPart, rhs: SplitPart) -> Bool {
        (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
    }
}

extension FixtureCollection.Located where Value == ResourceRecord {
    /// The language of the text, as the file's name says.
    public var textLanguage: Language {
        Language(bcp47: String(file.split(separator: "/").last?.prefix { $0 != "." } ?? "")) ?? .undetermined
    }
}

extension ResourceRecord {
    /// Title, abstract and body, a blank line between.
    var wholeText: String { [title, abstract, body].filter { !$0.isEmpty }.joined(separator: "\n\n") }
}
