/// Numbers as a report shows them: always as many digits after the point, a true minus sign, no sign of zero.
enum ReportNumber {
    /// Stands for a value that is not there.
    static let none = "–"

    /// With so many digits after the point; thousands are grouped. `–` for no finite number.
    static func fixed(_ value: Double?, places: Int = 4) -> String {
        guard let value, value.isFinite else { return none }
        guard abs(value) < 1e12, (0...9).contains(places) else { return minus("\(value)") }
        let unit = (0..<places).reduce(1) { product, _ in product * 10 }
        // Beyond 2⁵³ a double has no digits left to round.
        let scaled = (abs(value) * Double(unit)).rounded(.toNearestOrEven)
        guard scaled < 9e15 else { return minus("\(value)") }
        let whole = Int(scaled)
        let fraction = String(whole % unit)
        let sign = value < 0 && whole > 0 ? "−" : ""
        let digits = places == 0 ? "" : "." + String(repeating: "0", count: places - fraction.utf8.count) + fraction
        return sign + count(whole / unit) + digits
    }

    /// The same with a plus sign in front of what is above zero.
    static func signed(_ value: Double?, places: Int = 4) -> String {
        let text = fixed(value, places: places)
        guard let value, value.isFinite, value > 0, text.contains(where: { $0 != "0" && $0 != "." }) else {
            return text
        }
        return "+" + text
    }

    /// A whole number, thousands grouped by commas.
    static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "−" : "") + text
    }

    /// `1 query`, `2 queries`.
    static func count(_ value: Int, _ one: String, _ many: String) -> String {
        "\(count(value)) \(value == 1 ? one : many)"
    }

    /// Bytes in the unit that leaves one to four digits before the point: `231 B`, `14.2 MB` (powers of ten).
    static func bytes(_ value: Int) -> String {
        var size = Double(value)
        var unit = 0
        let units = ["B", "kB", "MB", "GB", "TB"]
        while abs(size) >= 1000, unit + 1 < units.count {
            size /= 1000
            unit += 1
        }
        return "\(fixed(size, places: unit == 0 ? 0 : 1)) \(units[unit])"
    }

    private static func minus(_ text: String) -> String { text.hasPrefix("-") ? "−" + text.dropFirst() : text }
}
