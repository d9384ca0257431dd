import Testing

@testable import SabilClassification

/// Against scikit-learn 1.9.1, numpy `RandomState(7)`:
///
///     X = r.poisson(0.9, (12, 8)); y = [0]*5 + [1]*3 + [2]*4; Q = vstack([r.poisson(1.0, (3, 8)), zeros(8)])
///     MultinomialNB(alpha=a).fit(X, y)._joint_log_likelihood(Q); ComplementNB(alpha=a).fit(X, y)._joint_log_likelihood(Q)
@Suite struct NaiveBayesTests {
    static let counts: [[Int32]] = [
        [0, 1, 2, 1, 0, 1, 1, 0], [0, 1, 2, 2, 2, 1, 1, 0], [1, 1, 2, 1, 1, 1, 1, 1], [0, 1, 1, 1, 0, 0, 1, 3],
        [0, 1, 3, 1, 0, 1, 1, 0], [0, 0, 0, 1, 2, 1, 4, 1], [1, 1, 1, 0, 1, 2, 1, 1], [0, 1, 2, 0, 1, 0, 1, 2],
        [3, 0, 2, 1, 1, 2, 0, 0], [0, 1, 0, 0, 0, 0, 0, 1], [1, 0, 3, 0, 2, 3, 0, 0], [0, 0, 1, 1, 0, 1, 1, 0],
    ]
    static let labels: [Int32] = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
    static let queries: [[Int32]] = [
        [1, 0, 0, 1, 2, 1, 1, 2], [2, 0, 3, 2, 0, 3, 0, 4], [0, 0, 1, 2, 0, 2, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0],
    ]

    static func row(_ counts: [Int32]) -> FeatureRow {
        let columns = counts.indices.filter { counts[$0] > 0 }
        return FeatureRow(
            columns: columns.map { Int32($0) }, values: columns.map { Float(counts[$0]) },
            counts: columns.map { counts[$0] })
    }

    static var counted: FeatureLabelCounts {
        var counted = FeatureLabelCounts(labelCount: 3, columnCount: 8)
        for (row, label) in zip(counts, labels) { counted.count(self.row(row), labels: [label]) }
        return counted
    }

    @Test(arguments: [
        (
            NaiveBayes.Kind.multinomial, 1.0,
            [
                [-19.47288065088126, -17.955931062486208, -19.318508896988785],
                [-30.738582423536897, -32.37849046162054, -29.7547649090882],
                [-12.729287808077173, -15.026094421004586, -13.164925500404365],
                [-0.8754687373539001, -1.3862943611198906, -1.0986122886681098],
            ]
        ),
        (
            .complement, 1.0,
            [
                [16.900331039043586, 18.179833231410175, 17.69222767654698],
                [29.016267574719706, 28.6406015680865, 30.17843080476497],
                [12.680006673960921, 11.675758938742703, 12.336923378625333], [0, 0, 0],
            ]
        ),
        (
            .multinomial, 0.3,
            [
                [-19.93179629362426, -18.179545720735085, -19.97851286050683],
                [-31.24652108656002, -33.16593854374904, -30.249905281275772],
                [-12.679359217027413, -15.461367464981713, -13.288964939051573],
                [-0.8754687373539001, -1.3862943611198906, -1.0986122886681098],
            ]
        ),
        (
            .complement, 0.3,
            [
                [16.969249025849674, 18.34774029297763, 17.87918879400658],
                [29.105704189833936, 28.70291190144583, 30.478086712009045],
                [12.774352092483362, 11.63501105021477, 12.335164856014206], [0, 0, 0],
            ]
        ),
    ])
    func `log likelihoods are those of scikit-learn`(kind: NaiveBayes.Kind, smoothing: Double, expected: [[Double]]) {
        let model = NaiveBayes(Self.counted, kind: kind, smoothing: smoothing)
        for (query, scores) in zip(Self.queries, expected) {
            let row = Self.row(query)
            for (own, theirs) in zip(model.scores(row, values: row.values), scores) {
                #expect(abs(own - theirs) < 1e-5, "\(query)")
            }
        }
    }

    @Test func `counts added and taken away leave what was there`() {
        var counted = Self.counted
        for query in Self.queries { counted.count(Self.row(query), labels: [0, 2]) }
        #expect(counted != Self.counted)
        for query in Self.queries.reversed() { counted.count(Self.row(query), labels: [0, 2], sign: -1) }
        #expect(counted == Self.counted)
    }

    @Test func `a label that has all documents stays finite`() {
        var counted = FeatureLabelCounts(labelCount: 2, columnCount: 8)
        for row in Self.counts { counted.count(Self.row(row), labels: [0]) }
        for kind in [NaiveBayes.Kind.multinomial, .complement] {
            let row = Self.row(Self.queries[0])
            let scores = NaiveBayes(counted, kind: kind, smoothing: 0.3).scores(row, values: row.values)
            #expect(scores.allSatisfy { $0.isFinite })
        }
    }
}
