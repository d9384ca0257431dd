/// Strips conjunctions, prepositions and the article from an Arabic word whose orthography is folded.
///
/// 1. `[وف]?[بكل]?ال` if three letters remain;
/// 2. else `[وف]?لل` if three letters remain;
/// 3. else و if the word has four letters or more, then ل if five or more are left.
///
/// Snowball's own rules leave وال in place and, as Xapian 1.4.22 has them, make خدما of خدمات but خدم of خدمة. What pays on
/// judged Arabic questions is here; ف, س before verbs, and ب and ك without the article were tried and do not pay
/// (benchmarks/analysis/README.md).
enum ArabicPrefixes {
    private static let waw: [UInt8] = [0xD9, 0x88]
    private static let feh: [UInt8] = [0xD9, 0x81]
    private static let beh: [UInt8] = [0xD8, 0xA8]
    private static let kaf: [UInt8] = [0xD9, 0x83]
    private static let lam: [UInt8] = [0xD9, 0x84]
    private static let alef: [UInt8] = [0xD8, 0xA7]
    private static let teh: [UInt8] = [0xD8, 0xAA]

    /// Whether a word begins with an Arabic letter.
    static func applies(to word: [UInt8]) -> Bool {
        guard let first = word.first, word.count >= 2 else { return false }
        return (0xD8...0xDB).contains(first)
    }

    /// Bytes to drop at the head of a word of Arabic letters (two bytes each).
    static func length(in word: [UInt8]) -> Int {
        let article = afterArticle(word)
        if let article, letters(word, from: article) >= 3 { return article }
        var index = begins(word, with: waw, at: 0) || begins(word, with: feh, at: 0) ? 2 : 0
        if begins(word, with: lam, at: index), begins(word, with: lam, at: index + 2) {
            index += 4
            if letters(word, from: index) >= 3 { return index }
        }
        index = begins(word, with: waw, at: 0) && letters(word, from: 0) >= 4 ? 2 : 0
        if begins(word, with: lam, at: index), letters(word, from: index) >= 5 { index += 2 }
        return index
    }

    /// The word without ات at its end if three letters remain: خدمات as خدمة, whose ending the stemmer takes off.
    static func withoutPlural(_ word: [UInt8]) -> [UInt8] {
        let count = word.count
        guard count >= 10, begins(word, with: alef, at: count - 4), begins(word, with: teh, at: count - 2) else {
            return word
        }
        return Array(word.dropLast(4))
    }

    private static func afterArticle(_ word: [UInt8]) -> Int? {
        var index = begins(word, with: waw, at: 0) || begins(word, with: feh, at: 0) ? 2 : 0
        if begins(word, with: beh, at: index) || begins(word, with: kaf, at: index)
            || (begins(word, with: lam, at: index) && begins(word, with: alef, at: index + 2))
        {
            index += 2
        }
        guard begins(word, with: alef, at: index), begins(word, with: lam, at: index + 2) else { return nil }
        return index + 4
    }

    private static func begins(_ word: [UInt8], with letter: [UInt8], at index: Int) -> Bool {
        index + 1 < word.count && word[index] == letter[0] && word[index + 1] == letter[1]
    }

    private static func letters(_ word: [UInt8], from index: Int) -> Int { (word.count - index) / 2 }
}
