import SabilRecords
import Testing

@testable import SabilEvaluation

/// Figures of scipy, statsmodels and rbo; how they came is in corpus-fixtures/comparison/README.md.
@Suite struct ComparisonOracleTests {
    private func numbers(_ text: String) throws -> [Double] {
        try text.split(separator: ",").map { try #require(Double($0), "\(text)") }
    }

    @Test func `p, d_z and superiority are scipy's over all exchanges of pairs`() throws {
        let rows = try Fixtures.rows("pairs.tsv", in: Fixtures.comparison)
        #expect(rows.count == 9)
        for row in rows {
            let expected = try row[2...].map { try #require(Double($0)) }
            let system = try numbers(row[0])
            // 2^18 patterns, so that the largest is counted out too.
            let comparison = PairedComparison(
                system, baseline: try numbers(row[1]), permutations: 1 << 18, resamples: 10)
            #expect(comparison.isExact)
            #expect(abs(comparison.difference - expected[0]) < 1e-11)
            #expect(abs(comparison.p - expected[1]) < 1e-11, "\(row): \(comparison.p)")
            if expected[2].isNaN {
                #expect(comparison.standardisedDifference == nil)
            } else {
                let standardised = try #require(comparison.standardisedDifference)
                #expect(abs(standardised - expected[2]) < 1e-9)
            }
            #expect(abs(comparison.superiority - expected[3]) < 1e-11)
            if comparison.moved > 13 {
                // Drawn patterns come near the count of all: four standard errors of 10,000 draws.
                let sampled = PairedComparison(system, baseline: try numbers(row[1]), resamples: 1)
                #expect(!sampled.isExact)
                #expect(abs(sampled.p - expected[1]) < 4 * (expected[1] * (1 - expected[1]) / 10_000).squareRoot())
            }
        }
    }

    @Test func `Holm's adjustment is that of statsmodels`() throws {
        for row in try Fixtures.rows("holm.tsv", in: Fixtures.comparison) {
            let adjusted = PairedComparison.holm(try numbers(row[0]))
            let expected = try numbers(row[1])
            #expect(adjusted.count == expected.count)
            #expect(zip(adjusted, expected).allSatisfy { abs($0 - $1) < 1e-11 }, "\(row)")
        }
    }

    @Test func `quantiles of Student's t are those of scipy`() throws {
        for row in try Fixtures.rows("student.tsv", in: Fixtures.comparison) {
            let expected = try #require(Double(row[2]))
            let value = StudentDistribution(degreesOfFreedom: try #require(Int(row[0])))
                .quantile(try #require(Double(row[1])))
            #expect(abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(row): \(value)")
        }
    }

    @Test func `the detectable difference is near that of the non-central t`() throws {
        for row in try Fixtures.rows("power.tsv", in: Fixtures.comparison) {
            let pairs = try #require(Int(row[0]))
            let expected = try #require(Double(row[2]))
            // Differences of deviation 1: half at +x, half at −x, x² · n / (n − 1) = 1.
            let far = (Double(pairs - 1) / Double(pairs)).squareRoot()
            let comparison = PairedComparison(
                (0..<pairs).map { $0 % 2 == 0 ? far : -far }, baseline: Array(repeating: 0, count: pairs),
                permutations: 1, resamples: 1)
            let comparisons = try #require(Int(row[1]))
            let value = try #require(comparison.detectableDifference(comparisons: comparisons))
            let tolerance = pairs >= 20 ? 0.016 : 0.06
            #expect(abs(value / expected - 1) < tolerance, "\(row): \(value)")
        }
    }

    @Test func `overlaps are those of the rbo package`() throws {
        let rows = try Fixtures.rows("overlap.tsv", in: Fixtures.comparison)
        #expect(rows.count == 60)
        for row in rows {
            let rankings = row.prefix(2).map { list in
                list.split(separator: ",").enumerated().map {
                    ScoredDocument(String($0.element), score: -Double($0.offset))
                }
            }
            let persistence = try #require(Double(row[2]))
            let expected = try #require(Double(row[3]))
            let overlap = try #require(RankBiasedOverlap(persistence: persistence))
            let value = overlap(rankings[0], rankings[1])
            #expect(abs(value - expected) < 1e-10, "\(row): \(value)")
        }
    }
}
