import SabilAnalysis
import SabilRecords
import Testing

@Suite struct `Explained words` {
    @Test func `every step of an Arabic word is told`() throws {
        var session = Analyzer().makeSession()
        let words = try session.explain("والحماية الاجتماعية", language: .arabic)
        #expect(words.map(\.token) == (try session.tokens(in: "والحماية الاجتماعية", language: .arabic)))
        let first = try #require(words.first)
        #expect(first.token.utf8Range == 0..<16)
        #expect(first.utf16Range == 0..<8)
        #expect(
            first.steps == [
                AnalysisStep(.word, "والحماية"), AnalysisStep(.normal, "والحماية"), AnalysisStep(.folded, "والحمايه"),
                AnalysisStep(.withoutPrefix, "حمايه"), AnalysisStep(.snowball, "حما"), AnalysisStep(.stem, "حما"),
            ])
    }

    @Test func `parted, joined, listed and cut words say so`() throws {
        var session = Analyzer().makeSession()
        let french = try session.explain("😀 L’Universalité aujourd’hui", language: .french)
        #expect(french.map(\.token.surface) == ["universalite", "aujourdhui"])
        #expect(french[0].steps.map(\.rule) == [.word, .part, .normal, .folded, .givenStem, .stem])
        #expect(french[1].steps.prefix(2) == [AnalysisStep(.word, "aujourd’hui"), AnalysisStep(.joined, "aujourdhui")])
        #expect(french[0].utf16Range == 5..<17)
        let english = try session.explain(
            "Which U.N. mobilisation 1,5 \(String(repeating: "x", count: 70))", language: .english)
        #expect(
            english.map { $0.steps.map(\.rule) } == [
                [.word, .normal, .folded, .questionWord, .snowball, .stem],
                [.word, .joined, .normal, .folded, .snowball, .stem],
                [.word, .normal, .folded, .respelled, .snowball, .stem], [.word, .normal, .folded, .number],
                [.word, .normal, .folded, .cut],
            ])
    }

    @Test(arguments: [1, UInt64.random(in: 0...UInt64.max)]) func `the steps end where the tokens do`(seed: UInt64)
        throws
    {
        var random = RandomText(seed: seed)
        var session = Analyzer().makeSession()
        for round in 0..<100 {
            let text = random.text(length: 30) + " " + random.joints(length: 30)
            for language in Language.allCases {
                let words = try session.explain(text, language: language)
                #expect(
                    words.map(\.token) == (try session.tokens(in: text, language: language)),
                    "seed \(seed) round \(round)")
                for word in words {
                    if let stem = word.steps.last(where: { $0.rule == .stem }) { #expect(stem.text == word.token.stem) }
                    #expect(word.steps.last { $0.rule == .folded }?.text == word.token.surface)
                    let slice = Array(text.utf16)[word.utf16Range]
                    let bytes = Array(text.utf8)[word.token.utf8Range]
                    #expect(String(decoding: slice, as: UTF16.self).utf8.elementsEqual(bytes))
                }
            }
        }
    }
}
