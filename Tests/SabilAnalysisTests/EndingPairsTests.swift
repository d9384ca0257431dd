import SabilRecords
import Testing

@testable import SabilAnalysis

@Suite struct EndingPairsTests {
    private let pairs = EndingPairs()

    private func weights(_ first: String, _ second: String) -> SIMD4<Double> {
        let numbers = [first, second].map { word in pairs.number(of: word.unicodeScalars.map(\.value)) }
        return pairs.weights(numbers[0], numbers[1])
    }

    @Test func `every entry of the table is read as it stands`() throws {
        let entries = EndingPairs.pairs.split { $0 == " " || $0 == "\n" }
        #expect(entries.count == 1000)
        for entry in entries {
            let endings = entry.dropLast(3).split(separator: ".").map(String.init)
            try #require(endings.count == 2, "\(entry)")
            // A word that has the ending: a short one is the ending itself, a longer one has letters before it.
            let words = endings.map { $0.hasPrefix("_") ? String($0.dropFirst()) : "xx" + $0 }
            let levels = entry.suffix(3).unicodeScalars.map { Double(Int($0.value) - 0x6D) / 4 }
            #expect(weights(words[0], words[1]) == SIMD4(levels[0], levels[1], levels[2], 0), "\(entry)")
        }
        #expect(weights("zzzz", "qqqq") == SIMD4(repeating: 0), "no pair has them")
        #expect(weights("", "de") == SIMD4(repeating: 0), "there is no word before the first")
    }

    /// Words of both languages, that their order and their agreement alone tell.
    @Test func `order and agreement tell what words by themselves do not`() {
        #expect(weights("social", "protection")[0] > weights("social", "protection")[1])
        #expect(weights("protection", "sociale")[1] > weights("protection", "sociale")[0])
        var session = Analyzer().makeSession()
        for (text, language) in [
            ("social protection", Language.english), ("protection sociale", .french),
            ("annual report", .english), ("rapport annuel", .french), ("informe anual", .spanish),
            ("civil remedy", .english), ("ajustement annuel", .french),
        ] {
            #expect(session.detect(text, declared: nil).language == language, "\(text)")
        }
    }

    @Test func `a library title is not French for its colon, nor a French one English`() {
        var session = Analyzer().makeSession()
        for (text, language) in [
            ("140 characters : a style guide", Language.english), ("Boomerang : travels", .english),
            ("Pensions : guide pratique", .french),
        ] {
            #expect(session.detect(text, declared: nil).language == language, "\(text)")
        }
    }

    @Test func `words of the field are folded, of one language, and no function words`() {
        let lists = [FieldWords.english, FieldWords.french, FieldWords.spanish].map { $0.split(separator: " ") }
        var seen: Set<Substring> = []
        for (list, profile) in zip(lists, [LanguageProfile.english, .french, .spanish]) {
            let functionWords = Set((profile.stopwords + " " + profile.questionWords).split { $0 == " " || $0 == "\n" })
            #expect(list.count > 1_000)
            for word in list {
                #expect(word.utf8.allSatisfy { $0 &- 0x61 < 26 }, "\(word)")
                #expect(seen.insert(word).inserted, "\(word) stands twice")
                #expect(!functionWords.contains(word), "\(word)")
            }
        }
    }
}
