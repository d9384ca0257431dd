/// How the running texts of a language write their words, with a capital or without.
struct RunningText {
    fileprivate var words: [String: (small: Int, capital: Int)] = [:]

    mutating func add(_ text: String) {
        for word in Self.words(of: text[...]) {
            if word.first?.isUppercase == true {
                words[word.lowercased(), default: (0, 0)].capital += 1
            } else {
                words[word.lowercased(), default: (0, 0)].small += 1
            }
        }
    }

    fileprivate static func words(of text: Substring) -> [Substring] { text.split { !$0.isLetter } }
}

/// Tells titles that are names only, which have no language, by how running text writes their words; whatever is guessed.
///
/// A name is a title each of whose words running text never has, or has with a capital mostly, the commonest words left out
/// (*Nicholas II of Russia*). Texts without capitals, such as Arabic ones, know no names but of words that they do not have.
struct Naming {
    /// So many of the commonest words say nothing.
    private static let common = 200

    private let words: [String: (small: Int, capital: Int)]
    private let commonest: Set<String>

    init(_ text: RunningText) {
        words = text.words
        commonest = Set(
            words.sorted { ($1.value.small, $0.key) < ($0.value.small, $1.key) }.prefix(Self.common).map(\.key))
    }

    func isName(_ title: [Substring]) -> Bool {
        title.flatMap { RunningText.words(of: $0) }.map { $0.lowercased() }.allSatisfy { word in
            if commonest.contains(word) { return true }
            guard let seen = words[word] else { return true }
            return seen.capital > seen.small
        }
    }
}
