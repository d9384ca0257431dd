import SabilRecords

/// A profile made ready for use: its lists folded, its splitter built. Immutable, shared by all sessions.
final class LanguageChain: Sendable {
    let profile: LanguageProfile
    let splitter: WordSplitter
    /// What the lists say of a word, by folded surface: one lookup answers all three questions.
    let listed: [String: ListedWord]
    /// A bit per hash of a listed word: turns most other words away before a text is hashed by the rules of Unicode.
    private let listedHashes: [UInt64]
    private static let hashPlaces = 1 << 15
    let respellings: [(ending: [UInt8], replacement: [UInt8])]
    let compoundHeads: Set<String>

    /// A word of the profile's lists.
    struct ListedWord: Sendable {
        var isStopword = false
        var isQuestionWord = false
        /// The stem given for it.
        var stem: String?
        /// The word it is an irregular form of, as the stemmer should read it.
        var base: [UInt8]?
    }

    init(_ profile: LanguageProfile, _ orthography: Orthography = .standard) {
        self.profile = profile
        let splitter = WordSplitter(profile)
        self.splitter = splitter
        var stopwords = Self.foldedWords(profile.stopwords, splitter, orthography)
        if profile.stripsArabicPrefixes {
            // The conjunction و is written together with what it joins: وفي is as empty as في.
            for word in stopwords where word.unicodeScalars.count > 1 { stopwords.insert("\u{0648}" + word) }
        }
        var listed: [String: ListedWord] = [:]
        for word in stopwords { listed[word, default: ListedWord()].isStopword = true }
        for word in Self.foldedWords(profile.questionWords, splitter, orthography) {
            listed[word, default: ListedWord()].isQuestionWord = true
        }
        for line in profile.stemExceptions.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            for word in Self.foldedWords(String(line[line.index(after: colon)...]), splitter, orthography) {
                listed[word, default: ListedWord()].stem = String(line[..<colon])
            }
        }
        for line in profile.irregulars.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let bytes = Array(line[..<colon].utf8)
            guard let base = try? WordForms.general(bytes.span, orthography).first else { continue }
            for word in Self.foldedWords(String(line[line.index(after: colon)...]), splitter, orthography) {
                // Arabic is stemmed by its folded form.
                listed[word, default: ListedWord()].base = profile.stripsArabicPrefixes ? base.folded : base.normal
            }
        }
        self.listed = listed
        var hashes = [UInt64](repeating: 0, count: Self.hashPlaces / 64)
        for word in listed.keys {
            let place = Self.place(of: Segmenter.hash(Array(word.utf8).span))
            hashes[place >> 6] |= 1 << UInt64(place & 63)
        }
        listedHashes = hashes
        respellings = profile.respellings.map { (Array($0.ending.utf8), Array($0.replacement.utf8)) }
        compoundHeads = Set(profile.compoundHeads.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// Whether a word may be listed.
    /// - Parameter hash: `Segmenter.hash` of its surface.
    @inline(__always)
    func mayList(_ hash: UInt32) -> Bool {
        let place = Self.place(of: hash)
        return listedHashes[place >> 6] & 1 << UInt64(place & 63) != 0
    }

    /// What the lists say of a word, by its surface in UTF-8.
    func listing(of surface: [UInt8]) -> ListedWord? {
        mayList(Segmenter.hash(surface.span)) ? listed[String(decoding: surface, as: UTF8.self)] : nil
    }

    private static func place(of hash: UInt32) -> Int { Int(hash ^ (hash >> 15)) & (hashPlaces - 1) }

    /// The words of a list as surfaces. A failure of ICU leaves a list empty here; the first text analysed reports it.
    private static func foldedWords(
        _ list: String, _ splitter: WordSplitter, _ orthography: Orthography
    ) -> Set<String> {
        var result: Set<String> = []
        for word in list.split(whereSeparator: { $0.isWhitespace }) {
            let bytes = Array(word.utf8)
            for piece in splitter.pieces(of: bytes.span, from: 0, to: bytes.count) {
                let part = piece.rewritten ?? Array(bytes[piece.start..<piece.end])
                for forms in (try? WordForms.general(part.span, orthography)) ?? [] {
                    result.insert(String(decoding: forms.folded, as: UTF8.self))
                }
            }
        }
        return result
    }

    /// The word as the stemmer should read it.
    func respelled(_ normal: [UInt8]) -> [UInt8] {
        search: for (ending, replacement) in respellings {
            let start = normal.count - ending.count
            guard start > 1 else { continue }
            // From the end: most words differ in the last letter or the one before.
            for index in ending.indices.reversed() where normal[start + index] != ending[index] { continue search }
            return Array(normal[..<start]) + replacement
        }
        return normal
    }
}
