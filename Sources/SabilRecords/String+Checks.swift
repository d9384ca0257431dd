/// What the reading of records asks of texts.
extension String {
    /// Whether there is nothing but white space.
    var isBlank: Bool {
        // Most texts begin with a character that is plainly none.
        if let first = utf8.first, first > 0x20, first < 0x7F { return false }
        return unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    }

    /// Whether a character such as a tab or a line end is there: general category Cc.
    var hasControlCharacter: Bool {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return false }
        return unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// Whether this is an address that starts with `http://` or `https://`, goes on, and has no white space or control
    /// characters.
    var isWebAddress: Bool {
        if utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            return ["http://", "https://"].contains { scheme in
                utf8.count > scheme.utf8.count && zip(utf8, scheme.utf8).allSatisfy { Self.lowered($0) == $1 }
            }
        }
        let lowered = lowercased()
        let hasScheme = ["http://", "https://"].contains { lowered.hasPrefix($0) && lowered.utf8.count > $0.utf8.count }
        return hasScheme
            && unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
