import Foundation
import SabilEvaluation
import SabilRecords

/// Length of title and body apart against one pooled length, on collections whose documents have both.
///
/// The best of each kind is chosen by the mean over the collections of one half of their queries, and compared on the other.
enum LengthComparison {
    static let pooled: [FieldLengths] = [0.5, 0.65, 0.75, 0.85, 0.95].flatMap { body in
        [1, 2, 3].map { FieldLengths(titleWeight: $0, title: nil, body: body) }
    }
    static let apart: [FieldLengths] = [0, 0.4, 0.85].flatMap { title in
        [0.5, 0.65, 0.75, 0.85, 0.95].flatMap { body in
            [0.5, 1, 2, 3].map { FieldLengths(titleWeight: $0, title: title, body: body) }
        }
    }
    /// What the index does: one length, one weight.
    static let present = FieldLengths(titleWeight: 1, title: nil, body: 0.85)

    static func run(_ collections: [(Language, String)]) throws {
        guard let gain = Measure("nDCG@10") else { return }
        var chosen: [FieldLengths: Double] = [:]
        var held: [(name: String, evaluations: [FieldLengths: RunEvaluation])] = []
        for (language, directory) in collections {
            let collection = try JudgedFields(directory, language)
            var ranking = try FieldRanking(language, documents: collection.documents)
            var evaluations: [FieldLengths: RunEvaluation] = [:]
            for lengths in pooled + apart {
                let tuned = try RunEvaluation(
                    ranking.run(collection.tuned, lengths), judgements: collection.tunedJudgements, measures: [gain])
                chosen[lengths, default: 0] += tuned.mean(of: gain) / Double(collections.count)
                evaluations[lengths] = try RunEvaluation(
                    ranking.run(collection.held, lengths), judgements: collection.heldJudgements, measures: [gain])
            }
            held.append((collection.name, evaluations))
        }
        func best(_ among: [FieldLengths]) -> FieldLengths {
            among.max { (chosen[$0] ?? 0, "\($1)") < (chosen[$1] ?? 0, "\($0)") } ?? present
        }
        print("collection\tlengths\tqueries\tnDCG@10\tto present\tp\tto the best pooled\tp")
        let bestPooled = best(pooled)
        for lengths in [present, bestPooled, best(apart), best(apart.filter { $0.titleWeight == 1 })] {
            print("tuned half, mean\t\(lengths)\t\t" + String(format: "%.4f", chosen[lengths] ?? 0))
            for (name, evaluations) in held {
                guard let system = evaluations[lengths], let base = evaluations[present],
                    let pooled = evaluations[bestPooled]
                else { continue }
                let values = system.values(of: gain)
                let columns = [base, pooled].flatMap { baseline in
                    let paired = PairedComparison(
                        values, baseline: baseline.values(of: gain), permutations: 5_000, resamples: 1_000)
                    return [String(format: "%+.4f", paired.difference), String(format: "%.4f", paired.p)]
                }
                print(
                    ([name, "\(lengths)", "\(values.count)", String(format: "%.4f", system.mean(of: gain))] + columns)
                        .joined(separator: "\t"))
            }
        }
    }
}

/// A judged collection, its titles and bodies apart and its queries in two halves by a hash of their ids.
struct JudgedFields {
    let name: String
    let documents: [(id: String, title: String, body: String)]
    let tuned: [(id: String, text: String)]
    let held: [(id: String, text: String)]
    let tunedJudgements: Judgements
    let heldJudgements: Judgements

    init(_ directory: String, _ language: Language) throws {
        name = URL(fileURLWithPath: directory).lastPathComponent
        let data = BEIRDataset(directory: directory)
        var documents: [(id: String, title: String, body: String)] = []
        var reader = try data.documents()
        while let entry = try reader.next() { documents.append((entry.id, entry.title, entry.text)) }
        self.documents = documents
        let judgements = try data.judgements()
        let judged = Set(judgements.queries)
        let queries = try data.queries().filter { judged.contains($0.id) }.map { (id: $0.id, text: $0.text) }
        tuned = queries.filter { Self.isTuned($0.id) }
        held = queries.filter { !Self.isTuned($0.id) }
        tunedJudgements = judgements.restricted(to: Set(tuned.map(\.id)))
        heldJudgements = judgements.restricted(to: Set(held.map(\.id)))
    }

    /// By FNV-1a of its bytes: the same on every machine.
    private static func isTuned(_ id: String) -> Bool {
        let hash = id.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (hash ^ hash >> 32) & 1 == 0
    }
}
