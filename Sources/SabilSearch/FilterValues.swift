/// Several values of a filter in one text, as addresses and command lines have them.
public enum FilterValues {
    /// Parts between commas, without white space around them; empty ones are left out.
    ///
    /// `\,` is a comma within a part and `\\` a backslash.
    public static func split(_ text: String) -> [String] {
        var parts: [String.UnicodeScalarView] = [.init()]
        var isEscaped = false
        // By scalars: a comma before a combining mark is a comma.
        for scalar in text.unicodeScalars {
            if isEscaped {
                if scalar != ",", scalar != "\\" { parts[parts.count - 1].append("\\") }
                parts[parts.count - 1].append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "," {
                parts.append(.init())
            } else {
                parts[parts.count - 1].append(scalar)
            }
        }
        if isEscaped { parts[parts.count - 1].append("\\") }
        return parts.map(trimmed).filter { !$0.isEmpty }
    }

    private static func trimmed(_ part: String.UnicodeScalarView) -> String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
        }
        guard let last = part.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(Substring(part[...last].drop(while: isSpace)))
    }

    /// The text that ``split(_:)`` takes apart again.
    public static func joined(_ values: [String]) -> String {
        var text = String.UnicodeScalarView()
        for (position, value) in values.enumerated() {
            if position > 0 { text.append(",") }
            for scalar in value.unicodeScalars {
                if scalar == "," || scalar == "\\" { text.append("\\") }
                text.append(scalar)
            }
        }
        return String(text)
    }
}
