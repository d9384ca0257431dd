import Foundation
import SabilAnalysis
import SabilRecords

/// Confusion tables of language identification on titles, by collection and length: whole titles of that many words, and the
/// first words of longer ones.
///
/// A title's language is what its collection says of its own record, never what is guessed.
struct TitleCheck {
    static let columns =
        "collection\tlanguage\twords\ttitles\ten\tfr\tes\tar\tund\tright\twrong\tright or undetermined with it plausible"
        + "\tnames\ttitles but names\tright\twrong\tright or undetermined with it plausible"
    private static let wholeLengths = [2, 3, 4, 5]
    private static let firstLengths = [2, 3, 5]
    /// Rows of fewer titles say nothing.
    private static let fewest = 25

    /// Which titles are read: all, or one half by a hash of the title, so that one can be tuned on and the other measured.
    enum Half: String {
        case tuned
        case held
    }

    private struct Source {
        var name: String
        var language: Language
        var titles: [[Substring]]
    }

    private var sources: [Source] = []
    private let namings: [Language: Naming]

    /// - Parameter collections: a folder with `corpus.jsonl`, or a file of lines with `title` and `text`; lines that name
    ///   another language in `lang` or `language` are left out.
    init(_ collections: [(Language, String)], half: Half?) throws {
        var running: [Language: RunningText] = [:]
        for (language, path) in collections {
            var seen: Set<String> = []
            var titles: [[Substring]] = []
            for line in try Self.lines(path) where line.isIn(language) {
                for text in [line.text, line.abstract, line.body] {
                    running[language, default: RunningText()].add(text ?? "")
                }
                let title = (line.title ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
                guard seen.insert(title).inserted, half == nil || half == Self.half(of: title) else { continue }
                let words = LanguageCheck.words(of: title)
                if words.count > 1 { titles.append(words) }
            }
            let url = URL(filePath: path)
            let folder = url.pathExtension == "jsonl" ? url.deletingLastPathComponent().lastPathComponent : nil
            let name = folder.map { "\($0)/\(url.deletingPathExtension().lastPathComponent)" } ?? url.lastPathComponent
            sources.append(Source(name: name, language: language, titles: titles))
        }
        namings = running.mapValues(Naming.init)
    }

    func run(_ analyzer: Analyzer) {
        print("whole titles\t" + Self.columns)
        for source in sources {
            for length in Self.wholeLengths {
                line("whole", source, length, source.titles.filter { $0.count == length }, analyzer)
            }
        }
        print("first words\t" + Self.columns)
        for source in sources {
            for length in Self.firstLengths {
                let longer = source.titles.filter { $0.count > length }.map { Array($0.prefix(length)) }
                line("first", source, length, longer, analyzer)
            }
        }
    }

    private func line(
        _ kind: String, _ source: Source, _ length: Int, _ titles: [[Substring]], _ analyzer: Analyzer
    ) {
        guard titles.count >= Self.fewest else { return }
        var session = analyzer.makeSession()
        var all = GuessCounts(of: source.language)
        var withoutNames = GuessCounts(of: source.language)
        let shows = ProcessInfo.processInfo.environment["SHOW_WRONG"] != nil
        for words in titles {
            let text = words.joined(separator: " ")
            let guess = session.detect(text, declared: nil)
            let isName = namings[source.language]?.isName(words) ?? false
            all.add(guess)
            if !isName { withoutNames.add(guess) }
            if shows, guess.language != source.language {
                print("#\t\(source.name)\t\(source.language.rawValue)\t\(guess.language.rawValue)\t\(isName)\t\(text)")
            }
        }
        let columns =
            [kind, source.name, source.language.rawValue, "\(length)"] + all.counts + all.shares
            + ["\(all.total - withoutNames.total)", "\(withoutNames.total)"] + withoutNames.shares
        print(columns.joined(separator: "\t"))
    }

    // MARK: lines

    private struct Line: Decodable {
        var title: String?
        var text: String?
        var abstract: String?
        var body: String?
        var lang: String?
        var language: String?

        func isIn(_ wanted: Language) -> Bool {
            guard let code = lang ?? language else { return true }
            return Language(bcp47: code) == wanted
        }
    }

    private static func lines(_ path: String) throws -> [Line] {
        let file = path.hasSuffix(".jsonl") ? path : path + "/corpus.jsonl"
        let decoder = JSONDecoder()
        return try Data(contentsOf: URL(filePath: file)).split(separator: 0x0A)
            .map { try decoder.decode(Line.self, from: $0) }
    }

    /// By FNV-1a of its bytes: the same on every machine.
    private static func half(of title: String) -> Half {
        let hash = title.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (hash ^ hash >> 32) & 1 == 0 ? .tuned : .held
    }
}
