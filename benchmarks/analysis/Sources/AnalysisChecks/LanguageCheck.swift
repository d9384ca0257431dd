import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords

/// Confusion tables of language identification on the first words of judged queries and titles, by length.
enum LanguageCheck {
    static let lengths = [2, 3, 5, 8, 20]
    /// Texts of a collection at most: evenly spaced over all.
    static let most = 1_500

    static func run(_ arguments: [String]) throws {
        let collections = AnalysisChecks.pairs(arguments)
        let analyzer = Analyzer()
        try SingleWordCheck.run(collections, analyzer)
        print(
            "kind\twords\tlanguage\ttexts\ten\tfr\tes\tar\tund\tright\twrong\tright or undetermined with it plausible")
        for kind in ["query", "title", "text"] {
            var texts: [Language: [[Substring]]] = [:]
            for (language, folder) in collections {
                texts[language, default: []] += try words(folder, kind)
            }
            for length in lengths {
                for language in Language.known {
                    let samples = (texts[language] ?? []).filter { $0.count >= length }
                    guard samples.count >= 50 else { continue }
                    line(kind, length, language, samples, analyzer)
                }
            }
        }
    }

    private static func words(_ folder: String, _ kind: String) throws -> [[Substring]] {
        let data = BEIRDataset(directory: folder)
        var texts: [String] = []
        if kind == "query" {
            texts = try data.queries().map(\.text)
        } else {
            var reader = try data.documents()
            while let entry = try reader.next() { texts.append(kind == "title" ? entry.title : entry.text) }
        }
        let step = max(1, texts.count / most)
        return stride(from: 0, to: texts.count, by: step).map { Self.words(of: texts[$0]) }
    }

    /// A text cut at its words; what has no letter (a dash, a colon after a French space, a number) is no word and goes with the
    /// one before it.
    static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        for piece in text.split(whereSeparator: \.isWhitespace) {
            if let last = words.last, !piece.contains(where: \.isLetter) {
                words[words.count - 1] = text[last.startIndex..<piece.endIndex]
            } else {
                words.append(piece)
            }
        }
        return words
    }

    private static func line(
        _ kind: String, _ length: Int, _ language: Language, _ samples: [[Substring]], _ analyzer: Analyzer
    ) {
        var session = analyzer.makeSession()
        var counts: [Language: Int] = [:]
        var saved = 0
        for sample in samples {
            let guess = session.detect(sample.prefix(length).joined(separator: " "), declared: nil)
            counts[guess.language, default: 0] += 1
            if guess.language == .undetermined, guess.plausible.contains(language) { saved += 1 }
        }
        let total = Double(samples.count)
        let right = counts[language] ?? 0
        let undetermined = counts[.undetermined] ?? 0
        let columns =
            [kind, "\(length)", language.rawValue, "\(samples.count)"]
            + [Language.english, .french, .spanish, .arabic, .undetermined].map { "\(counts[$0] ?? 0)" }
            + [Double(right), total - Double(right + undetermined), Double(right + saved)].map {
                String(format: "%.1f", 100 * $0 / total)
            }
        print(columns.joined(separator: "\t"))
        if ProcessInfo.processInfo.environment["SHOW_WRONG"] != nil {
            for sample in samples {
                let text = sample.prefix(length).joined(separator: " ")
                let guess = session.detect(text, declared: nil).language
                if guess != language { print("#\t\(language.rawValue)\t\(guess.rawValue)\t\(text)") }
            }
        }
    }
}
