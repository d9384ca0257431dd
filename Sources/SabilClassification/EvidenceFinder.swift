import SabilAnalysis

/// Says which words moved the score of a label, in the units of the stack: parts add up to the raw score.
struct EvidenceFinder {
    let content: ModelContent
    let reading: ModelContent.Reading
    let occurrences: [FeatureOccurrence]
    private let combination: Stack.Combination
    private let candidates: CandidateScores
    /// What the likeness of names was divided by.
    private let nameDeviation: Double

    init(
        _ content: ModelContent, reading: ModelContent.Reading, candidates: CandidateScores,
        combination: Stack.Combination
    ) {
        self.content = content
        self.reading = reading
        self.candidates = candidates
        self.combination = combination
        nameDeviation =
            content.members.names?.scores(reading.row, labelCount: content.labels.count).deviation ?? 1
        occurrences = content.extractor.occurrences(in: reading.text)
    }

    /// What each member contributed, without offsets: the prior is what is left of the raw score.
    func members(ofCandidate position: Int) -> [MemberScore] {
        let label = Int(candidates.labels[position])
        return content.stack.members.indices.map { member in
            let factor = factor(member, label: label)
            let raw = candidates.scores[member][position]
            return MemberScore(
                member: content.stack.members[member], raw: raw,
                contribution: factor * (raw - combination.means[member]))
        }
    }

    private func factor(_ member: Int, label: Int) -> Double {
        content.stack.weight(member, scarcity: content.stack.scarcity[label]) / combination.deviations[member]
    }

    /// The strongest pieces of evidence, then rest and prior.
    func evidence(ofCandidate position: Int, limit: Int) -> [Evidence] {
        let label = Int(candidates.labels[position])
        var pieces = words(label: label)
        for member in content.stack.members.indices where content.stack.members[member] == .labelMatcher {
            pieces += labels(
                label: label, score: candidates.scores[member][position], factor: factor(member, label: label))
        }
        pieces = pieces.filter { $0.contribution != 0 }
        pieces.sort {
            if abs($0.contribution) != abs($1.contribution) { return abs($0.contribution) > abs($1.contribution) }
            return ($0.kind.rawValue, $0.term) < ($1.kind.rawValue, $1.term)
        }
        var shown = Array(pieces.prefix(limit))
        let raw = combination.raw[position]
        let rest = pieces.dropFirst(limit).reduce(0) { $0 + $1.contribution }
        if rest != 0 { shown.append(Evidence(kind: .rest, term: "", contribution: rest, member: nil)) }
        let explained = shown.reduce(0) { $0 + $1.contribution }
        shown.append(Evidence(kind: .prior, term: "", contribution: raw - explained, member: nil))
        return shown
    }

    /// Words and pairs, each with all of its places; character grams count for the words they are in.
    private func words(label: Int) -> [Evidence] {
        let perColumn = columnContributions(label: label)
        guard !perColumn.isEmpty else { return [] }
        var shares: [UInt64: Double] = [:]
        for (position, column) in reading.row.columns.enumerated() where perColumn[position] != 0 {
            shares[content.vocabulary.keys[Int(column)]] = perColumn[position] / Double(reading.row.counts[position])
        }
        var found: [String: Int] = [:]
        var pieces: [Evidence] = []
        for occurrence in occurrences {
            guard let share = shares[occurrence.key] else { continue }
            let first = reading.text.tokens[Int(occurrence.token)]
            let last = reading.text.tokens[Int(occurrence.token + occurrence.span - 1)]
            let isPair = occurrence.span > 1
            let term = isPair ? first.surface + " " + last.surface : first.surface
            let place = Evidence.Place(
                field: reading.text.field(ofToken: Int(occurrence.token)),
                utf8Range: first.utf8Range.lowerBound..<last.utf8Range.upperBound)
            if let known = found[term] {
                pieces[known].contribution += share
                if pieces[known].places.last != place { pieces[known].places.append(place) }
            } else {
                found[term] = pieces.count
                pieces.append(
                    Evidence(
                        kind: isPair ? .phrase : .word, term: term, contribution: share, member: onlyStatisticalMember,
                        places: [place]))
            }
        }
        return pieces
    }

    /// The member words count through, if there is one only.
    private var onlyStatisticalMember: MemberKind? {
        let statistical = content.stack.members.filter { $0 != .labelMatcher }
        return statistical.count == 1 ? statistical.first : nil
    }

    /// Per feature of the row: what it added to the label's raw score through all members.
    private func columnContributions(label: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: reading.row.columns.count)
        for (member, kind) in content.stack.members.enumerated() {
            let weights: LabelWeights?
            switch kind {
            case .linear: weights = content.members.linear?.weights
            case .complementNaiveBayes: weights = content.members.complement?.deltas
            case .multinomialNaiveBayes: weights = content.members.multinomial?.deltas
            case .centroid: weights = content.members.centroid?.weights
            case .nameLikeness: weights = content.members.names?.weights
            case .labelMatcher: weights = nil
            }
            guard let weights else { continue }
            let factor = factor(member, label: label) / (kind == .nameLikeness ? nameDeviation : 1)
            for (position, column) in reading.row.columns.enumerated() {
                let weight = Double(weights.weight(column: column, label: label))
                sums[position] += factor * weight * Double(reading.row.values[position])
            }
        }
        return sums
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
