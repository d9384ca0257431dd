import CICUShim

/// A stretch of a text that UAX #29 takes for a word, in bytes.
struct SegmentedWord {
    var start: Int
    var end: Int
    var isIdeographic: Bool
    /// Holds an apostrophe, full stop, middle dot or low line that may have to part it.
    var hasJoiner: Bool
}

/// Sole owner of a word segmenter; ICU's own iterator opens inside when a text first needs it.
@safe struct Segmenter: ~Copyable {
    private let raw: OpaquePointer

    init() throws(AnalysisError) {
        var opened: OpaquePointer?
        let status = unsafe icus_segmenter_open(&opened)
        guard status == ICUS_OK, let opened = unsafe opened else {
            throw AnalysisError(icu: status, operation: "open the word segmenter")
        }
        unsafe raw = opened
    }

    deinit { unsafe icus_segmenter_close(raw) }

    /// Replaces `words` by the words of `text`, in order.
    ///
    /// - Parameter onlyICU: leave nothing to the scanner of our own; the answer is the same.
    mutating func segment(
        _ text: borrowing Span<UInt8>, onlyICU: Bool = false, into words: inout [SegmentedWord]
    ) throws(AnalysisError) {
        words.removeAll(keepingCapacity: true)
        var found: UnsafePointer<icus_word>?
        var count = 0
        let raw = unsafe raw
        let status = unsafe text.withUnsafeBytes { bytes in
            unsafe icus_segmenter_words(
                raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, onlyICU ? 1 : 0, &found,
                &count)
        }
        guard status == ICUS_OK else { throw AnalysisError(icu: status, operation: "part a text into words") }
        guard let found = unsafe found else { return }
        words.reserveCapacity(count)
        for index in 0..<count {
            let word = unsafe found[index]
            words.append(
                SegmentedWord(
                    start: Int(word.start), end: Int(word.end), isIdeographic: word.kind == ICUS_IDEOGRAPHS,
                    hasJoiner: word.flags & UInt8(ICUS_HAS_JOINER) != 0))
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
