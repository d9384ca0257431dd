/// A measure of one ranking, named as in ir_measures: `nDCG@10`, `AP@100`, `RR@10`, `P(rel=2)@5`, `RBP(p=0.5)`.
///
/// Values, ties, unjudged documents and grades below 0 are those of the programs that ir_measures asks, which are named at
/// each kind. Everywhere an unjudged document and a grade below 0 (pooled, but judged by nobody) gain nothing; the
/// exceptions are `Bpref`, which leaves both out of sight, and `Judged`, for which a grade below 0 is a judgement.
public struct Measure: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Normalised discounted cumulative gain. Linear gain: trec_eval `ndcg`, `ndcg_cut`; with `dcg='exp-log2'` a grade
        /// g gains 2^g − 1: gdeval.
        case nDCG
        /// Average precision, divided by all relevant documents, also with a cutoff: trec_eval `map`, `map_cut`.
        case AP
        /// Reciprocal rank of the first relevant document: trec_eval `recip_rank`.
        case RR
        /// Precision: relevant ones of the first k, divided by k: trec_eval `P`.
        case P
        /// Recall: relevant ones of the first k, divided by all relevant documents: trec_eval `recall`.
        case R
        /// Precision at the rank that is the number of relevant documents: trec_eval `Rprec`.
        case Rprec
        /// How far judged relevant documents stand before judged not relevant ones: trec_eval `bpref`. Documents without a
        /// judgement, or with a grade below 0, are passed over.
        case Bpref
        /// Judged ones of the first k, divided by the number of results up to k: ir_measures. Print it next to nDCG: unjudged
        /// results count as not relevant and make a new system look worse than it is.
        case Judged
        /// 1 when one of the first k is relevant: trec_eval `success`.
        case Success
        /// Expected reciprocal rank: the reader goes down the list and stops at grade g with probability (2^g − 1) / 16:
        /// gdeval. Grades above 4, which gdeval refuses, count as 4.
        case ERR
        /// Rank-biased precision: the reader goes on to the next result with probability p. With `rel` a document is
        /// relevant or not: cwl_eval. Without, a grade counts as the gain it is, so grades above 1 give values above 1:
        /// trectools.
        case RBP
        /// Relevant ones of all results, divided by their number: trec_eval `set_P`.
        case SetP
        /// Relevant ones of all results, divided by all relevant documents: trec_eval `set_recall`.
        case SetR
        /// Harmonic mean of `SetP` and `SetR`: trec_eval `set_F`.
        case SetF
    }

    /// What a document of some grade is worth.
    public enum Gain: String, Sendable, Hashable {
        /// 1 from the grade `relevance` on, otherwise 0.
        case binary
        /// The grade.
        case linear
        /// 2^grade − 1.
        case exponential
    }

    public let kind: Kind
    /// Ranks looked at; `nil` is all of them.
    public let cutoff: Int?
    /// Lowest grade that counts as relevant; without meaning where `gain` is not binary, and for `Judged`.
    public let relevance: Int
    public let gain: Gain
    /// Probability of going on to the next result, for `RBP` alone: above 0 and below 1.
    public let persistence: Double

    /// The measures of the default report.
    public static let standard: [Measure] = [
        Measure(.nDCG, at: 10), Measure(.AP, at: 100), Measure(.RR, at: 10), Measure(.P, at: 5), Measure(.R, at: 100),
        Measure(.Judged, at: 10),
    ]

    /// - Parameters:
    ///   - relevance: `nil` is the kind's own: 1, and for `RBP` graded.
    ///   - gain: `nil` is the kind's own.
    init(
        _ kind: Kind, at cutoff: Int?, relevance: Int? = nil, gain: Gain? = nil,
        persistence: Double = Self.ordinaryPersistence
    ) {
        self.kind = kind
        self.cutoff = cutoff
        self.relevance = relevance ?? 1
        self.gain = gain ?? (kind == .RBP && relevance != nil ? .binary : kind.ordinaryGain)
        self.persistence = persistence
    }

    /// p of `RBP` where none is given.
    static let ordinaryPersistence = 0.8

    public var description: String { name }
}

extension Measure.Kind {
    /// Gain where the name says nothing.
    var ordinaryGain: Measure.Gain {
        switch self {
        case .nDCG, .RBP: .linear
        case .ERR: .exponential
        default: .binary
        }
    }
}
