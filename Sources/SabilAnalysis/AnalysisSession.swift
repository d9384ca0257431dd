public import SabilRecords

/// One thread's use of an analyzer: owns its stemmers, its segmenter, its buffers and a cache of words.
///
/// Opening one costs next to nothing; whatever it needs opens when first needed. What it answers depends on the text
/// and the language alone, never on what it analysed before.
public struct AnalysisSession: ~Copyable {
    static let languages: [Language] = [.english, .french, .spanish, .arabic, .undetermined]

    /// Words longer than 64 characters or 200 bytes that were cut so far.
    public private(set) var cutWords = 0

    private let chains: [LanguageChain]
    private let table: LetterTable
    private let detector: LanguageDetector
    private var weighedWords = WeighedWords()
    private var segmenter: Segmenter?
    private var stemmers = Stemmers()
    private var caches = [WordCache](repeating: WordCache(), count: AnalysisSession.languages.count)
    private var words: [SegmentedWord] = []
    private var forms = WordForms()
    private var stemBytes: [UInt8] = []

    init(chains: [LanguageChain], table: LetterTable, detector: LanguageDetector) {
        self.chains = chains
        self.table = table
        self.detector = detector
    }

    /// The tokens of a text, in order.
    ///
    /// - Parameter language: whose chain to apply; `undetermined` folds and does not stem.
    /// - Returns: positions 0, 1, 2 …; ranges in bytes of `text`, non-decreasing. Empty when the text holds no word.
    /// - Throws: `segmenter` or `stemmer` when the engine underneath fails, `textTooLong` over 1 GiB.
    /// - Complexity: O(bytes).
    public mutating func tokens(in text: String, language: Language) throws(AnalysisError) -> [Token] {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        if segmenter == nil { segmenter = try Segmenter() }
        var words = words
        self.words = []
        try segmenter?.segment(bytes, into: &words)
        var tokens: [Token] = []
        tokens.reserveCapacity(words.count)
        let chain = Self.languages.firstIndex(of: language) ?? Self.languages.count - 1
        for word in words {
            let kind: TokenKind = word.isIdeographic ? .other : .word
            if !word.hasJoiner {
                try append(
                    bytes.extracting(word.start..<word.end), at: word.start..<word.end, kind, chain, to: &tokens)
                continue
            }
            for piece in chains[chain].splitter.pieces(of: bytes, from: word.start, to: word.end) {
                let range = piece.start..<piece.end
                if let rewritten = piece.rewritten {
                    try append(rewritten.span, at: range, kind, chain, to: &tokens)
                } else {
                    try append(bytes.extracting(range), at: range, kind, chain, to: &tokens)
                }
            }
        }
        self.words = words
        return tokens
    }

    /// The language of a text, starting from what was declared.
    ///
    /// A declared language with a chain wins; the guess then says whether the text contradicts it. Otherwise script,
    /// function words, letter sequences and, on long text, CLD2 decide; `undetermined` rather than a wrong guess.
    /// - Complexity: O(bytes) of the beginning that is read, 16 KiB; what words say is remembered by the session.
    public mutating func detect(_ text: String, declared: Language?) -> LanguageGuess {
        detector.guess(text, declared: declared, words: &weighedWords)
    }

    /// The languages a short query may be in, best first: those whose stems are worth trying.
    public mutating func plausibleLanguages(of query: String) -> [Language] {
        detector.guess(query, declared: nil, words: &weighedWords).plausible
    }

    @inline(__always)
    private mutating func append(
        _ word: borrowing Span<UInt8>, at range: Range<Int>, _ kind: TokenKind, _ chain: Int, to tokens: inout [Token]
    ) throws(AnalysisError) {
        let hash = WordCache.hash(word)
        if let index = caches[chain].index(of: word, hash: hash) {
            Self.append(caches[chain].words[index], at: range, kind, to: &tokens)
            return
        }
        try appendUncached(word, hash: hash, at: range, kind, chain, to: &tokens)
    }

    private mutating func appendUncached(
        _ word: borrowing Span<UInt8>, hash: UInt64, at range: Range<Int>, _ kind: TokenKind, _ chain: Int,
        to tokens: inout [Token]
    ) throws(AnalysisError) {
        if forms.fill(from: word, table: table) {
            guard !forms.folded.isEmpty else { return }
            let analysed = try analyse(forms, chains[chain])
            Self.append(analysed, at: range, kind, to: &tokens)
            if forms.isCut {
                cutWords += 1
            } else {
                _ = caches[chain].insert(analysed, key: word, hash: hash)
            }
            return
        }
        let parts = try WordForms.general(word)
        for part in parts {
            let analysed = try analyse(part, chains[chain])
            Self.append(analysed, at: range, kind, to: &tokens)
            if part.isCut {
                cutWords += 1
            } else if parts.count == 1 {
                _ = caches[chain].insert(analysed, key: word, hash: hash)
            }
        }
    }

    @inline(__always)
    private static func append(_ word: AnalysedWord, at range: Range<Int>, _ kind: TokenKind, to tokens: inout [Token])
    {
        tokens.append(
            Token(
                surface: word.surface, stem: word.stem, utf8Range: range, position: tokens.count,
                isStopword: word.isStopword, isQuestionWord: word.isQuestionWord, kind: word.isNumber ? .number : kind))
    }

    private mutating func analyse(_ forms: WordForms, _ chain: LanguageChain) throws(AnalysisError) -> AnalysedWord {
        let surface = String(decoding: forms.folded, as: UTF8.self)
        var word = AnalysedWord(surface: surface, stem: surface)
        word.isNumber = forms.folded.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2C }
        if word.isNumber { return word }
        let listed = chain.listed[surface]
        if let listed {
            word.isStopword = listed.isStopword
            word.isQuestionWord = listed.isQuestionWord
        }
        guard let stemmer = chain.profile.stemmer, !forms.isCut else { return word }
        if let exception = listed?.stem {
            word.stem = exception
        } else if ArabicPrefixes.applies(to: forms.folded) {
            // Arabic words take the Arabic way in text of any of the four languages.
            let prefix = ArabicPrefixes.length(in: forms.folded)
            let bare = Array(forms.folded.dropFirst(prefix))
            if prefix > 0, let exception = chain.listed[String(decoding: bare, as: UTF8.self)]?.stem {
                word.stem = exception
            } else {
                try stemmers.stem(bare, "arabic", &stemBytes)
                word.stem = try stem(or: surface)
            }
        } else if !chain.profile.stripsArabicPrefixes {
            try stemmers.stem(chain.respelled(forms.normal), stemmer, &stemBytes)
            word.stem = try stem(or: surface)
        }
        return word
    }

    /// The stem in `stemBytes`, accents folded; the surface when nothing is left or nothing changed.
    private func stem(or surface: String) throws(AnalysisError) -> String {
        var folded = stemBytes
        if stemBytes.contains(where: { $0 >= 0x80 }) { folded = try WordForms.folded(stemBytes.span) }
        guard !folded.isEmpty, folded.count <= WordForms.maximumBytes else { return surface }
        let stem = String(decoding: folded, as: UTF8.self)
        return stem == surface ? surface : stem
    }
}

/// The stemmers of one session, each opened when first needed.
struct Stemmers: ~Copyable {
    private var english: SnowballStemmer?
    private var french: SnowballStemmer?
    private var spanish: SnowballStemmer?
    private var arabic: SnowballStemmer?

    init() {}

    /// Replaces `stem` by the stem of a word, by Snowball's name of the algorithm.
    mutating func stem(_ word: [UInt8], _ name: String, _ stem: inout [UInt8]) throws(AnalysisError) {
        switch name {
        case "english":
            if english == nil { english = try SnowballStemmer(name) }
            try english?.stem(word, into: &stem)
        case "french":
            if french == nil { french = try SnowballStemmer(name) }
            try french?.stem(word, into: &stem)
        case "spanish":
            if spanish == nil { spanish = try SnowballStemmer(name) }
            try spanish?.stem(word, into: &stem)
        default:
            if arabic == nil { arabic = try SnowballStemmer(name) }
            try arabic?.stem(word, into: &stem)
        }
    }
}
