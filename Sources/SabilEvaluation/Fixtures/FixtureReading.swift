import FoundationEssentials
public import SabilRecords

extension FixtureCollection {
    /// Reads the folder of fixtures. What is missing or malformed becomes a finding; the rest is read on.
    ///
    /// Blocks the thread while it reads.
    /// - Complexity: O(bytes).
    public init(folder: String, vocabulary: RecordVocabulary) {
        var reading = FixtureReading(folder: folder, vocabulary: vocabulary)
        reading.readAll()
        self = reading.collection
    }
}

/// Reads the files of the fixtures one by one into a collection.
private struct FixtureReading {
    private static let lineLimit = 1024 * 1024

    let folder: String
    let vocabulary: RecordVocabulary
    var collection = FixtureCollection()

    mutating func readAll() {
        for language in Language.known { readRecords(language) }
        readNoise()
        table("records/kin.tsv", header: ["id", "id", "reason"]) { collection, row in
            collection.kin.append(
                row.located(FixtureCollection.Kin(first: RecordID(row.cells[0]), second: RecordID(row.cells[1]))))
            return row.cells[2].isEmpty ? "the reason is empty" : nil
        }
        readSplits()
        objects("labels/second-reader.jsonl", FixtureCollection.SecondReading.self, like: #"{"id":…,"concepts":[…]}"#) {
            $0.secondReadings.append($1)
        }
        objects(
            "search/queries.jsonl", FixtureCollection.Query.self,
            like: #"{"_id":…,"text":…,"lang":…,"kind":…,"split":…,"subject":…}"#
        ) {
            $0.queries.append($1)
        }
        for split in ["dev", "test"] {
            table("search/qrels/\(split).tsv", header: ["query-id", "corpus-id", "score"]) { collection, row in
                guard let grade = Int(row.cells[2]) else { return "the grade \"\(row.cells[2])\" is no whole number" }
                collection.judgements.append(
                    row.located(.init(query: row.cells[0], record: row.cells[1], grade: grade)))
                return nil
            }
        }
        table("search/qrels/all.trec", header: nil, columns: 4, separator: " ") { collection, row in
            guard let grade = Int(row.cells[3]) else { return "the grade \"\(row.cells[3])\" is no whole number" }
            collection.trecJudgements.append(
                row.located(.init(query: row.cells[0], record: row.cells[2], grade: grade)))
            return nil
        }
    }

    private mutating func readRecords(_ language: Language) {
        let file = "records/\(language.rawValue).jsonl"
        do {
            var reader = try JSONLinesReader(
                path: "\(folder)/\(file)", validator: RecordValidator(vocabulary: vocabulary))
            while let line = try reader.next() {
                for issue in line.issues {
                    collection.findings.append(
                        FixtureFinding(
                            .record, file: file, line: line.number, "\(issue.path): \(issue.message)",
                            remedy: issue.remedy))
                }
                if let record = line.record {
                    collection.records.append(.init(value: record, file: file, line: line.number))
                }
            }
        } catch {
            missing(file, error)
        }
    }

    private mutating func readNoise() {
        table("records/noise.tsv", header: ["id", "kind", "detail"]) { collection, row in
            guard let kind = FixtureCollection.Noise.Kind(rawValue: row.cells[1]) else {
                let known = FixtureCollection.Noise.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                return "\"\(row.cells[1])\" is no kind of noise (\(known))"
            }
            collection.noise.append(
                row.located(.init(id: RecordID(row.cells[0]), kind: kind, detail: row.cells[2])))
            return nil
        }
    }

    private mutating func readSplits() {
        table("labels/splits.tsv", header: ["id", "work", "by_date", "by_subject"]) { collection, row in
            guard let byDate = SplitPart(rawValue: row.cells[2]), let bySubject = SplitPart(rawValue: row.cells[3])
            else { return "a part is neither train, dev nor test" }
            collection.splits.append(
                row.located(
                    .init(
                        id: RecordID(row.cells[0]), work: WorkID(row.cells[1]), byDate: byDate, bySubject: bySubject)))
            return nil
        }
    }

    // MARK: Kinds of files

    struct Row {
        let file: String
        let line: Int
        let cells: [String]

        func located<Value>(_ value: Value) -> FixtureCollection.Located<Value> {
            FixtureCollection.Located(value: value, file: file, line: line)
        }
    }

    /// Reads a table; `take` answers what is wrong with a row, `nil` when nothing is.
    private mutating func table(
        _ file: String, header: [String]?, columns: Int? = nil, separator: Character = "\t",
        take: (inout FixtureCollection, Row) -> String?
    ) {
        let width = header?.count ?? columns ?? 0
        let shape = header.map { "\($0.joined(separator: "⇥"))" } ?? "\(width) columns"
        for (line, text) in lines(file) {
            let cells = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
            if line == 1, let header {
                if cells != header { mend(file, line, "the header is not \(shape)") }
                continue
            }
            guard cells.count == width else {
                mend(file, line, "the line has \(cells.count) columns, \(width) are expected")
                continue
            }
            if let fault = take(&collection, Row(file: file, line: line, cells: cells)) { mend(file, line, fault) }
        }
    }

    private mutating func objects<Value: Decodable & Sendable>(
        _ file: String, _ type: Value.Type, like example: String,
        take: (inout FixtureCollection, FixtureCollection.Located<Value>) -> Void
    ) {
        for (line, text) in lines(file) {
            do {
                let value = try JSONDecoder().decode(type, from: Data(text.utf8))
                take(&collection, .init(value: value, file: file, line: line))
            } catch {
                mend(file, line, "the line is not like \(example)")
            }
        }
    }

    /// The lines that are not empty, with their numbers; a file that cannot be read becomes a finding.
    private mutating func lines(_ file: String) -> [(Int, String)] {
        var found: [(Int, String)] = []
        do {
            var reader = try LineReader(path: "\(folder)/\(file)", limit: Self.lineLimit)
            while let line = try reader.next() {
                guard case .bytes(let bytes) = line.content, let text = String(validating: bytes, as: UTF8.self) else {
                    mend(file, line.number, "the line is not UTF-8, or longer than 1 MiB")
                    continue
                }
                if !text.isEmpty { found.append((line.number, text)) }
            }
        } catch {
            missing(file, error)
        }
        return found
    }

    private mutating func missing(_ file: String, _ error: RecordError) {
        let remedy =
            switch file {
            case "labels/splits.tsv": "Make it: sabil fixtures split --write."
            case "labels/second-reader.jsonl": "There is no second reading: have records read by a second person."
            default: "README.md of the fixtures says what it holds; write it, or restore it."
            }
        collection.findings.append(
            FixtureFinding(
                .format, file: file,
                error.code == .notFound ? "The file does not exist." : "The file cannot be read: \(error.message)",
                remedy: remedy))
    }

    private mutating func mend(_ file: String, _ line: Int, _ what: String) {
        collection.findings.append(
            FixtureFinding(
                .format, file: file, line: line, what.prefix(1).uppercased() + what.dropFirst() + ".",
                remedy: "Mend that line."))
    }
}
