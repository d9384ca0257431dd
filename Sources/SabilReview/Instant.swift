public import Foundation

/// A moment in UTC, to the millisecond; written `2026-11-21T09:30:00.250Z`.
///
/// Whole milliseconds, not a floating-point date, so that what is stored compares equal to what was given.
public struct Instant: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The date, with parts of a millisecond cut off.
    public init(_ date: Date) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1000 + 0.000_5).rounded(.down))
    }

    /// Reads ISO 8601 with a time zone (`Z` or an offset), with or without a fraction of a second.
    ///
    /// Digits after the third of a fraction are cut off.
    /// - Returns: `nil` for any other text.
    public init?(_ text: String) {
        var whole = text
        var milliseconds: Int64 = 0
        if let dot = text.firstIndex(of: ".") {
            let digits = text[text.index(after: dot)...].prefix { ("0"..."9").contains($0) }
            guard (1...9).contains(digits.count), let number = Int64((digits + "00").prefix(3)) else { return nil }
            milliseconds = number
            whole = String(text[..<dot] + text[digits.endIndex...])
        }
        guard let date = try? Date(whole, strategy: Date.ISO8601FormatStyle()) else { return nil }
        // The text is not ISO 8601: `nil` says all there is to say.
        self.init(milliseconds: Int64(date.timeIntervalSince1970.rounded()) * 1000 + milliseconds)
    }

    /// This moment by the clock of the machine.
    public static var now: Instant { Instant(Date()) }

    public var description: String {
        var seconds = milliseconds / 1000
        var rest = milliseconds % 1000
        if rest < 0 {
            seconds -= 1
            rest += 1000
        }
        let whole = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(Date.ISO8601FormatStyle())
        let digits = String(rest)
        return whole.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a moment is written like 2026-11-21T09:30:00.250Z")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
