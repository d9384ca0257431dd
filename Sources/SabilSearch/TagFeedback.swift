import Glibc
import SabilRecords
import XapianIndex

/// What the best hits of a query are about, by the concepts that people gave them: hits about the same come sooner, whatever
/// their language.
///
/// A concept's share is p · ln(p / q): p is its part of the best works' scores, q its part of the collection; those that one
/// work alone has, or that are no commoner among the best than elsewhere, say nothing. Shares add up to 1. It is relevance
/// feedback by assigned terms instead of words (Rocchio 1971; Kullback–Leibler weights after Carpineto et al. 2001, ACM TOIS
/// 19(1)), of which the words' variant gained nothing.
struct TagFeedback: Sendable, Hashable {
    /// A work among the best: its score, and the concepts that people gave it, with all above them.
    struct Best: Sendable, Hashable {
        var score: Double
        var concepts: [UInt32]
    }

    /// The share of each concept that counts, by its number.
    let shares: [UInt32: Double]

    /// - Parameters:
    ///   - best: one hit a work; scores above 0.
    ///   - part: of the collection's documents that carry a concept, 0 to 1.
    init(_ best: [Best], part: (UInt32) -> Double) {
        let total = best.reduce(0) { $0 + $1.score }
        var sums: [UInt32: (score: Double, works: Int)] = [:]
        for work in best {
            for concept in work.concepts {
                let sum = sums[concept] ?? (0, 0)
                sums[concept] = (sum.score + work.score, sum.works + 1)
            }
        }
        var shares: [UInt32: Double] = [:]
        for (concept, sum) in sums where sum.works > 1 {
            let own = sum.score / total
            let everywhere = part(concept)
            if everywhere > 0, own > everywhere { shares[concept] = own * log(own / everywhere) }
        }
        // In one order, so that the same hits give the same bits.
        let sum = shares.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
        self.shares = shares.mapValues { $0 / sum }
    }

    /// The concepts of a hit that count, the weightiest first.
    func shared(_ concepts: [UInt32]) -> [(concept: UInt32, share: Double)] {
        concepts.compactMap { concept in shares[concept].map { (concept, $0) } }
            .sorted { ($1.share, $0.concept) < ($0.share, $1.concept) }
    }
}

extension RankedSearch {
    /// Values that hits must carry.
    static let feedbackSlots = [IndexSchema.Slot.conceptsByPerson, IndexSchema.Slot.work]

    /// Adds what each hit shares with the best ones, and puts them in order again; equals stay as they were.
    ///
    /// - Parameter scored: by the second step, in order.
    /// - Complexity: O(tags of the hits), and a look at the frequency of each concept of the best.
    func addFeedback(
        to scored: inout [Rescorer.Scored], of result: ResultPage, reader: borrowing IndexReader
    ) throws(IndexError) {
        guard let top = scored.first?.score, top > 0, parameters.feedbackWorks > 0 else { return }
        let concepts = scored.map { part in
            IndexValue.list(result.values.value(ofHit: part.candidate, slot: IndexSchema.Slot.conceptsByPerson)) ?? []
        }
        var best: [TagFeedback.Best] = []
        var works: Set<ArraySlice<UInt8>> = []
        for (place, part) in scored.enumerated() where part.score > 0 {
            // Equal scores are taken together, so that the order in which records came does not matter.
            if best.count >= parameters.feedbackWorks, part.score < best[best.count - 1].score { break }
            guard works.insert(result.values.value(ofHit: part.candidate, slot: IndexSchema.Slot.work)).inserted
            else { continue }
            best.append(TagFeedback.Best(score: part.score, concepts: concepts[place]))
        }
        let numbers = Set(best.flatMap(\.concepts)).sorted()
        guard !numbers.isEmpty else { return }
        let terms = numbers.map { IndexSchema.reachesByPerson(ConceptNumber($0)) }
        var parts: [UInt32: Double] = [:]
        for (number, frequency) in zip(numbers, try reader.frequencies(of: terms)) {
            parts[number] = Double(frequency.documents) / Double(max(1, result.documentCount))
        }
        let feedback = TagFeedback(best) { parts[$0] ?? 0 }
        guard !feedback.shares.isEmpty else { return }
        for place in scored.indices {
            scored[place].shared = feedback.shared(concepts[place]).map { shared in
                SharedConcept(number: shared.concept, contribution: parameters.feedbackWeight * top * shared.share)
            }
        }
        scored = scored.enumerated().sorted { left, right in
            left.element.score != right.element.score
                ? left.element.score > right.element.score : left.offset < right.offset
        }.map(\.element)
    }
}

/// A concept that a hit has in common with the best hits, and what it adds to its score.
struct SharedConcept: Sendable, Hashable {
    var number: UInt32
    var contribution: Double
}
