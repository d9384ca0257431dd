// What each step of the analysis chains is worth: nDCG@10 and R@100 of a plain BM25 over the chain's words with the step
// left out, paired with the whole chain, and the whole chain paired with a run of Lucene's. See README.md of this folder.
import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords

@main struct AnalysisAblation {
    static let measures = ["nDCG@10", "R@100"].compactMap { Measure($0) }

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "--lengths" {
            return try LengthComparison.run(arguments.dropFirst().map(pair))
        }
        let isBrief = arguments.first == "--brief"
        if isBrief { arguments.removeFirst() }
        guard !arguments.isEmpty else {
            FileHandle.standardError.write(
                Data(
                    "usage: AnalysisAblation [--brief|--lengths] LANGUAGE=COLLECTION …, such as fr=data/canlaw_social_fr\n"
                        .utf8)
            )
            exit(64)
        }
        print("collection\tlanguage\tvariant\tnDCG@10\tR@100\tdifference\tp\tlow\thigh\tbetter\tworse\tpostings")
        for argument in arguments {
            let (language, directory) = pair(argument)
            try Collection(directory, language).report(isBrief: isBrief)
        }
    }

    private static func pair(_ argument: String) -> (Language, String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let language = Language(bcp47: parts[0]) else {
            FileHandle.standardError.write(Data("not LANGUAGE=COLLECTION: \(argument)\n".utf8))
            exit(64)
        }
        return (language, parts[1])
    }
}

/// A judged collection and the variants measured on it.
struct Collection {
    let name: String
    let language: Language
    let documents: [(id: String, text: String)]
    let queries: [(id: String, text: String)]
    let judgements: Judgements
    let reference: Run?

    init(_ directory: String, _ language: Language) throws {
        name = URL(fileURLWithPath: directory).lastPathComponent
        self.language = language
        let data = BEIRDataset(directory: directory)
        judgements = try data.judgements()
        var documents: [(id: String, text: String)] = []
        var reader = try data.documents()
        while let entry = try reader.next() { documents.append((entry.id, entry.title + "\n" + entry.text)) }
        self.documents = documents
        let judged = Set(judgements.queries)
        queries = try data.queries().filter { judged.contains($0.id) }.map { ($0.id, $0.text) }
        let path = directory + "/lucene.trec"
        reference = FileManager.default.fileExists(atPath: path) ? try Run(path: path) : nil
    }

    func report(isBrief: Bool) throws {
        var whole = try WordRanking(Analyzer(), language, documents: documents)
        let best = try evaluation(of: whole.run(queries, .larger))
        let surfacePostings = whole.surfaces.postingCount
        let postings = surfacePostings + whole.stems.postingCount
        if let reference {
            line("whole chain − Lucene", best, try evaluation(of: reference), "\(postings)")
        } else {
            line("whole chain", best, nil, "\(postings)")
        }
        for matching in Matching.allCases where matching != .larger && matching != .pooled {
            let size =
                matching == .surface ? surfacePostings : matching == .stem ? postings - surfacePostings : postings
            line("match by \(matching)", try evaluation(of: whole.run(queries, matching)), best, "\(size)")
        }
        var joined = try WordRanking(Analyzer(), language, documents: documents, joinsHyphens: true)
        line(
            "hyphenated words joined too", try evaluation(of: joined.run(queries, .larger)), best,
            "\(joined.surfaces.postingCount + joined.stems.postingCount)")
        guard !isBrief else { return }
        for filter in AnalysisFilter.allCases {
            let analyzer = Analyzer(without: [filter])
            guard analyzer.changes(language, from: Analyzer()) else { continue }
            var ranking = try WordRanking(analyzer, language, documents: documents)
            let size = "\(ranking.surfaces.postingCount + ranking.stems.postingCount)"
            line("without \(filter)", try evaluation(of: ranking.run(queries, .larger)), best, size)
        }
    }

    private func evaluation(of run: Run) throws -> RunEvaluation {
        try RunEvaluation(run, judgements: judgements, measures: AnalysisAblation.measures)
    }

    private func line(_ variant: String, _ system: RunEvaluation, _ baseline: RunEvaluation?, _ postings: String) {
        let (gain, recall) = (AnalysisAblation.measures[0], AnalysisAblation.measures[1])
        var columns = [
            name, language.rawValue, variant, String(format: "%.4f", system.mean(of: gain)),
            String(format: "%.4f", system.mean(of: recall)),
        ]
        if let baseline {
            let paired = PairedComparison(
                system.values(of: gain), baseline: baseline.values(of: gain), permutations: 5_000, resamples: 2_000)
            columns += [
                String(format: "%+.4f", paired.difference), String(format: "%.4f", paired.p),
                String(format: "%+.4f", paired.low), String(format: "%+.4f", paired.high), "\(paired.better)",
                "\(paired.worse)",
            ]
        } else {
            columns += [String](repeating: "", count: 6)
        }
        print((columns + [postings]).joined(separator: "\t"))
    }
}
