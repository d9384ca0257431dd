/// Text from records and queries inside a line of the report's own: its direction stays within it.
enum IsolatedText {
    /// Signs that steer direction, which could reach beyond the text: marks, embeddings, overrides, isolates.
    private static func steersDirection(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Letters of scripts that run from right to left: Hebrew to Arabic Extended, their presentation forms, and the
    /// blocks that Unicode keeps for such scripts.
    private static func runsFromRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    /// The text without signs that steer direction or a terminal, on one line, cut to a width with `…`; with first-strong
    /// isolates (U+2068, U+2069) around it if any of it runs from right to left.
    /// - Parameter width: in characters, isolates not counted.
    static func of(_ text: String, width: Int = .max) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !steersDirection(scalar) {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        var plain = String(scalars)
        if plain.count > width { plain = plain.prefix(max(0, width - 1)) + "…" }
        return plain.unicodeScalars.contains(where: runsFromRightToLeft) ? "\u{2068}\(plain)\u{2069}" : plain
    }

    /// Characters as they stand in a terminal: isolates have no width.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.contains(where: steersDirection)
            ? String(String.UnicodeScalarView(text.unicodeScalars.filter { !steersDirection($0) })).count : text.count
    }
}
