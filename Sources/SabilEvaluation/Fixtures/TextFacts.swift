public import SabilRecords

/// What reading the text of a record gives.
public struct TextFacts: Sendable, Hashable {
    /// The language of a text, and how sure that is, 0…1.
    public struct Guess: Sendable, Hashable {
        public var language: Language
        public var confidence: Double

        public init(_ language: Language, confidence: Double) {
            self.language = language
            self.confidence = confidence
        }
    }

    /// The language the text as a whole seems to be in; `undetermined` when that is unclear.
    public var language: Language
    /// Share of the words that stand in sentences of another language than the file's, 0…1.
    public var foreignShare: Double
    public var abstractWords: Int
    /// 0 without a body.
    public var bodyWords: Int

    /// Sentences of fewer words say too little of their language.
    static let leastWords = 8
    /// A sentence counts as foreign from this confidence on.
    static let leastConfidence = 0.95

    /// Reads title, abstract and body.
    ///
    /// - Parameters:
    ///   - language: that of the file.
    ///   - detect: tells the language of a text, none declared.
    ///   - countWords: the number of words of a text of the file's language.
    /// - Complexity: two readings of the text.
    public init(
        _ record: ResourceRecord, language: Language, detect: (String) throws -> Guess,
        countWords: (String) throws -> Int
    ) rethrows {
        let text = record.wholeText
        self.language = try detect(text).language
        abstractWords = try countWords(record.abstract)
        bodyWords = record.body.isEmpty ? 0 : try countWords(record.body)
        var (foreign, all) = (0, 0)
        for sentence in text.split(whereSeparator: { ".!?؟\n".contains($0) }) {
            let words = sentence.split(whereSeparator: \.isWhitespace).count
            guard words >= Self.leastWords else { continue }
            all += words
            let guess = try detect(String(sentence))
            if guess.language != language, guess.language != .undetermined, guess.confidence >= Self.leastConfidence {
                foreign += words
            }
        }
        foreignShare = all == 0 ? 0 : Double(foreign) / Double(all)
    }
}
