import CICUShim

/// A stretch of a text that UAX #29 takes for a word, in bytes.
struct SegmentedWord: Hashable {
    var start: Int
    var end: Int
    /// `icus_word_hash` of its bytes.
    var hash: UInt32
    var isIdeographic: Bool
    /// Holds an apostrophe, full stop, middle dot or low line that may have to part it.
    var hasJoiner: Bool

    init(_ word: icus_word) {
        start = Int(word.start)
        end = Int(word.end)
        hash = word.hash
        isIdeographic = word.kind == ICUS_IDEOGRAPHS
        hasJoiner = word.flags & UInt8(ICUS_HAS_JOINER) != 0
    }
}

/// Sole owner of a word segmenter; ICU's own iterator opens inside when a text first needs it.
@safe struct Segmenter: ~Copyable {
    private let raw: OpaquePointer
    /// The words of the text at hand, owned by `raw` until its next text.
    private var found: UnsafePointer<icus_word>?
    private var count = 0
    private var next = 0

    init() throws(AnalysisError) {
        var opened: OpaquePointer?
        let status = unsafe icus_segmenter_open(&opened)
        guard status == ICUS_OK, let opened = unsafe opened else {
            throw AnalysisError(icu: status, operation: "open the word segmenter")
        }
        unsafe raw = opened
        unsafe found = nil
    }

    deinit { unsafe icus_segmenter_close(raw) }

    /// Parts a text into words, which `place` then hands out.
    ///
    /// - Parameter onlyICU: leave nothing to the scanner of our own; the answer is the same.
    mutating func part(_ text: borrowing Span<UInt8>, onlyICU: Bool = false) throws(AnalysisError) {
        var words: UnsafePointer<icus_word>?
        count = 0
        next = 0
        var number = 0
        let raw = unsafe raw
        let status = unsafe text.withUnsafeBytes { bytes in
            unsafe icus_segmenter_words(
                raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, onlyICU ? 1 : 0, &words,
                &number)
        }
        guard status == ICUS_OK else { throw AnalysisError(icu: status, operation: "part a text into words") }
        unsafe found = words
        count = unsafe words == nil ? 0 : number
    }

    /// Appends the places of the words that the vocabulary holds, up to the first it does not hold, which is returned;
    /// `nil` when all words of the text are placed. No allocation but for growth of `places`.
    ///
    /// - Parameter text: the text that was parted last.
    mutating func place(
        _ text: borrowing Span<UInt8>, by vocabulary: borrowing Vocabulary, into places: inout [PlacedWord]
    ) -> SegmentedWord? {
        guard let found = unsafe found, next < count else { return nil }
        let words = unsafe UnsafeBufferPointer(start: found + next, count: count - next)
        places.reserveCapacity(places.count + words.count)
        let placed = unsafe text.withUnsafeBufferPointer { bytes in
            unsafe vocabulary.place(words, of: bytes, into: &places)
        }
        next += placed
        guard next < count else { return nil }
        next += 1
        return unsafe SegmentedWord(found[next - 1])
    }

    /// The words of a text, in order.
    mutating func words(of text: borrowing Span<UInt8>, onlyICU: Bool = false) throws(AnalysisError) -> [SegmentedWord]
    {
        try part(text, onlyICU: onlyICU)
        guard let found = unsafe found else { return [] }
        return unsafe UnsafeBufferPointer(start: found, count: count).map(SegmentedWord.init)
    }

    /// The hash by which a vocabulary finds a word.
    static func hash(_ word: borrowing Span<UInt8>) -> UInt32 {
        unsafe word.withUnsafeBytes { bytes in
            unsafe icus_word_hash(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
    }
}

extension AnalysisError {
    init(icu status: icus_status, operation: String) {
        let name = unsafe String(cString: icus_status_name(status))
        if status == ICUS_TEXT_TOO_LONG {
            self.init(
                code: .textTooLong, operation: operation,
                message: "the text is longer than 1 GiB; index it in parts.")
        } else {
            self.init(
                code: .segmenter, operation: operation,
                message: "ICU answered \(name); check that libicu and its data are installed.")
        }
    }
}
