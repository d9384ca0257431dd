import CICUShim
public import SabilRecords

/// Sole owner of the collation of a language: what comes before what for its readers.
///
/// Three levels (letters, accents, case); punctuation and spaces are ignored, numbers go by their value.
/// Source: UTS #10 with the CLDR tailorings of the installed ICU, whose version is part of the analyzer's fingerprint.
@safe public struct Collator: ~Copyable {
    private let raw: OpaquePointer

    /// - Parameter language: `undetermined` has the root collation, which is also that of English and French.
    /// - Throws: `segmenter` if ICU cannot be opened.
    public init(_ language: Language) throws(AnalysisError) {
        var opened: OpaquePointer?
        let tag = language == .undetermined ? "" : language.rawValue
        let status = unsafe tag.withCString { unsafe icus_collator_open($0, &opened) }
        guard status == ICUS_OK, let opened = unsafe opened else {
            throw AnalysisError(icu: status, operation: "open the collation of \(language.rawValue)")
        }
        unsafe raw = opened
    }

    deinit { unsafe icus_collator_close(raw) }

    /// Bytes that compare as the texts do; empty for a text without letters and digits.
    /// - Complexity: O(length of the text), some 1 µs for a title.
    public func key(_ text: String) throws(AnalysisError) -> [UInt8] {
        let bytes = Array(text.utf8)
        var capacity = 3 * bytes.count + 32
        while true {
            var needed = 0
            var status: icus_status = ICUS_OK
            let key = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                status = unsafe bytes.withUnsafeBytes { bytes in
                    unsafe icus_collator_key(
                        raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, buffer.baseAddress,
                        buffer.count, &needed)
                }
                count = status == ICUS_OK ? needed : 0
            }
            // A text that all is ignored of has two empty levels: no order.
            if status == ICUS_OK { return key.contains { $0 > 1 } ? key : [] }
            guard status == ICUS_BUFFER_TOO_SMALL, needed >= capacity else {
                throw AnalysisError(icu: status, operation: "collate a text")
            }
            capacity = needed + 1
        }
    }
}
