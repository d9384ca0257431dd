/// Queries as they are typed: not finished yet, or with a slip.
public enum Mistyping {
    /// The text with two neighbouring letters in the middle of its longest word exchanged; where they are the same, one is left
    /// out. Nothing that has a digit is changed.
    ///
    /// ```swift
    /// Mistyping.mistyped("social protection")  // "social protcetion"
    /// ```
    public static func mistyped(_ text: String) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(Array.init)
        let letters = words.indices.filter { !words[$0].contains(where: \.isNumber) }
        guard let longest = letters.max(by: { words[$0].count < words[$1].count }), words[longest].count > 1 else {
            return text
        }
        let second = words[longest].count / 2
        if words[longest][second - 1] == words[longest][second] {
            words[longest].remove(at: second)
        } else {
            words[longest].swapAt(second - 1, second)
        }
        return words.map { String($0) }.joined(separator: " ")
    }

    /// The text as far as it is typed after 1, 2, 3, 5, 8 and 13 characters, and whole; each once.
    public static func beginnings(_ text: String) -> [String] {
        [1, 2, 3, 5, 8, 13].filter { $0 < text.count }.map { String(text.prefix($0)) } + (text.isEmpty ? [] : [text])
    }
}
