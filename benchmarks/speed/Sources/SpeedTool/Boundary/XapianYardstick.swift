import CYardstick

/// A sentence about what went wrong, for the person at the terminal.
struct SpeedError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// A database of plain Xapian, opened.
final class XapianYardstick {
    private let database: OpaquePointer

    init(path: String) throws {
        var opened: OpaquePointer?
        try Self.checked("opening the yardstick's database \(path)") { yd_open(path, &opened, $0) }
        guard let opened else { throw SpeedError("opening \(path) gave nothing") }
        database = opened
    }

    deinit { yd_close(database) }

    /// - Returns: how many hits were fetched.
    func answer(_ text: String, language: String, facets: Bool, highlights: Bool) throws -> Int {
        var answer = yd_answer()
        let flags = (facets ? UInt32(YD_FACETS) : 0) | (highlights ? UInt32(YD_HIGHLIGHTS) : 0)
        try language.withCString { language in
            try text.withCString { text in
                var question = yd_question(language: language, text: text, flags: flags, top: 10, check: 0)
                try Self.checked("asking the yardstick") { yd_query(database, &question, &answer, $0) }
            }
        }
        return Int(answer.hits)
    }

    static var version: String { String(cString: yd_xapian_version()) }

    /// Of this process, in kilobytes; what it was before it became this program does not count.
    static var peakKilobytes: Int { Int(yd_peak_kilobytes()) }

    fileprivate static func checked(
        _ operation: String, _ call: (UnsafeMutablePointer<CChar>) throws -> Int32
    ) throws {
        var message = [CChar](repeating: 0, count: Int(YD_ERROR_BYTES))
        let status = try message.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Int32(1) }
            return try call(start)
        }
        guard status != 0 else { return }
        let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        throw SpeedError("\(operation) failed: \(String(decoding: bytes, as: UTF8.self))")
    }
}

/// TermGenerator with the stemmer of a language.
final class XapianAnalysis {
    private let analysis: OpaquePointer

    init(language: String) throws {
        var opened: OpaquePointer?
        try XapianYardstick.checked("opening the yardstick's analysis") { yd_analysis_open(language, &opened, $0) }
        guard let opened else { throw SpeedError("the yardstick's analysis gave nothing") }
        analysis = opened
    }

    deinit { yd_analysis_close(analysis) }

    /// - Returns: distinct terms.
    func terms(in text: String) throws -> Int {
        var text = text
        var terms: UInt64 = 0
        try text.withUTF8 { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { return }
                try XapianYardstick.checked("analysing with the yardstick") {
                    yd_analysis_run(analysis, start, characters.count, &terms, $0)
                }
            }
        }
        return Int(terms)
    }
}
