package import SabilRecords

/// What one language asks of the chain, as data: documents and queries of a language go by the same profile.
///
/// All words are written in natural spelling, lower case; the chain folds them before it compares.
package struct LanguageProfile: Sendable {
    /// An ending respelled before stemming, so that two spellings share a stem.
    package struct Respelling: Sendable {
        var ending: String
        var replacement: String
        init(_ ending: String, _ replacement: String) {
            self.ending = ending
            self.replacement = replacement
        }
    }

    package var language: Language
    /// Snowball's name of the stemmer; `nil` leaves words as they are.
    var stemmer: String?
    /// Whether و ف ب ك ل and the article are stripped from Arabic words before stemming.
    var stripsArabicPrefixes = false
    /// Whether it leaves them after all, to see what stripping is worth.
    var leavesArabicPrefixes = false
    /// Whether ات stays at the end of Arabic words, likewise.
    var leavesArabicPlurals = false
    /// What is dropped before an apostrophe: `l` in `l’emploi`.
    var elisions: String
    /// What stays joined to the part after the apostrophe: `aujourd` in `aujourd’hui`.
    var joinedHeads = ""
    /// Whether `’s` at the end of a word is dropped.
    var dropsPossessive = false
    /// Whether short parts after a middle dot are dropped: `salarié·e·s`.
    var dropsInclusiveEndings = false
    /// Whether single letters with full stops between are one word: `U.N.`
    var joinsAcronyms = true
    /// Tried in order on the word in natural spelling; the first that fits wins.
    var respellings: [Respelling] = []
    /// Words whose stem is given, because the stemmer would merge strangers or part relatives: `stem: word word …`.
    var stemExceptions = ""
    /// Irregular forms, which are stemmed as the word before the colon: `child: children`, a line each.
    var irregulars = ""
    /// Function words, separated by white space.
    var stopwords: String
    /// Words that ask, separated by white space.
    var questionWords: String
    /// First parts of compounds that are written with a hyphen, apart or as one word, folded, separated by white space; short
    /// ones and function words have to stand here to count. Queries alone go by it, so that ``content`` leaves it out.
    var compoundHeads = ""

    /// The profile of a language; `undetermined` has one too, which folds and never stems.
    package static func profile(of language: Language) -> LanguageProfile {
        switch language {
        case .english: english
        case .french: french
        case .spanish: spanish
        case .arabic: arabic
        case .undetermined: neutral
        }
    }

    /// Everything the profile holds, in a fixed order: what the fingerprint is taken of.
    var content: String {
        let rules = respellings.map { "\($0.ending)>\($0.replacement)" }.joined(separator: " ")
        return [
            language.rawValue, stemmer ?? "", stripsArabicPrefixes ? "prefixes" : "",
            leavesArabicPrefixes ? "left" : "",
            leavesArabicPlurals ? "plurals" : "", elisions, joinedHeads,
            joinsAcronyms ? "" : "no acronyms", dropsPossessive ? "possessive" : "",
            dropsInclusiveEndings ? "inclusive" : "", rules, stemExceptions, irregulars,
            stopwords, questionWords,
        ].joined(separator: "\u{1F}")
    }
}
