/// A step of the chains that can be left out, to measure what it is worth.
public enum AnalysisFilter: String, Sendable, Hashable, CaseIterable, Codable {
    /// `l’emploi` → `emploi`.
    case elision
    /// `ministry’s` → `ministry`.
    case possessive
    /// `salarié·e·s` → `salarié`.
    case inclusiveEndings
    /// `U.N.` → `un`.
    case acronyms
    /// é → e, ø → o.
    case accents
    /// أ إ آ → ا, ى → ي, ة → ه.
    case arabicOrthography
    /// Tatweel and tashkeel dropped.
    case arabicMarks
    /// Endings written in two ways respelled before stemming.
    case respellings
    /// `children` stemmed as `child`.
    case irregulars
    /// Stems given by list.
    case stemExceptions
    /// و ف ب ك ل and the article stripped before stemming.
    case arabicPrefixes
    /// ات stripped before stemming.
    case arabicPlurals
    /// Words stemmed at all.
    case stems
    /// Words that ask marked, so that a query can do without them.
    case questionWords
}

extension LanguageProfile {
    /// The profile with some of its steps left out.
    func without(_ filters: Set<AnalysisFilter>) -> LanguageProfile {
        var profile = self
        for filter in filters {
            switch filter {
            case .elision:
                profile.elisions = ""
                profile.joinedHeads = ""
            case .possessive: profile.dropsPossessive = false
            case .inclusiveEndings: profile.dropsInclusiveEndings = false
            case .acronyms: profile.joinsAcronyms = false
            case .accents, .arabicOrthography, .arabicMarks: break  // see Orthography
            case .respellings: profile.respellings = []
            case .irregulars: profile.irregulars = ""
            case .stemExceptions: profile.stemExceptions = ""
            case .arabicPrefixes: profile.leavesArabicPrefixes = true
            case .arabicPlurals: profile.leavesArabicPlurals = true
            case .stems: profile.stemmer = nil
            case .questionWords: profile.questionWords = ""
            }
        }
        return profile
    }
}

extension Orthography {
    /// The rules with some left out.
    init(without filters: Set<AnalysisFilter>) {
        foldsAccents = !filters.contains(.accents)
        foldsArabic = !filters.contains(.arabicOrthography)
        dropsArabicMarks = !filters.contains(.arabicMarks)
    }
}
