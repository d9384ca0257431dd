import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords

/// How the lengths of title and body count in BM25.
struct FieldLengths: Hashable, CustomStringConvertible {
    /// Weight of an occurrence in the title; 1 in the body.
    var titleWeight: Double
    /// The share of a field's length that counts, 0…1; `nil`: both fields are one, of one length.
    var title: Double?
    var body: Double

    var description: String {
        let weight = String(format: "title × %.1f", titleWeight)
        guard let title else { return String(format: "pooled b %.2f, ", body) + weight }
        return String(format: "b title %.2f, body %.2f, ", title, body) + weight
    }
}

/// BM25F: occurrences in title and body are each divided by their field's length before they are added (Robertson, Zaragoza and
/// Taylor, CIKM 2004; Zaragoza and others, TREC 2004), over the words of a chain and otherwise as ``WordRanking``.
struct FieldRanking: ~Copyable {
    struct Posting {
        var document: Int32
        var title: Int32
        var body: Int32
    }

    private var surfaces: [String: [Posting]] = [:]
    private var stems: [String: [Posting]] = [:]
    private var ids: [String] = []
    private var titleLengths: [Double] = []
    private var bodyLengths: [Double] = []
    private var session = Analyzer().makeSession()
    private let language: Language

    init(_ language: Language, documents: [(id: String, title: String, body: String)]) throws {
        self.language = language
        for document in documents {
            let title = try session.tokens(in: document.title, language: language)
            let body = try session.tokens(in: document.body, language: language)
            let number = Int32(ids.count)
            Self.add(title.map(\.surface), body.map(\.surface), number, to: &surfaces)
            Self.add(title.map(\.stem), body.map(\.stem), number, to: &stems)
            ids.append(document.id)
            titleLengths.append(Double(title.count))
            bodyLengths.append(Double(body.count))
        }
    }

    private static func add(
        _ title: [String], _ body: [String], _ document: Int32, to lists: inout [String: [Posting]]
    ) {
        var counts: [String: Posting] = [:]
        for term in title { counts[term, default: Posting(document: document, title: 0, body: 0)].title += 1 }
        for term in body { counts[term, default: Posting(document: document, title: 0, body: 0)].body += 1 }
        for (term, posting) in counts { lists[term, default: []].append(posting) }
    }

    mutating func run(_ queries: [(id: String, text: String)], _ lengths: FieldLengths) throws -> Run {
        var run = Run(tag: "fields")
        let count = Double(ids.count)
        let (titles, bodies) = norms(lengths)
        var scores = [Double](repeating: 0, count: ids.count)
        var best = [Double](repeating: 0, count: ids.count)
        func score(_ list: [Posting], _ posting: Posting) -> Double {
            let document = Int(posting.document)
            let rarity = log(1 + (count - Double(list.count) + 0.5) / (Double(list.count) + 0.5))
            let occurrences =
                lengths.titleWeight * Double(posting.title) * titles[document] + Double(posting.body) * bodies[document]
            return pow(rarity, 1.25) * occurrences * 1.9 / (0.9 + occurrences)
        }
        for query in queries {
            for index in scores.indices { scores[index] = 0 }
            for token in try session.tokens(in: query.text, language: language) where !token.isQuestionWord {
                let (surface, stem) = (surfaces[token.surface] ?? [], stems[token.stem] ?? [])
                for posting in surface {
                    best[Int(posting.document)] = score(surface, posting)
                    scores[Int(posting.document)] += best[Int(posting.document)]
                }
                for posting in stem {
                    scores[Int(posting.document)] += max(0, score(stem, posting) - best[Int(posting.document)])
                }
                for posting in surface { best[Int(posting.document)] = 0 }
            }
            run.setScores(WordRanking.top(scores, ids), ofQuery: query.id)
        }
        return run
    }

    /// What an occurrence in the title and in the body of each document counts.
    private func norms(_ lengths: FieldLengths) -> (titles: [Double], bodies: [Double]) {
        func norms(_ length: [Double], _ share: Double) -> [Double] {
            let filled = length.filter { $0 > 0 }
            let mean = max(1, filled.reduce(0, +) / Double(max(filled.count, 1)))
            return length.map { 1 / max(0.05, 1 - share + share * $0 / mean) }
        }
        guard let title = lengths.title else {
            let pooled = norms(zip(titleLengths, bodyLengths).map { lengths.titleWeight * $0 + $1 }, lengths.body)
            return (pooled, pooled)
        }
        return (norms(titleLengths, title), norms(bodyLengths, lengths.body))
    }
}
