import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    @Suite struct CoFrequencyTests {
        /// An index of documents that are sets of terms.
        private func index(_ documents: [Set<String>], in directory: TemporaryDirectory) async throws -> IndexReader {
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace(
                documents.enumerated().map { number, terms in
                    var document = IndexDocument(uniqueTerm: "Q\(number)")
                    for term in terms.sorted() { document.addTerm(term) }
                    return document
                })
            try await writer.finish()
            return try IndexReader(path: directory.index)
        }

        @Test(arguments: 1...3 as ClosedRange<UInt64>)
        func `groups whose postings fit into the steps are counted exactly`(seed: UInt64) async throws {
            print("seed \(seed)")
            var random = SplitMix64(seed: seed)
            let words = ["a", "b", "c", "d", "e"]
            let documents = (0..<150).map { number in
                // Some words only in one part of the index.
                Set(words.filter { $0 == "e" ? number > 120 : Int.random(in: 0..<4, using: &random) == 0 })
            }
            let directory = try TemporaryDirectory()
            let reader = try await index(documents, in: directory)
            for _ in 0..<60 {
                func group() -> [String] {
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        (words + ["nowhere"]).randomElement(using: &random) ?? "a"
                    }
                }
                let (first, second) = (group(), group())
                let shared = documents.count { !$0.isDisjoint(with: first) && !$0.isDisjoint(with: second) }
                let found = try reader.coFrequency(first, second, steps: 10_000)
                #expect(found.isExact && found.documents == Double(shared), "seed \(seed), \(first) and \(second)")
            }
        }

        @Test(arguments: 1...3 as ClosedRange<UInt64>)
        func `of long lists a part is counted and taken for the whole`(seed: UInt64) async throws {
            print("seed \(seed)")
            var random = SplitMix64(seed: seed)
            let documents = (0..<6_000).map { number in
                var terms: Set<String> = []
                if Int.random(in: 0..<3, using: &random) == 0 { terms.insert("a") }
                if Int.random(in: 0..<3, using: &random) == 0 { terms.insert("b") }
                // Only in the last quarter: the first part of the index knows nothing of it.
                if number >= 4_500, Bool.random(using: &random) { terms.insert("late") }
                if Int.random(in: 0..<500, using: &random) == 0 { terms.insert("rare") }
                return terms
            }
            let directory = try TemporaryDirectory()
            let reader = try await index(documents, in: directory)
            for (first, second) in [(["a"], ["b"]), (["a"], ["late"]), (["a", "rare"], ["b", "nowhere"])] {
                let shared = Double(documents.count { !$0.isDisjoint(with: first) && !$0.isDisjoint(with: second) })
                let found = try reader.coFrequency(first, second)
                #expect(!found.isExact)
                // Some 100 found: four standard errors of 10 %.
                #expect(abs(found.documents - shared) < 0.4 * shared, "seed \(seed), \(first) and \(second)")
            }
            // A rare word leads, whatever the length of the other list and the order of the two.
            let rare = Double(documents.count { $0.contains("rare") && $0.contains("a") })
            for (first, second) in [("rare", "a"), ("a", "rare")] {
                let found = try reader.coFrequency([first], [second])
                #expect(found.isExact && found.documents == rare, "seed \(seed)")
            }
            #expect(try reader.coFrequency(["a"], ["b"], steps: 0) == CoFrequency(documents: 0, isExact: false))
            #expect(try reader.coFrequency([], ["b"], steps: 0).documents == 0)
        }
    }
}
