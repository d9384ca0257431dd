public import SabilRecords

/// One thread's use of an analyzer: owns its stemmers, its segmenter, its buffers and a cache of words.
///
/// Opening one costs next to nothing; whatever it needs opens when first needed. What it answers depends on the text
/// and the language alone, never on what it analysed before.
public struct AnalysisSession: ~Copyable {
    /// In the order of `chain(of:)`.
    static let languages: [Language] = [.english, .french, .spanish, .arabic, .undetermined]

    /// Words longer than 64 characters or 200 bytes that were cut so far.
    public private(set) var cutWords = 0

    private let chains: [LanguageChain]
    private let orthography: Orthography
    private let table: LetterTable
    private let detector: LanguageDetector
    private var weighedWords = WeighedWords()
    private var segmenter: Segmenter?
    private var stemmers = Stemmers()
    private var vocabularies = [Vocabulary](repeating: Vocabulary(), count: AnalysisSession.languages.count)
    private var generations = [Int](repeating: 0, count: AnalysisSession.languages.count)
    private var places: [PlacedWord] = []
    private(set) var pieces: [Vocabulary.Piece] = []
    /// The steps of the word at hand, while `explain` asks for them.
    var trace: [AnalysisStep]?
    /// Those of the words in `pieces`.
    var finishedTraces: [[AnalysisStep]] = []
    private var forms = WordForms()
    private var stemBytes: [UInt8] = []
    private var foldedStem: [UInt8] = []

    init(chains: [LanguageChain], orthography: Orthography, table: LetterTable, detector: LanguageDetector) {
        self.chains = chains
        self.orthography = orthography
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
        var places = places
        self.places = []
        try place(text, language: language, into: &places)
        let chain = Self.chain(of: language)
        var tokens: [Token] = []
        tokens.reserveCapacity(places.count)
        for place in places {
            tokens.append(token(place, chain, position: tokens.count))
        }
        self.places = places
        return tokens
    }

    /// Replaces `places` by the words of a text, in order: the same as `tokens`, by number.
    ///
    /// ```swift
    /// try session.place(text, language: .french, into: &places)
    /// for place in places { counts[Int(place.word)] += 1 }
    /// ```
    /// - Throws: as `tokens(in:language:)`.
    /// - Complexity: O(bytes); words met before cost one look-up and no allocation.
    public mutating func place(
        _ text: String, language: Language, into places: inout [PlacedWord]
    ) throws(AnalysisError) {
        places.removeAll(keepingCapacity: true)
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        let chain = Self.chain(of: language)
        if vocabularies[chain].isFull {
            vocabularies[chain] = Vocabulary()
            generations[chain] += 1
        }
        if segmenter == nil { segmenter = try Segmenter() }
        try segmenter?.part(bytes)
        while let segment = placeKnown(bytes, chain, into: &places) {
            try learn(segment, of: bytes, chain)
            for piece in pieces {
                places.append(
                    Vocabulary.place(
                        piece.value, UInt32(segment.start) + piece.start, UInt32(segment.start) + piece.end,
                        isIdeographic: segment.isIdeographic))
            }
        }
    }

    /// Appends the words that the vocabulary holds, up to the first it does not hold, which is returned.
    private mutating func placeKnown(
        _ text: borrowing Span<UInt8>, _ chain: Int, into places: inout [PlacedWord]
    ) -> SegmentedWord? {
        // By span: as an element of the array a vocabulary would be copied at each unknown word, each of its arrays retained.
        let vocabularies = vocabularies
        return segmenter?.place(text, by: vocabularies.span[chain], into: &places)
    }

    /// Counts how often the numbers of a language's words began afresh; they do between texts only, after some tens of
    /// thousands of words.
    public func generation(of language: Language) -> Int { generations[Self.chain(of: language)] }

    /// How many words are numbered: one above the greatest number.
    public func wordCount(of language: Language) -> Int { vocabularies[Self.chain(of: language)].words.count }

    /// The surface of a word by its number, in the generation that gave it.
    public func surface(of word: UInt32, language: Language) -> String {
        vocabularies[Self.chain(of: language)].words[Int(word)].surface
    }

    /// The stem of a word by its number, in the generation that gave it.
    public func stem(of word: UInt32, language: Language) -> String {
        vocabularies[Self.chain(of: language)].words[Int(word)].stem
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

    /// Whether compounds of a language begin with a word, by its surface.
    borrowing func isHead(_ surface: String, _ language: Language) -> Bool {
        chains[Self.chain(of: language)].compoundHeads.contains(surface)
    }

    /// Whether a surface is a function word of a language, or asks.
    borrowing func isFunctionWord(_ surface: String, _ language: Language) -> Bool {
        let chain = chains[Self.chain(of: language)]
        guard chain.mayList(Segmenter.hash(surface.utf8.span)), let listed = chain.listed[surface] else { return false }
        return listed.isStopword || listed.isQuestionWord
    }

    @inline(__always)
    func token(_ place: PlacedWord, _ chain: Int, position: Int) -> Token {
        let word = vocabularies[chain].words[Int(place.word)]
        return Token(
            surface: word.surface, stem: word.stem, utf8Range: Int(place.start)..<Int(place.end), position: position,
            isStopword: place.isStopword, isQuestionWord: place.isQuestionWord, kind: place.kind)
    }

    static func chain(of language: Language) -> Int {
        switch language {
        case .english: 0
        case .french: 1
        case .spanish: 2
        case .arabic: 3
        case .undetermined: 4
        }
    }

    /// Leaves in `pieces` what a segment holds, and teaches it to the vocabulary.
    private mutating func learn(
        _ segment: SegmentedWord, of text: borrowing Span<UInt8>, _ chain: Int
    ) throws(AnalysisError) {
        let cutBefore = cutWords
        try read(segment, of: text, chain)
        // Words that are cut are counted each time they come.
        guard cutWords == cutBefore else { return }
        vocabularies[chain].insert(
            text.extracting(segment.start..<segment.end), hash: segment.hash, pieces: pieces)
    }

    /// The words of a text by UAX #29.
    mutating func segments(of text: borrowing Span<UInt8>) throws(AnalysisError) -> [SegmentedWord] {
        if segmenter == nil { segmenter = try Segmenter() }
        return try segmenter?.words(of: text) ?? []
    }

    /// Leaves in `pieces` what a segment holds.
    mutating func read(
        _ segment: SegmentedWord, of text: borrowing Span<UInt8>, _ chain: Int
    ) throws(AnalysisError) {
        pieces.removeAll(keepingCapacity: true)
        if segment.hasJoiner {
            let whole = trace
            for piece in chains[chain].splitter.pieces(of: text, from: segment.start, to: segment.end) {
                let (start, end) = (UInt32(piece.start - segment.start), UInt32(piece.end - segment.start))
                trace = whole
                if let rewritten = piece.rewritten {
                    note(.joined, rewritten.span)
                    try analyse(rewritten.span, start, end, chain)
                } else {
                    note(.part, text.extracting(piece.start..<piece.end))
                    try analyse(text.extracting(piece.start..<piece.end), start, end, chain)
                }
            }
        } else {
            let word = text.extracting(segment.start..<segment.end)
            try analyse(word, 0, UInt32(segment.end - segment.start), chain)
        }
    }

    mutating func note(_ rule: AnalysisStep.Rule, bytes: [UInt8]) { note(rule, bytes.span) }

    /// Notes a step while `explain` asks for them; a step that changes nothing is left out.
    mutating func note(_ rule: AnalysisStep.Rule, _ word: borrowing Span<UInt8>) {
        guard trace != nil else { return }
        var bytes: [UInt8] = []
        for index in word.indices { bytes.append(word[index]) }
        let text = String(decoding: bytes, as: UTF8.self)
        switch rule {
        case .part, .respelled, .withoutPrefix, .withoutPlural:
            if trace?.last?.text == text { return }
        default: break
        }
        trace?.append(AnalysisStep(rule, text))
    }

    /// Appends what a word yields to `pieces`: one word, seldom several or none.
    private mutating func analyse(
        _ word: borrowing Span<UInt8>, _ start: UInt32, _ end: UInt32, _ chain: Int
    ) throws(AnalysisError) {
        if forms.fill(from: word, table: table) {
            guard !forms.folded.isEmpty else { return }
            try appendPiece(forms, start, end, chain)
        } else {
            let before = trace
            for part in try WordForms.general(word, orthography) {
                trace = before
                try appendPiece(part, start, end, chain)
            }
        }
    }

    private mutating func appendPiece(
        _ forms: WordForms, _ start: UInt32, _ end: UInt32, _ chain: Int
    ) throws(AnalysisError) {
        let hash = Segmenter.hash(forms.folded.span)
        let word = try analyse(forms, hash: hash, chains[chain])
        let value = vocabularies[chain].value(of: word, hash: hash)
        if forms.isCut { cutWords += 1 }
        pieces.append(Vocabulary.Piece(value: value, start: start, end: end))
        if let trace { finishedTraces.append(trace) }
    }

    /// - Parameter hash: of the folded form.
    mutating func analyse(
        _ forms: WordForms, hash: UInt32, _ chain: LanguageChain
    ) throws(AnalysisError) -> AnalysedWord {
        let surface = String(decoding: forms.folded, as: UTF8.self)
        var word = AnalysedWord(surface: surface, stem: Self.withoutEnye(surface))
        note(.normal, forms.normal.span)
        note(.folded, forms.folded.span)
        if forms.isCut { note(.cut, forms.folded.span) }
        if forms.folded.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2C }) {
            word.traits.insert(.number)
            note(.number, forms.folded.span)
            return word
        }
        let listed = chain.mayList(hash) ? chain.listed[surface] : nil
        if let listed {
            if listed.isStopword {
                word.traits.insert(.stopword)
                note(.stopword, forms.folded.span)
            }
            if listed.isQuestionWord {
                word.traits.insert(.questionWord)
                note(.questionWord, forms.folded.span)
            }
        }
        guard let stemmer = chain.profile.stemmer, !forms.isCut else { return word }
        if let exception = listed?.stem {
            word.stem = exception
            note(.givenStem, exception.utf8.span)
        } else if ArabicPrefixes.applies(to: forms.folded) {
            // Arabic words take the Arabic way in text of any of the four languages.
            let prefix = chain.profile.leavesArabicPrefixes ? 0 : ArabicPrefixes.length(in: forms.folded)
            var bare = Array(forms.folded.dropFirst(prefix))
            note(.withoutPrefix, bytes: bare)
            let own = prefix > 0 ? chain.listing(of: bare) : listed
            if let exception = own?.stem {
                word.stem = exception
                note(.givenStem, exception.utf8.span)
            } else {
                if let base = own?.base {
                    bare = base
                    note(.irregular, bytes: bare)
                } else if !chain.profile.leavesArabicPlurals {
                    bare = ArabicPrefixes.withoutPlural(bare)
                    note(.withoutPlural, bytes: bare)
                }
                try stemmers.stem(bare, "arabic", &stemBytes)
                note(.snowball, bytes: stemBytes)
                word.stem = try stem(or: surface)
            }
        } else if !chain.profile.stripsArabicPrefixes {
            if let base = listed?.base { note(.irregular, bytes: base) }
            let respelled = listed?.base ?? chain.respelled(forms.normal)
            if listed?.base == nil, respelled != forms.normal { note(.respelled, respelled.span) }
            try stemmers.stem(respelled, stemmer, &stemBytes)
            note(.snowball, bytes: stemBytes)
            word.stem = try stem(or: surface)
        }
        note(.stem, word.stem.utf8.span)
        return word
    }

    /// The stem in `stemBytes`, accents folded; the surface when nothing is left or nothing changed.
    private mutating func stem(or surface: String) throws(AnalysisError) -> String {
        var folded = foldedStem
        foldedStem = []
        defer { foldedStem = folded }
        if !table.fold(stemBytes.span, into: &folded) {
            folded = try WordForms.folded(stemBytes.span, orthography)
        }
        guard !folded.isEmpty, folded.count <= WordForms.maximumBytes else { return Self.withoutEnye(surface) }
        let stem = Self.withoutEnye(String(decoding: folded, as: UTF8.self))
        return stem == surface ? surface : stem
    }

    /// Stems write ñ as n, so that words typed without it are found; the surface keeps it.
    private static func withoutEnye(_ word: String) -> String {
        guard word.utf8.contains(0xC3), word.unicodeScalars.contains("ñ") else { return word }
        return String(String.UnicodeScalarView(word.unicodeScalars.map { $0 == "ñ" ? "n" : $0 }))
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
