import Foundation
import SabilAnalysis
import SabilRecords

/// Compares the chain's stems with those printed in Snowball's vocabularies, and names the step that makes a difference.
enum SnowballCheck {
    /// Differences of these kinds are so many, and so much alike, that they are counted only.
    static let counted = [
        "accents folded after stemming", "Arabic orthography folded before stemming", "prefix or plural off",
    ]

    static func run(_ arguments: [String]) throws {
        var unexplained = 0
        print("language\tword\tSnowball\tSabil\treason")
        for (language, folder) in AnalysisChecks.pairs(arguments) {
            let words = try lines(folder + "/voc.txt")
            let stems = try lines(folder + "/output.txt")
            precondition(words.count == stems.count, "voc.txt and output.txt differ in length")
            let analyzer = Analyzer()
            var session = analyzer.makeSession()
            var neutral = analyzer.makeSession()
            var counts: [String: Int] = [:]
            for (word, stem) in zip(words, stems) {
                let explained = try session.explain(word, language: language)
                // What is matched is folded, so Snowball's stem is folded as well before they are compared.
                let folded = try neutral.tokens(in: stem, language: .undetermined).map(\.surface).joined()
                let ours = explained.map(\.token.stem).joined(separator: " ")
                let reason = reason(explained, stem, folded, language)
                counts[reason, default: 0] += 1
                if reason == "equal" || counted.contains(reason) { continue }
                if reason == "unexplained" { unexplained += 1 }
                print([language.rawValue, word, stem, ours, reason].joined(separator: "\t"))
            }
            let summary = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let text = summary.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            FileHandle.standardError.write(Data("\(language.rawValue), \(words.count) words: \(text)\n".utf8))
        }
        if unexplained > 0 { exit(1) }
    }

    private static func lines(_ path: String) throws -> [String] {
        // Some Arabic words have an empty stem.
        var lines = try String(contentsOfFile: path, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func reason(
        _ words: [ExplainedToken], _ stem: String, _ folded: String, _ language: Language
    ) -> String {
        guard words.count == 1, let word = words.first else { return "parted at its joints" }
        if word.token.stem == stem { return "equal" }
        let rules = Set(word.steps.map(\.rule))
        if rules.contains(.givenStem) { return "stem by list" }
        if rules.contains(.part) || rules.contains(.joined) { return "parted at its joints" }
        // Stems write ñ as n.
        if word.token.stem == folded.replacing("ñ", with: "n") {
            return language == .arabic ? "Arabic orthography folded before stemming" : "accents folded after stemming"
        }
        if rules.contains(.irregular) { return "irregular form" }
        if rules.contains(.respelled) { return "respelled" }
        if rules.contains(.withoutPrefix) || rules.contains(.withoutPlural) { return "prefix or plural off" }
        if rules.contains(.cut) || rules.contains(.number) { return "number or cut" }
        if language == .arabic, word.steps.last(where: { $0.rule == .folded })?.text != word.steps.first?.text {
            return "Arabic orthography folded before stemming"
        }
        return word.steps.contains { $0.rule == .snowball } ? "another release of Snowball" : "unexplained"
    }
}
