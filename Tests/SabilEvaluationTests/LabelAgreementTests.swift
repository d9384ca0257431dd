import SabilEvaluation
import Testing

@Suite struct LabelAgreementTests {
    private static func reading(_ cluster: String, _ first: String, _ second: String) -> LabelAgreement.Reading {
        LabelAgreement.Reading(
            cluster: cluster, first: Set(first.map(String.init)), second: Set(second.map(String.init)))
    }

    /// Worked by hand, labels a, b, c, d:
    /// record 1 {a b} {a b}: 1; record 2 {a} {a c}: 2/3; record 3 {b} {c}: 0; record 4 {} {}: 1.
    /// Common 3 of 4 + 5 labels given. κ: a 1 (2 and 2, always together); b 1/2 (3/4 agree, 1/2 by chance: 2·1 + 2·3 of
    /// 16); c 0 (one reader never gave it); d undefined. Pooled: 3 both, 4 and 5 given in 16 decisions: agreed 13/16, by
    /// chance (4·5 + 12·11)/256 = 152/256, κ = (208 − 152)/(256 − 152).
    @Test func `figures of four records worked by hand`() throws {
        let readings = [
            Self.reading("1", "ab", "ab"), Self.reading("2", "a", "ac"), Self.reading("3", "b", "c"),
            Self.reading("4", "", ""),
        ]
        let agreement = try #require(LabelAgreement(readings, labels: ["a", "b", "c", "d"]))
        func isNear(_ figure: LabelAgreement.Figure, _ value: Double) -> Bool {
            abs((figure.value ?? .nan) - value) < 1e-12
        }
        #expect(agreement.count == 4)
        #expect(isNear(agreement.consistency, (1 + 2.0 / 3 + 0 + 1) / 4))
        #expect(isNear(agreement.microF1, 6.0 / 9))
        #expect(agreement.kappas == ["a": 1, "b": 0.5, "c": 0])
        #expect(isNear(agreement.macroKappa, 0.5))
        #expect(isNear(agreement.pooledKappa, 56.0 / 104))
    }

    /// 24 records whose labels a linear congruential generator draws, so that another language draws the same ones.
    private static func drawn() -> [LabelAgreement.Reading] {
        var state = 20211
        func next() -> Int {
            state = (state * 1_103_515_245 + 12345) % 2_147_483_648
            return state >> 16
        }
        let labels = "abcdefg".map(String.init)
        return (0..<24).map { number in
            let first = labels.filter { _ in next() % 3 == 0 }
            let kept = first.filter { _ in next() % 4 != 0 }
            let added = labels.filter { _ in next() % 9 == 0 }
            return LabelAgreement.Reading(cluster: "\(number)", first: Set(first), second: Set(kept + added))
        }
    }

    /// Computed with scikit-learn 1.9.1 on the 24 × 8 matrices of the same draws: `f1_score` with average `micro`, and
    /// with `samples` and zero_division 1 (which is Rolling's consistency); `cohen_kappa_score` of the flattened matrices
    /// and of each column. Nobody gave the label h: its κ is nan there.
    @Test func `figures are those of scikit-learn`() throws {
        let agreement = try #require(LabelAgreement(Self.drawn(), labels: Set("abcdefgh".map(String.init))))
        let expected: [(LabelAgreement.Figure, Double)] = [
            (agreement.consistency, 0.8904761904761905), (agreement.microF1, 0.8653846153846154),
            (agreement.macroKappa, 0.7991875468722959), (agreement.pooledKappa, 0.815409971157808),
        ]
        for (figure, value) in expected { #expect(abs((figure.value ?? .nan) - value) < 1e-12) }
        let kappas = [
            "a": 0.6842105263157895, "b": 1, "c": 0.75, "d": 0.6, "e": 0.6470588235294118, "f": 1,
            "g": 0.9130434782608696,
        ]
        #expect(agreement.kappas.keys.sorted() == kappas.keys.sorted())
        for (label, value) in kappas { #expect(abs((agreement.kappas[label] ?? .nan) - value) < 1e-12, "\(label)") }
    }

    /// Every record is consistent or not: the mean is a share, whose error the binomial distribution gives.
    @Test func `the interval of a share is that of the binomial distribution, and wider when records hang together`()
        throws
    {
        func agreement(clusters: Int) -> LabelAgreement? {
            LabelAgreement(
                (0..<400).map { Self.reading("\($0 % clusters)", "a", $0 % 400 % 10 < 7 ? "a" : "b") },
                labels: ["a", "b"], resamples: 1000, seed: 4)
        }
        let alone = try #require(agreement(clusters: 400)).consistency
        let error = 1.96 * (0.7 * 0.3 / 400).squareRoot()
        #expect(abs((alone.value ?? 0) - 0.7) < 1e-12)
        #expect(abs((alone.low ?? 0) - (0.7 - error)) < 0.008 && abs((alone.high ?? 0) - (0.7 + error)) < 0.008)
        // Ten clusters, each of one outcome only: as many independent records as there are clusters.
        let together = try #require(agreement(clusters: 10)).consistency
        #expect((together.high ?? 0) - (together.low ?? 0) > 5 * error)
    }

    @Test func `the same seed gives the same interval and labels outside the given ones are not looked at`() throws {
        let readings = Self.drawn()
        let labels: Set = ["a", "b", "c"]
        let one = try #require(LabelAgreement(readings, labels: labels, seed: 5))
        #expect(one == LabelAgreement(readings, labels: labels, seed: 5))
        #expect(one != LabelAgreement(readings, labels: labels, seed: 6))
        let cut = readings.map {
            LabelAgreement.Reading(
                cluster: $0.cluster, first: $0.first.intersection(labels), second: $0.second.intersection(labels))
        }
        #expect(one == LabelAgreement(cut, labels: labels, seed: 5))
        #expect(LabelAgreement([], labels: labels) == nil)
    }

    @Test func `a figure is printed with its interval, an undefined one as a dash`() throws {
        let never = try #require(LabelAgreement([Self.reading("1", "", "")], labels: ["a"]))
        #expect(never.macroKappa.description == "–" && never.microF1.description == "–")
        #expect(never.consistency.description == "1.000 [1.000, 1.000]")
        let opposed = [Self.reading("1", "a", "b"), Self.reading("1", "b", "a")]
        let agreement = try #require(LabelAgreement(opposed, labels: ["a", "b"]))
        #expect(agreement.pooledKappa.description == "−1.000 [−1.000, −1.000]")
    }
}
