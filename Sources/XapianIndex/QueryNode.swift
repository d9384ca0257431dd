/// A query as a tree of operators over terms; it crosses the border in postfix order.
///
/// Operators without operands give `nothing`. Depth is limited to ``maximumDepth``, size to ``maximumNodes``.
public indirect enum QueryNode: Sendable, Hashable {
    /// Documents with the term; `wqf` multiplies its weight.
    case term(String, wqf: UInt32 = 1)
    /// Documents that match every operand; weights add up.
    case and([QueryNode])
    /// Documents that match any operand; weights add up.
    case or([QueryNode])
    /// Documents of the first that the second does not match.
    case andNot(QueryNode, QueryNode)
    /// Documents of the first; the second only adds weight.
    case andMaybe(QueryNode, QueryNode)
    /// Documents of the first that the second matches too, without weight.
    case filter(QueryNode, QueryNode)
    /// Any operand, scored together as if they were one term. It may hold no value range and no pattern.
    case synonym([QueryNode])
    /// Any operand; the best one's weight counts.
    ///
    /// Not safe over operands that are groups themselves: Xapian 1.4.22 reads freed memory when all operands end on
    /// the same document after one was simplified on the way (`MaxPostList::recalc_maxweight` with no operand left).
    case max([QueryNode])
    /// Documents that match every operand and hold the pattern in their word stream; the operands' weights add up.
    ///
    /// Each document that matches all operands costs one value read, so they are the terms of the pattern's words or
    /// narrower. Without operands or words it is `nothing`. Not inside `synonym`.
    case stream(StreamPattern, [QueryNode])
    /// The operand with its weight multiplied; the factor is finite and not negative.
    case scale(Double, QueryNode)
    /// Documents whose number in the slot is within the bounds, both included; nil is open.
    ///
    /// With both bounds open: documents that have any value in the slot.
    case valueRange(slot: UInt32, Double?, Double?)
    /// Documents whose value in the slot is one of the texts, which are not empty and of one line. Not inside `synonym`.
    ///
    /// As what filters a sum of terms it costs a look into memory per document, and the sum stays part of a larger one; a term
    /// does not. The slot is read once for each commit (30 ns a document), so it holds few different values.
    case valueIn(slot: UInt32, [String])
    /// Terms that start with the prefix, scored as one term: at most `maxExpansion`, the most frequent.
    case prefix(String, maxExpansion: UInt32)
    /// Every document, without weight.
    case all
    /// No document.
    case nothing

    public static let maximumDepth = 390
    public static let maximumNodes = 100_000
}
