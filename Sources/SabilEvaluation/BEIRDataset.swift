import FoundationEssentials
public import SabilRecords

/// A document, a query or a labelled example in the layout of BEIR: one JSON object a line.
///
/// Keys: `_id`, `title`, `text`, and beyond BEIR `lang`, `url`, `labels` and `count`; others are not read.
public struct BEIREntry: Sendable, Hashable {
    public let id: String
    /// Empty when there is none.
    public let title: String
    public let text: String
    /// As declared; `undetermined` when the line names none or one without a chain here.
    public let language: Language
    public let url: String?
    /// Labels of an example for classification; empty in a retrieval set.
    public let labels: [String]
    /// How often a query was asked, above 0; `nil` when the line does not say.
    public let count: Int?
    /// When the document came out; `nil` when the line does not say.
    public let date: PartialDate?

    public init(
        id: String, title: String, text: String, language: Language, url: String?, labels: [String], count: Int? = nil,
        date: PartialDate? = nil
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.language = language
        self.url = url
        self.labels = labels
        self.count = count
        self.date = date
    }
}

/// Reads the JSON Lines of BEIR one by one.
///
/// Blocks the thread while it reads: use it away from the cooperative pool.
public struct BEIRReader: ~Copyable, Sendable {
    private static let operation = "read dataset"

    private let path: String
    private let lineLimit: Int
    private var lines: LineReader
    private var ids: Set<String> = []

    /// - Parameter lineLimit: longest line in bytes, without its end.
    /// - Throws: `notFound`, `unreadable`.
    public init(path: String, lineLimit: Int = 64 * 1024 * 1024) throws(EvaluationError) {
        self.path = path
        self.lineLimit = lineLimit
        do {
            lines = try LineReader(path: path, limit: lineLimit)
        } catch {
            throw EvaluationError(error, operation: Self.operation)
        }
    }

    /// The next entry; `nil` at the end.
    ///
    /// - Throws: `invalidFormat` with the line, `duplicate` when an id stands twice, `unreadable`.
    public mutating func next() throws(EvaluationError) -> BEIREntry? {
        while true {
            let line: LineReader.Line?
            do {
                line = try lines.next()
            } catch {
                throw EvaluationError(error, operation: Self.operation)
            }
            guard let line else { return nil }
            guard case .bytes(let bytes) = line.content else {
                throw fault(line.number, "is longer than \(lineLimit) bytes")
            }
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            let raw: RawEntry
            do {
                raw = try JSONDecoder().decode(RawEntry.self, from: Data(bytes))
            } catch let error as DecodingError {
                throw fault(line.number, "cannot be read: \(error.sentence)")
            } catch {
                throw fault(line.number, "cannot be read: \(error)")
            }
            if let count = raw.count, count < 1 {
                throw fault(line.number, "has the count \(count), no whole number above 0")
            }
            guard ids.insert(raw.id).inserted else {
                throw fault(line.number, "has the id \"\(raw.id)\", which stands before", code: .duplicate)
            }
            return BEIREntry(
                id: raw.id, title: raw.title ?? "", text: raw.text,
                language: raw.lang.flatMap { Language(bcp47: $0) } ?? .undetermined, url: raw.url,
                labels: raw.labels ?? [], count: raw.count, date: raw.date)
        }
    }

    private func fault(
        _ line: Int, _ what: String, code: EvaluationError.Code = .invalidFormat
    ) -> EvaluationError {
        EvaluationError(
            code: code, operation: Self.operation,
            message: "Reading \"\(path)\" failed: line \(line) \(what). Mend that line.")
    }

    private struct RawEntry: Decodable {
        let id: String
        let title: String?
        let text: String
        let lang: String?
        let url: String?
        let labels: [String]?
        let count: Int?
        let date: PartialDate?

        enum CodingKeys: String, CodingKey {
            case id = "_id"
            case title, text, lang, url, labels, count, date
        }
    }
}

/// A folder in the layout of BEIR: `corpus.jsonl`, `queries.jsonl` and `qrels/<split>.tsv`.
public struct BEIRDataset: Sendable, Hashable {
    public let directory: String

    public init(directory: String) { self.directory = directory }

    /// The documents, one by one.
    public func documents() throws(EvaluationError) -> BEIRReader { try BEIRReader(path: directory + "/corpus.jsonl") }

    /// All queries in the order of the file.
    public func queries() throws(EvaluationError) -> [BEIREntry] {
        var reader = try BEIRReader(path: directory + "/queries.jsonl")
        var queries: [BEIREntry] = []
        while let query = try reader.next() { queries.append(query) }
        return queries
    }

    /// The judgements of a split: `test`, `dev` or `train`.
    public func judgements(split: String = "test") throws(EvaluationError) -> Judgements {
        try Judgements(path: "\(directory)/qrels/\(split).tsv")
    }
}
