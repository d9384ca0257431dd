import SabilRecords

/// Reading and writing TREC qrels and runs, and the qrels of BEIR.
///
/// Strict: every line has its columns, grades are whole numbers, scores are finite numbers, no pair stands twice; errors
/// name file and line. Columns are separated by spaces or tabs. Blank lines are skipped.
extension Judgements {
    /// Reads judgements in the form of TREC (`query 0 document grade`) or BEIR (`query⇥document⇥grade` below a header).
    ///
    /// The form is told by the first line: three columns are BEIR's, four are TREC's.
    /// - Throws: `notFound`, `unreadable`, `invalidFormat`, `duplicate`, `empty`.
    public init(path: String) throws(EvaluationError) {
        var table = try Table(path: path, operation: "read judgements")
        try self.init(reading: &table)
    }

    /// The same from bytes; `name` stands in messages.
    public init(bytes: [UInt8], name: String) throws(EvaluationError) {
        var table = Table(bytes: bytes, name: name, operation: "read judgements")
        try self.init(reading: &table)
    }

    private init(reading table: inout Table) throws(EvaluationError) {
        self.init()
        var width: Int?
        while let row = try table.next() {
            let columns = row.columns
            if width == nil {
                guard columns.count == 3 || columns.count == 4 else {
                    throw table.fault(
                        row, "has \(columns.count) columns; 4 make a line of TREC qrels, 3 a line of BEIR qrels")
                }
                width = columns.count
                if columns.count == 3, Int(columns[2]) == nil { continue }
            }
            guard columns.count == width else {
                throw table.fault(row, "has \(columns.count) columns, the lines before have \(width ?? 0)")
            }
            let document = columns[columns.count - 2]
            let text = columns[columns.count - 1]
            guard let grade = Int(text) else { throw table.fault(row, "has the grade \"\(text)\", no whole number") }
            let earlier = setGrade(grade, ofDocument: document, query: columns[0])
            if let earlier, earlier != grade {
                throw table.fault(
                    row,
                    "judges document \"\(document)\" of query \"\(columns[0])\" again, as \(grade) after \(earlier)",
                    code: .duplicate)
            }
        }
        if isEmpty { throw table.isEmptyFault }
    }

    /// TREC qrels: queries sorted, documents sorted.
    public func trec() -> String {
        var text = ""
        for query in queries {
            for (document, grade) in grades(ofQuery: query).sorted(by: { $0.key < $1.key }) {
                text += "\(query) 0 \(document) \(grade)\n"
            }
        }
        return text
    }
}

extension Run {
    /// Reads a TREC run (`query Q0 document rank score tag`) and ranks as trec_eval does: by score, ties by document id
    /// descending; the column with the rank is checked and not used.
    ///
    /// - Throws: `notFound`, `unreadable`, `invalidFormat`, `duplicate`, `empty`.
    public init(path: String) throws(EvaluationError) {
        var table = try Table(path: path, operation: "read run")
        try self.init(reading: &table)
    }

    /// The same from bytes; `name` stands in messages.
    public init(bytes: [UInt8], name: String) throws(EvaluationError) {
        var table = Table(bytes: bytes, name: name, operation: "read run")
        try self.init(reading: &table)
    }

    private init(reading table: inout Table) throws(EvaluationError) {
        self.init(tag: "")
        var scores: [String: [String: Double]] = [:]
        while let row = try table.next() {
            let columns = row.columns
            guard columns.count == 6 else {
                throw table.fault(row, "has \(columns.count) columns, a run has 6: query Q0 document rank score tag")
            }
            guard Int(columns[3]) != nil else {
                throw table.fault(row, "has the rank \"\(columns[3])\", no whole number")
            }
            guard let score = Double(columns[4]), score.isFinite else {
                throw table.fault(row, "has the score \"\(columns[4])\", no finite number")
            }
            if scores[columns[0], default: [:]].updateValue(score, forKey: columns[2]) != nil {
                throw table.fault(
                    row, "ranks document \"\(columns[2])\" of query \"\(columns[0])\" a second time", code: .duplicate)
            }
            if tag.isEmpty { tag = columns[5] }
        }
        if scores.isEmpty { throw table.isEmptyFault }
        for (query, documents) in scores {
            setScores(documents.map { ScoredDocument($0.key, score: $0.value) }, ofQuery: query)
        }
    }

    /// A TREC run that every evaluator ranks as this value does: queries sorted, scores strictly decreasing as printed.
    ///
    /// Scores are printed with single precision, which is what trec_eval keeps; a score that would tie with the one above
    /// it is lowered to the next smaller number.
    public func trec() -> String {
        var text = ""
        let name = tag.isEmpty ? "run" : String(tag.map { $0.isWhitespace ? "_" : $0 })
        for query in queries {
            var last = Float.infinity
            for (position, hit) in (ranking(ofQuery: query) ?? []).enumerated() {
                let rounded = Float(hit.score)
                let score = rounded.isFinite ? rounded : rounded > 0 ? Float.greatestFiniteMagnitude : 0
                last = score < last ? score : last.nextDown
                text += "\(query) Q0 \(hit.document) \(position + 1) \(last) \(name)\n"
            }
        }
        return text
    }
}

/// A file of lines with columns, read line by line.
private struct Table: ~Copyable {
    struct Row {
        let number: Int
        let columns: [String]
    }

    private static let lineLimit = 1024 * 1024

    private let name: String
    private let operation: String
    private var lines: LineReader

    init(path: String, operation: String) throws(EvaluationError) {
        name = path
        self.operation = operation
        do {
            lines = try LineReader(path: path, limit: Self.lineLimit)
        } catch {
            throw EvaluationError(error, operation: operation)
        }
    }

    init(bytes: [UInt8], name: String, operation: String) {
        self.name = name
        self.operation = operation
        lines = LineReader(bytes: bytes, limit: Self.lineLimit)
    }

    /// The next line that is not blank.
    mutating func next() throws(EvaluationError) -> Row? {
        while true {
            let line: LineReader.Line?
            do {
                line = try lines.next()
            } catch {
                throw EvaluationError(error, operation: operation)
            }
            guard let line else { return nil }
            guard case .bytes(let bytes) = line.content else {
                throw fault(Row(number: line.number, columns: []), "is longer than \(Self.lineLimit) bytes")
            }
            var columns: [String] = []
            for column in bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                guard let text = String(validating: column, as: UTF8.self) else {
                    throw fault(Row(number: line.number, columns: []), "is not UTF-8")
                }
                columns.append(text)
            }
            if !columns.isEmpty { return Row(number: line.number, columns: columns) }
        }
    }

    func fault(_ row: Row, _ what: String, code: EvaluationError.Code = .invalidFormat) -> EvaluationError {
        EvaluationError(
            code: code, operation: operation,
            message: "Reading \"\(name)\" failed: line \(row.number) \(what). Mend that line.")
    }

    var isEmptyFault: EvaluationError {
        EvaluationError(
            code: .empty, operation: operation,
            message: "Reading \"\(name)\" failed: it holds no line. Check that it is the right file.")
    }
}

extension EvaluationError {
    /// The failure of a file, in the terms of an evaluation.
    init(_ error: RecordError, operation: String) {
        self.init(code: error.code == .notFound ? .notFound : .unreadable, operation: operation, message: error.message)
    }
}
