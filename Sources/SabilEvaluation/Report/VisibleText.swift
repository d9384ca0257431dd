/// Text from outside with nothing hidden in it: queries and names come from anywhere.
enum VisibleText {
    /// Control characters, and those that turn the direction of what follows, are written by name: `[U+202E]`.
    ///
    /// Tabs and line ends stay, and so do the marks and joiners that Arabic and Persian need (U+200C to U+200F, U+061C):
    /// they reach no further than their neighbours. Isolates stay too where each one opened is closed; they are what we
    /// put around foreign text ourselves.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        let isolatesMatch = isolatesAreClosed(text)
        var output = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar), !(isolatesMatch && isIsolate(scalar)) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                output += "[U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    /// A text whose direction must not touch its neighbours', for places that know no elements: between U+2068 and U+2069.
    ///
    /// What it holds of isolates itself is written by name.
    static func isolated(_ text: String) -> String { "\u{2068}\(withoutIsolates(text))\u{2069}" }

    /// On one line: line ends and tabs are spaces.
    static func onOneLine(_ text: String) -> String {
        guard text.contains(where: { $0.isNewline || $0 == "\t" }) else { return text }
        return String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    /// At most so many characters, the last one an ellipsis where something was cut off.
    static func shortened(_ text: String, to limit: Int) -> String {
        text.count <= limit ? text : text.prefix(max(1, limit) - 1) + "…"
    }

    private static func withoutIsolates(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isIsolate) else { return text }
        return text.unicodeScalars.reduce(into: "") { output, scalar in
            if isIsolate(scalar) {
                output += "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isIsolate(_ scalar: Unicode.Scalar) -> Bool { (0x2066...0x2069).contains(scalar.value) }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0...0x1F, 0x7F...0x9F: true
        case 0x202A...0x202E, 0x2066...0x2069: true
        case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xFDD0...0xFDEF: true
        case let value: value & 0xFFFE == 0xFFFE
        }
    }

    private static func isolatesAreClosed(_ text: String) -> Bool {
        var open = 0
        for scalar in text.unicodeScalars where isIsolate(scalar) {
            open += scalar.value == 0x2069 ? -1 : 1
            if open < 0 { return false }
        }
        return open == 0
    }
}
