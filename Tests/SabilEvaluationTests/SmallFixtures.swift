import FoundationEssentials
import SabilEvaluation
import SabilRecords
import Testing

/// A small sound folder of fixtures; a test breaks one thing in it and looks at what is found.
///
/// Words are `en17`, `fr3` …: the stand-in for language detection goes by the letters, and texts share no run of five.
struct SmallFixtures {
    /// By language of the file.
    var records: [Language: [ResourceRecord]] = [:]
    var noise: [String] = []
    var kin: [String] = []
    /// `nil` makes them from the records.
    var splits: [String]?
    var secondReadings: [String] = []
    var queries: [String] = []
    var judgements: [String: [String]] = ["dev": [], "test": []]
    /// `nil` makes them from `judgements`.
    var trec: [String]?
    /// Files that are left out, and files with other bytes, by path.
    var missing: Set<String> = []
    var extraLines: [String: String] = [:]
    var requirements = FixtureRequirements.none

    static let concepts = (1...6).map { ConceptID("c\($0)") }

    /// Three works of four languages, one in Kenya, one in Peru, one about no country.
    init() {
        requirements.examplesToStandInEveryPart = 100
        var word = 0
        for language in Language.known {
            for number in 1...3 {
                func text(_ count: Int) -> String {
                    (0..<count).map { _ in
                        word += 1
                        return "\(language.rawValue)\(word)"
                    }.joined(separator: " ")
                }
                records[language, default: []].append(
                    ResourceRecord(
                        id: RecordID("\(language.rawValue)-000\(number)"), work: WorkID("w\(number)"), type: "news",
                        language: language, title: text(4), abstract: text(80),
                        date: PartialDate(year: 2010 + number), countries: [["KEN"], ["PER"], []][number - 1],
                        concepts: [ConceptTag(Self.concepts[number]), ConceptTag(Self.concepts[0])]))
            }
            secondReadings.append(#"{"id":"\#(language.rawValue)-0001","concepts":["c1","c2"]}"#)
        }
        for (id, split) in [("q-en-01", "dev"), ("q-fr-01", "test")] {
            let language = id.dropFirst(2).prefix(2)
            queries.append(
                #"{"_id":"\#(id)","text":"t","lang":"\#(language)","kind":"word","split":"\#(split)","subject":"s-\#(split)"}"#
            )
            judgements[split] = ["\(id)\ten-0001\t3", "\(id)\tfr-0002\t0"]
        }
    }

    /// Changes one record.
    mutating func change(_ id: String, _ change: (inout ResourceRecord) -> Void) {
        for (language, own) in records {
            for position in own.indices where own[position].id.rawValue == id {
                change(&records[language, default: []][position])
            }
        }
    }

    static func context() throws -> FixtureContext {
        let types = """
            {"format":1,"pillars":[{"id":"p","labels":{}}],"document_types":[],"content_types":[
            {"id":"news","pillar":"p","labels":{}},{"id":"event","pillar":"p","labels":{}}]}
            """
        let groups = [ConceptID("g1")]
        let regions = [ConceptID("r1")]
        return FixtureContext(
            vocabulary: RecordVocabulary(
                contentTypes: try ContentTypeCatalogue(json: [UInt8](types.utf8)), countries: ["KEN", "PER", "BRA"],
                alpha3ByAlpha2: [:], concepts: Set(concepts), regions: Set(regions), populationGroups: Set(groups)),
            facets: [
                .init(id: "programme", place: .concepts, concepts: concepts),
                .init(id: "population", place: .populationGroups, concepts: groups),
                .init(id: "region", place: .regions, concepts: regions),
            ],
            programmes: [
                .init(id: "p-haba", names: ["Haba Haba", "HH"], countries: ["KEN"]),
                .init(id: "p-juntos", names: ["Juntos"], countries: ["PER"]),
            ])
    }

    /// Writes the folder, reads it and checks it.
    func check() throws -> FixtureCheck {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fixtures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in try files() where !missing.contains(path) {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((text + (extraLines[path] ?? "")).utf8).write(to: file)
        }
        let context = try Self.context()
        let collection = FixtureCollection(folder: folder.path, vocabulary: context.vocabulary)
        return FixtureCheck(collection, context: context, requirements: requirements) { record, language in
            TextFacts(
                record, language: language,
                detect: { text in
                    let tags = Dictionary(grouping: text.split(whereSeparator: \.isWhitespace).map { $0.prefix(2) }) {
                        $0
                    }
                    let most = tags.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key ?? ""
                    return TextFacts.Guess(Language(rawValue: String(most)) ?? .undetermined, confidence: 1)
                },
                countWords: { $0.split(whereSeparator: \.isWhitespace).count })
        }
    }

    /// What is found, each as `file:line check: message`.
    func found() throws -> [String] {
        try check().findings().map { finding in
            "\(finding.file)\(finding.line.map { ":\($0)" } ?? "") \(finding.check.rawValue): \(finding.message)"
        }
    }

    private func files() throws -> [String: String] {
        func lines(_ header: String?, _ rows: [String]) -> String {
            ((header.map { [$0] } ?? []) + rows).map { $0 + "\n" }.joined()
        }
        let all = Language.known.flatMap { records[$0] ?? [] }
        let table =
            try splits.map { lines("id\twork\tby_date\tby_subject", $0) }
            ?? LabelSplits(all, programmes: try Self.context().programmes).table
        var files = [
            "records/noise.tsv": lines("id\tkind\tdetail", noise),
            "records/kin.tsv": lines("id\tid\treason", kin),
            "labels/splits.tsv": table,
            "labels/second-reader.jsonl": lines(nil, secondReadings),
            "search/queries.jsonl": lines(nil, queries),
        ]
        for language in Language.known {
            files["records/\(language.rawValue).jsonl"] = lines(
                nil, (records[language] ?? []).map { String(decoding: $0.jsonLine(), as: UTF8.self) })
        }
        for (split, rows) in judgements {
            files["search/qrels/\(split).tsv"] = lines("query-id\tcorpus-id\tscore", rows)
        }
        let rows = (judgements["dev"] ?? []) + (judgements["test"] ?? [])
        files["search/qrels/all.trec"] = lines(
            nil,
            trec
                ?? rows.map { row in
                    let cells = row.split(separator: "\t")
                    return "\(cells[0]) 0 \(cells[1]) \(cells[2])"
                })
        return files
    }
}
