import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords

/// What is guessed of words by themselves: those of judged queries, and the single words of a word list of four languages.
///
/// A word that queries of several languages hold counts for each by its share there, so that no guess of *social* is all right.
enum SingleWordCheck {
    /// Letters of a word at least.
    private static let leastLetters = 3

    static func run(_ collections: [(Language, String)], _ analyzer: Analyzer) throws {
        var counts: [String: [Language: Double]] = [:]
        for (language, words) in try queryWords(collections) {
            let all = Double(words.values.reduce(0, +))
            for (word, count) in words { counts[word, default: [:]][language] = Double(count) / all }
        }
        print("source\tlanguage\twords\tright\twrong\tundetermined\tundetermined, right one plausible")
        table("queries", counts, analyzer)
        if let path = ProcessInfo.processInfo.environment["WORD_LIST"] { table("list", try listed(path), analyzer) }
    }

    private static func queryWords(_ collections: [(Language, String)]) throws -> [Language: [String: Int]] {
        var words: [Language: [String: Int]] = [:]
        for (language, folder) in collections {
            for query in try BEIRDataset(directory: folder).queries() {
                for word in query.text.split(whereSeparator: { !$0.isLetter }) where word.count >= leastLetters {
                    words[language, default: [:]][word.lowercased(), default: 0] += 1
                }
            }
        }
        return words
    }

    /// Single words of a table with a column per language, its meanings parted by semicolons.
    private static func listed(_ path: String) throws -> [String: [Language: Double]] {
        let lines = try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n")
        guard let head = lines.first else { return [:] }
        let languages = head.split(separator: "\t").map { Language(bcp47: String($0)) }
        var counts: [String: [Language: Double]] = [:]
        for line in lines.dropFirst() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            for (language, column) in zip(languages, columns) {
                guard let language else { continue }
                for word in column.split(separator: ";").map({ $0.trimmingCharacters(in: .whitespaces).lowercased() })
                where word.count >= leastLetters && word.allSatisfy(\.isLetter) {
                    counts[word, default: [:]][language] = 1
                }
            }
        }
        return counts
    }

    private static func table(_ source: String, _ counts: [String: [Language: Double]], _ analyzer: Analyzer) {
        var session = analyzer.makeSession()
        var sums: [Language: (words: Double, right: Double, wrong: Double, undetermined: Double, saved: Double)] = [:]
        let shows = ProcessInfo.processInfo.environment["SHOW_WORDS"] != nil
        for (word, languages) in counts.sorted(by: { $0.key < $1.key }) {
            let guess = session.detect(word, declared: nil)
            let all = languages.values.reduce(0, +)
            if shows {
                let shares = languages.map { "\($0.key.rawValue)=\(String(format: "%.3f", $0.value / all))" }.sorted()
                print(
                    "#\t\(source)\t\(word)\t\(guess.language.rawValue)\t\(String(format: "%.3f", guess.confidence))\t"
                        + guess.plausible.map(\.rawValue).joined(separator: ",") + "\t" + shares.joined(separator: " "))
            }
            for (language, count) in languages {
                let share = count / all
                var sum = sums[language] ?? (0, 0, 0, 0, 0)
                sum.words += share
                if guess.language == language { sum.right += share }
                if guess.language == .undetermined {
                    sum.undetermined += share
                    if guess.plausible.contains(language) { sum.saved += share }
                } else if guess.language != language {
                    sum.wrong += share
                }
                sums[language] = sum
            }
        }
        for language in Language.known {
            guard let sum = sums[language] else { continue }
            let shares = [sum.right, sum.wrong, sum.undetermined, sum.saved].map {
                String(format: "%.1f", 100 * $0 / max(1, sum.words))
            }
            print("\(source)\t\(language.rawValue)\t\(Int(sum.words.rounded()))\t" + shares.joined(separator: "\t"))
        }
    }
}
