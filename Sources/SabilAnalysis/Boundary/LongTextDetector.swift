import CCLD2Shim

/// CLD2's opinion of a text: good on bodies, weak below some twenty words.
enum LongTextDetector {
    /// The language CLD2 sees most of, by ISO 639 code, and its share of the text, 0…1; `nil` when it sees none.
    static func guess(_ text: borrowing Span<UInt8>, isShort: Bool) -> (code: String, share: Double)? {
        var guess = cld2s_guess()
        unsafe text.withUnsafeBytes { bytes in
            unsafe cld2s_detect(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, isShort ? 1 : 0, &guess)
        }
        let code = unsafe withUnsafeBytes(of: &guess.code.0) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return code.isEmpty ? nil : (code, Double(guess.percent.0) / 100)
    }
}
