// Allocations of the analysis chain by words, language by language: words met for the first time, and words known. See README.md.
import CAllocationCount
import Foundation
import SabilAnalysis
import SabilRecords

@main struct AnalysisAllocations {
    static func main() throws {
        guard ac_is_counting() != 0 else {
            fail("the allocator of this build does not count; build without a sanitizer")
        }
        var texts: [Language: [String]] = [:]
        for argument in CommandLine.arguments.dropFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let language = Language(bcp47: parts[0]) else {
                fail("usage: AnalysisAllocations LANGUAGE=FILE.jsonl …   title, abstract, body and text of each line")
            }
            texts[language, default: []] += try read(parts[1], language)
        }
        print(
            "language\ttexts\twords\twords met\tat first meeting\tplaced, no script without spaces\tplaced\tplaced as one text\ttokens\tdocument tokens\tguessed"
        )
        for language in Language.known {
            guard let texts = texts[language], !texts.isEmpty else { continue }
            try measure(texts, language)
        }
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(64)
    }

    /// Texts of the lines that are in the language or do not say, up to two megabytes.
    private static func read(_ file: String, _ language: Language) throws -> [String] {
        var left = 2_000_000
        var texts: [String] = []
        for line in try Data(contentsOf: URL(filePath: file)).split(separator: 0x0A) where left > 0 {
            guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else { continue }
            if let code = (object["language"] ?? object["lang"]) as? String, Language(bcp47: code) != language {
                continue
            }
            var text = ["title", "abstract", "body", "text"].compactMap { object[$0] as? String }.joined(
                separator: "\n")
            text.makeContiguousUTF8()
            left -= text.utf8.count
            if !text.isEmpty { texts.append(text) }
        }
        return texts
    }

    private static func measure(_ texts: [String], _ language: Language) throws {
        var session = Analyzer().makeSession()
        var places: [PlacedWord] = []
        var words = 0
        let first = try count {
            for text in texts {
                try session.place(text, language: language, into: &places)
                words += places.count
            }
        }
        // ICU's dictionaries of scripts written without spaces allocate for each run of them.
        var own: [String] = []
        for text in texts {
            try session.place(text, language: language, into: &places)
            if !places.contains(where: { $0.kind == .other }) { own.append(text) }
        }
        let placedOwn = try count {
            for text in own { try session.place(text, language: language, into: &places) }
        }
        precondition(session.generation(of: language) == 0, "the vocabulary began afresh: too much text")
        let met = session.wordCount(of: language)
        let placed = try count {
            for text in texts { try session.place(text, language: language, into: &places) }
        }
        let whole = texts.joined(separator: "\n")
        let asOne = try count { try session.place(whole, language: language, into: &places) }
        let tokens = try count {
            for text in texts { _ = try session.tokens(in: text, language: language) }
        }
        for text in texts { _ = try session.documentTokens(in: text, language: language) }
        let documentTokens = try count {
            for text in texts { _ = try session.documentTokens(in: text, language: language) }
        }
        for text in texts { _ = session.detect(text, declared: language) }
        let guessed = count {
            for text in texts { _ = session.detect(text, declared: language) }
        }
        let perThousand = [placed, asOne, tokens, documentTokens, guessed].map {
            String(format: "%.2f", 1000 * Double($0) / Double(words))
        }
        let columns =
            [
                language.rawValue, "\(texts.count)", "\(words)", "\(met)",
                String(format: "%.1f", Double(first) / Double(met)),
            ]
            + ["\(placedOwn) in \(own.count) texts"] + perThousand
        print(columns.joined(separator: "\t"))
    }

    private static func count(_ work: () throws -> Void) rethrows -> Int {
        let before = ac_allocations()
        try work()
        return Int(ac_allocations() - before)
    }
}
