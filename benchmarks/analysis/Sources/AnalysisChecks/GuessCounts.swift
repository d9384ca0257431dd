import Foundation
import SabilAnalysis
import SabilRecords

/// How often which language was guessed for texts of one language.
struct GuessCounts {
    let language: Language
    private(set) var total = 0
    private var guesses: [Language: Int] = [:]
    private var saved = 0

    init(of language: Language) { self.language = language }

    mutating func add(_ guess: LanguageGuess) {
        total += 1
        guesses[guess.language, default: 0] += 1
        if guess.language == .undetermined, guess.plausible.contains(language) { saved += 1 }
    }

    /// Texts, then how many were taken for each language.
    var counts: [String] {
        ["\(total)"] + [Language.english, .french, .spanish, .arabic, .undetermined].map { "\(guesses[$0] ?? 0)" }
    }

    /// Per cent right, wrong, and right or undetermined with the right one plausible.
    var shares: [String] {
        let right = guesses[language] ?? 0
        return [right, total - right - (guesses[.undetermined] ?? 0), right + saved].map {
            total == 0 ? "" : String(format: "%.1f", 100 * Double($0) / Double(total))
        }
    }
}
