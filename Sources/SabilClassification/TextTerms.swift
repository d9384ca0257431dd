import SabilAnalysis

/// The distinct words and pairs of words of a text, each with the features of the row it stands for: what evidence is told in.
///
/// Character grams count for the words they are in. Made once a text, so that each label costs sums of numbers only.
struct TextTerms {
    private let text: AnalysedText
    /// How often each feature of the rows occurs.
    private let counts: [Int32]
    /// A feature where it occurs: its place in the rows, and the term there.
    private var uses: [(feature: Int32, term: Int32, token: Int32)] = []
    /// Per term: its first token, and how many it covers.
    private var firsts: [(token: Int32, span: Int32)] = []

    /// - Complexity: O(occurrences).
    /// - Parameter meanings: the vocabulary of meanings; `nil` = the model has none.
    init(
        _ reading: ModelContent.Reading, occurrences: [FeatureOccurrence], vocabulary: Vocabulary,
        meanings: Vocabulary?
    ) {
        text = reading.text
        counts = reading.row.counts + reading.meanings.counts
        var words: [String: Int32] = [:]
        var wordOfToken: [Int32] = []
        wordOfToken.reserveCapacity(text.tokens.count)
        for token in text.tokens {
            let next = Int32(words.count)
            let word = words[token.surface] ?? next
            if word == next { words[token.surface] = next }
            wordOfToken.append(word)
        }
        uses.reserveCapacity(occurrences.count + reading.meaningOccurrences.count)
        var known: [UInt64: Int32] = [:]
        var knownLong: [[Int32]: Int32] = [:]
        func add(_ occurrences: [FeatureOccurrence], row: FeatureRow, vocabulary: Vocabulary, offset: Int) {
            var features: [UInt64: Int32] = [:]
            features.reserveCapacity(row.columns.count)
            for (position, column) in row.columns.enumerated() {
                features[vocabulary.keys[Int(column)]] = Int32(offset + position)
            }
            for occurrence in occurrences {
                guard let feature = features[occurrence.key] else { continue }
                let next = Int32(firsts.count)
                let tokens = Int(occurrence.token)..<Int(occurrence.token + occurrence.span)
                let term: Int32
                if tokens.count > 2 {
                    let words = Array(wordOfToken[tokens])
                    term = knownLong[words] ?? next
                    if term == next { knownLong[words] = next }
                } else {
                    let second = tokens.count > 1 ? wordOfToken[tokens.upperBound - 1] : -1
                    let name =
                        UInt64(UInt32(bitPattern: wordOfToken[tokens.lowerBound])) << 32
                        | UInt64(UInt32(bitPattern: second))
                    term = known[name] ?? next
                    if term == next { known[name] = next }
                }
                if term == next { firsts.append((occurrence.token, occurrence.span)) }
                uses.append((feature, term, occurrence.token))
            }
        }
        add(occurrences, row: reading.row, vocabulary: vocabulary, offset: 0)
        if let meanings {
            add(
                reading.meaningOccurrences, row: reading.meanings, vocabulary: meanings,
                offset: reading.row.columns.count)
        }
    }

    /// Per term: the sum of what its features contributed, each use of a feature its share.
    /// - Parameter features: per feature of the row, then per meaning.
    func contributions(_ features: ArraySlice<Double>) -> [Double] {
        let shares = zip(features, counts).map { $0 / Double($1) }
        var sums = [Double](repeating: 0, count: firsts.count)
        for use in uses { sums[Int(use.term)] += shares[Int(use.feature)] }
        return sums
    }

    func kind(_ term: Int) -> Evidence.Kind { firsts[term].span > 1 ? .phrase : .word }

    /// The words as they are matched.
    func text(_ term: Int) -> String {
        let (token, span) = firsts[term]
        return text.tokens[Int(token)..<Int(token + span)].map(\.surface).joined(separator: " ")
    }

    /// A term with all its places where a feature of it counted.
    func evidence(
        _ term: Int, contribution: Double, member: MemberKind?, contributions: ArraySlice<Double>
    ) -> Evidence {
        var places: [Evidence.Place] = []
        var last: Int32 = -1
        let span = firsts[term].span
        for use in uses where Int(use.term) == term && use.token != last {
            guard contributions[contributions.startIndex + Int(use.feature)] != 0 else { continue }
            last = use.token
            let first = text.tokens[Int(use.token)]
            let end = text.tokens[Int(use.token + span - 1)]
            places.append(
                Evidence.Place(
                    field: text.field(ofToken: Int(use.token)),
                    utf8Range: first.utf8Range.lowerBound..<end.utf8Range.upperBound))
        }
        return Evidence(
            kind: kind(term), term: text(term), contribution: contribution, member: member, places: places)
    }
}
