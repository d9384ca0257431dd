import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords

/// How a word's stem and surface are scored together.
enum Matching: String, CaseIterable {
    case surface
    case stem
    /// The larger of both.
    case larger
    /// Occurrences of either as those of one term.
    case pooled
    /// Both added.
    case sum
}

/// Inverted lists of one kind of term.
struct TermSpace {
    struct Posting {
        var document: Int32
        var count: Int32
    }

    private(set) var numbers: [String: Int] = [:]
    private(set) var postings: [[Posting]] = []
    var postingCount: Int { postings.reduce(0) { $0 + $1.count } }

    mutating func add(_ counts: [String: Int32], document: Int32) {
        for (term, count) in counts {
            let number = numbers[term, default: postings.count]
            if number == postings.count {
                numbers[term] = number
                postings.append([])
            }
            postings[number].append(Posting(document: document, count: count))
        }
    }

    subscript(term: String) -> [Posting] { numbers[term].map { postings[$0] } ?? [] }
}

/// A plain in-memory BM25 over the words of one chain: nothing but the analysis tells two rankings apart.
///
/// k1 0.9, b 0.85, idf = ln(1 + (N − df + ½) / (df + ½)) to the power of 1.25; repeated query words count; words that ask
/// are left out of queries.
struct WordRanking: ~Copyable {
    private(set) var surfaces = TermSpace()
    private(set) var stems = TermSpace()
    private var ids: [String] = []
    private var lengths: [Double] = []
    private var session: AnalysisSession
    private let language: Language
    private let joinsHyphens: Bool

    init(
        _ analyzer: Analyzer, _ language: Language, documents: [(id: String, text: String)],
        joinsHyphens: Bool = false
    ) throws {
        self.joinsHyphens = joinsHyphens
        session = analyzer.makeSession()
        self.language = language
        for document in documents {
            var surfaceCounts: [String: Int32] = [:]
            var stemCounts: [String: Int32] = [:]
            let tokens = try session.tokens(in: document.text, language: language)
            for joined in try joined(tokens, in: document.text) {
                surfaceCounts[joined.surface, default: 0] += 1
                stemCounts[joined.stem, default: 0] += 1
            }
            for token in tokens {
                surfaceCounts[token.surface, default: 0] += 1
                stemCounts[token.stem, default: 0] += 1
            }
            surfaces.add(surfaceCounts, document: Int32(ids.count))
            stems.add(stemCounts, document: Int32(ids.count))
            ids.append(document.id)
            lengths.append(Double(tokens.count))
        }
    }

    mutating func run(_ queries: [(id: String, text: String)], _ matching: Matching) throws -> Run {
        var run = Run(tag: matching.rawValue)
        let count = Double(ids.count)
        let mean = max(1, lengths.reduce(0, +) / max(count, 1))
        let norms = lengths.map { 0.9 * (0.15 + 0.85 * $0 / mean) }
        var scores = [Double](repeating: 0, count: ids.count)
        var best = [Double](repeating: 0, count: ids.count)
        func idf(_ frequency: Int) -> Double {
            pow(log(1 + (count - Double(frequency) + 0.5) / (Double(frequency) + 0.5)), 1.25)
        }
        for query in queries {
            for index in scores.indices { scores[index] = 0 }
            let parts = try session.tokens(in: query.text, language: language)
            for token in try parts + joined(parts, in: query.text) where !token.isQuestionWord {
                var lists: [[TermSpace.Posting]] = []
                if matching != .stem { lists.append(surfaces[token.surface]) }
                if matching != .surface { lists.append(stems[token.stem]) }
                if matching == .pooled { lists = [Self.pooled(lists)] }
                for (index, list) in lists.enumerated() {
                    let weight = idf(list.count)
                    for posting in list {
                        let at = Int(posting.document)
                        let frequency = Double(posting.count)
                        let score = weight * frequency * 1.9 / (frequency + norms[at])
                        if matching == .larger {
                            // The surface came first; the stem adds what it has more.
                            if index == 0 { best[at] = score }
                            scores[at] += index == 0 ? score : max(0, score - best[at])
                        } else {
                            scores[at] += score
                        }
                    }
                }
                if matching == .larger { for posting in lists[0] { best[Int(posting.document)] = 0 } }
            }
            run.setScores(Self.top(scores, ids), ofQuery: query.id)
        }
        return run
    }

    /// Compounds with a hyphen, as one word.
    private mutating func joined(_ tokens: [Token], in text: String) throws -> [Token] {
        guard joinsHyphens else { return [] }
        let bytes = Array(text.utf8)
        var result: [Token] = []
        for (first, second) in zip(tokens, tokens.dropFirst())
        where first.utf8Range.upperBound < second.utf8Range.lowerBound {
            let gap = bytes[first.utf8Range.upperBound..<second.utf8Range.lowerBound]
            guard
                gap.elementsEqual([0x2D]) || gap.elementsEqual([0xE2, 0x80, 0x90])
                    || gap.elementsEqual([0xE2, 0x80, 0x91])
            else { continue }
            result += try session.tokens(in: first.surface + second.surface, language: language)
        }
        return result
    }

    /// The hundred best documents.
    static func top(_ scores: [Double], _ ids: [String]) -> [ScoredDocument] {
        var positive = scores.filter { $0 > 0 }
        if positive.count > 100 {
            positive.sort(by: >)
            positive.removeSubrange(100...)
        }
        guard let least = positive.min() else { return [] }
        let found = scores.indices.filter { scores[$0] >= least }.map { ScoredDocument(ids[$0], score: scores[$0]) }
        return Array(found.sorted { $0.ranksBefore($1) }.prefix(100))
    }

    /// The union, with the larger of the counts: a surface never occurs more often than its stem but for strangers.
    private static func pooled(_ lists: [[TermSpace.Posting]]) -> [TermSpace.Posting] {
        var counts: [Int32: Int32] = [:]
        for list in lists {
            for posting in list { counts[posting.document] = max(counts[posting.document] ?? 0, posting.count) }
        }
        return counts.sorted { $0.key < $1.key }.map { TermSpace.Posting(document: $0.key, count: $0.value) }
    }
}
