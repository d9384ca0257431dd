import CICUShim

/// Unicode's normalisation forms and properties, as the installed ICU knows them.
enum UnicodeForms {
    /// NFKC with case folded and default ignorables removed.
    static func caseFolded(_ text: borrowing Span<UInt8>) throws(AnalysisError) -> [UInt8] {
        try unsafe transformed(text, operation: "fold the case of a word", by: icus_casefold)
    }

    /// Compatibility decomposition.
    static func decomposed(_ text: borrowing Span<UInt8>) throws(AnalysisError) -> [UInt8] {
        try unsafe transformed(text, operation: "decompose a word", by: icus_decompose)
    }

    /// Compatibility composition.
    static func composed(_ text: borrowing Span<UInt8>) throws(AnalysisError) -> [UInt8] {
        try unsafe transformed(text, operation: "compose a word", by: icus_compose)
    }

    /// General category in ICU's numbering: letters 1…5, marks 6…8, decimal digits 9, letter numerals 10.
    static func category(_ codePoint: UInt32) -> UInt8 { icus_category(codePoint) }

    /// Whether a code point is a letter, a mark, a digit or a letter-like numeral.
    static func isWordCharacter(_ codePoint: UInt32) -> Bool { (1...10).contains(icus_category(codePoint)) }

    /// Whether a code point is a non-spacing or enclosing mark.
    static func isMark(_ codePoint: UInt32) -> Bool { [6, 7].contains(icus_category(codePoint)) }

    /// Whether a code point neither reorders nor composes with what stands before it.
    static func isInert(_ codePoint: UInt32) -> Bool {
        icus_combining_class(codePoint) == 0 && icus_is_inert(codePoint) != 0
    }

    /// ISO 15924 name of the script, such as `Latn`.
    static func script(_ codePoint: UInt32) -> String { unsafe String(cString: icus_script(codePoint)) }

    /// The value of a decimal digit of any script.
    static func digit(_ codePoint: UInt32) -> UInt8? {
        let value = icus_digit(codePoint)
        return value < 0 ? nil : UInt8(value)
    }

    /// Versions of ICU and of Unicode at run time.
    static var versions: String {
        var icu = [CChar](repeating: 0, count: 32)
        var unicode = [CChar](repeating: 0, count: 32)
        unsafe icus_version(&icu)
        unsafe icus_unicode_version(&unicode)
        func text(_ bytes: [CChar]) -> String {
            String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return "ICU \(text(icu)), Unicode \(text(unicode))"
    }

    private typealias Transform = (
        UnsafePointer<CChar>?, Int, UnsafeMutablePointer<CChar>?, Int, UnsafeMutablePointer<Int>?
    ) -> icus_status

    private static func transformed(
        _ text: borrowing Span<UInt8>, operation: String, by transform: Transform
    ) throws(AnalysisError) -> [UInt8] {
        // A word grows at most 18-fold (U+FDFA under NFKC); most do not grow, so the second round is rare.
        var capacity = text.count + 32
        while true {
            var needed = 0
            var status: icus_status = ICUS_OK
            let result = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                status = unsafe text.withUnsafeBytes { bytes in
                    unsafe buffer.withMemoryRebound(to: CChar.self) { out in
                        unsafe transform(
                            bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, out.baseAddress,
                            out.count, &needed)
                    }
                }
                count = status == ICUS_OK ? needed : 0
            }
            if status == ICUS_OK { return result }
            guard status == ICUS_BUFFER_TOO_SMALL, needed > capacity else {
                throw AnalysisError(icu: status, operation: operation)
            }
            capacity = needed
        }
    }
}
