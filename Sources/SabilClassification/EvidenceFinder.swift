import SabilAnalysis

/// Says which words moved the scores of labels, in the units of the stack: parts add up to the raw score.
struct EvidenceFinder {
    let content: ModelContent
    let reading: ModelContent.Reading
    private let combination: Stack.Combination
    private let candidates: CandidateScores
    private let terms: TextTerms
    /// The place of each label in `contributions`; -1 for those not asked for.
    private var slots: [Int32]
    /// Per label asked for, per member: the weight of its standardised score over the deviation.
    private var factors: [[Double]] = []
    /// Per label asked for, per feature of the row: what it added to the raw score through all members.
    private var contributions: [Double] = []
    /// The same of the meanings.
    private var meaningContributions: [Double] = []

    /// - Parameter positions: the candidates that evidence is wanted of.
    /// - Complexity: O(text + weights of its features + candidates asked for × features of the text).
    init(
        _ content: ModelContent, reading: ModelContent.Reading, candidates: CandidateScores,
        combination: Stack.Combination, positions: [Int]
    ) {
        self.content = content
        self.reading = reading
        self.candidates = candidates
        self.combination = combination
        terms = TextTerms(
            reading, occurrences: content.extractor.occurrences(in: reading.text), vocabulary: content.vocabulary,
            meanings: content.meanings?.vocabulary)
        slots = [Int32](repeating: -1, count: content.labels.count)
        for position in positions {
            let label = Int(candidates.labels[position])
            guard slots[label] < 0 else { continue }
            slots[label] = Int32(factors.count)
            let weights = content.stack.weights(
                scarcity: content.stack.scarcity[label],
                moved: candidates.moved.isEmpty ? 0 : candidates.moved[position])
            factors.append(zip(weights, combination.deviations).map { $0 / $1 })
        }
        contributions = [Double](repeating: 0, count: factors.count * reading.row.columns.count)
        meaningContributions = [Double](repeating: 0, count: factors.count * reading.meanings.columns.count)
        for (member, kind) in content.stack.members.enumerated() {
            let own = factors.map { $0[member] }
            if kind == .meanings {
                content.members.meanings?.weights.accumulate(
                    reading.meanings, slots: slots, factors: own, into: &meaningContributions)
            }
            guard let weights = content.members.weights(of: kind) else { continue }
            let divisor = kind == .nameLikeness ? candidates.nameDeviation : 1
            weights.accumulate(
                reading.row, slots: slots, factors: own.map { $0 / divisor }, into: &contributions)
        }
    }

    /// What each member contributed, without offsets: the prior is what is left of the raw score.
    func members(ofCandidate position: Int) -> [MemberScore] {
        let factors = factors(ofCandidate: position)
        return content.stack.members.indices.map { member in
            let factor = factors[member]
            let raw = candidates.scores[member][position]
            return MemberScore(
                member: content.stack.members[member], raw: raw,
                contribution: factor * (raw - combination.means[member]))
        }
    }

    private func factors(ofCandidate position: Int) -> [Double] {
        factors[Int(slots[Int(candidates.labels[position])])]
    }

    /// The strongest pieces of evidence, then rest and prior.
    /// - Parameter position: one of those the finder was made for.
    func evidence(ofCandidate position: Int, limit: Int) -> [Evidence] {
        let label = Int(candidates.labels[position])
        func part(_ contributions: [Double], width: Int) -> ArraySlice<Double> {
            contributions[Int(slots[label]) * width..<Int(slots[label] + 1) * width]
        }
        let own =
            part(contributions, width: reading.row.columns.count)
            + part(meaningContributions, width: reading.meanings.columns.count)
        var names: [Evidence] = []
        for member in content.stack.members.indices where content.stack.members[member] == .labelMatcher {
            names += labels(
                label: label, score: candidates.scores[member][position], factor: factors(ofCandidate: position)[member]
            )
        }
        var pieces = terms.contributions(own).enumerated().map { Piece(contribution: $1, term: $0) }
        pieces += names.enumerated().map { Piece(contribution: $1.contribution, name: $0) }
        pieces.removeAll { $0.contribution == 0 }
        pieces.sort {
            if abs($0.contribution) != abs($1.contribution) { return abs($0.contribution) > abs($1.contribution) }
            return describe($0, names) < describe($1, names)
        }
        var shown = pieces.prefix(limit).map { piece in
            piece.name.map { names[$0] }
                ?? terms.evidence(
                    piece.term, contribution: piece.contribution, member: onlyStatisticalMember, contributions: own)
        }
        let raw = combination.raw[position]
        let rest = pieces.dropFirst(limit).reduce(0) { $0 + $1.contribution }
        if rest != 0 { shown.append(Evidence(kind: .rest, term: "", contribution: rest, member: nil)) }
        let explained = shown.reduce(0) { $0 + $1.contribution }
        shown.append(Evidence(kind: .prior, term: "", contribution: raw - explained, member: nil))
        return shown
    }

    /// A term of the text or a name of the label, before it is put into words.
    private struct Piece {
        var contribution: Double
        var term = 0
        /// Among the names found; `nil` = a term.
        var name: Int?
    }

    private func describe(_ piece: Piece, _ names: [Evidence]) -> (String, String) {
        if let name = piece.name { return (names[name].kind.rawValue, names[name].term) }
        return (terms.kind(piece.term).rawValue, terms.text(piece.term))
    }

    /// The member words count through, if there is one only.
    private var onlyStatisticalMember: MemberKind? {
        let statistical = content.stack.members.filter { $0 != .labelMatcher }
        return statistical.count == 1 ? statistical.first : nil
    }

    /// Names of the label, each with its places and its share of the matcher's score.
    private func labels(label: Int, score: Double, factor: Double) -> [Evidence] {
        let matches = reading.matches.filter { Int($0.label) == label }
        let total = matches.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return [] }
        var pieces: [Evidence] = []
        for match in matches {
            let term = content.matcher.names[match.name].text
            let share = factor * score * match.weight / total
            let first = reading.text.tokens[match.tokens.lowerBound]
            let last = reading.text.tokens[match.tokens.upperBound - 1]
            let place = Evidence.Place(
                field: reading.text.field(ofToken: match.tokens.lowerBound),
                utf8Range: first.utf8Range.lowerBound..<last.utf8Range.upperBound)
            if let known = pieces.firstIndex(where: { $0.term == term }) {
                pieces[known].contribution += share
                pieces[known].places.append(place)
            } else {
                pieces.append(
                    Evidence(kind: .label, term: term, contribution: share, member: .labelMatcher, places: [place]))
            }
        }
        return pieces
    }
}
