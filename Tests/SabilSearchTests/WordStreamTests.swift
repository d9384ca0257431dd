import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct WordStreamTests {
    private func token(_ surface: String, _ stem: String, isStopword: Bool = false) -> Token {
        Token(surface: surface, stem: stem, utf8Range: 0..<1, position: 0, isStopword: isStopword)
    }

    @Test func `a stream is codes, then text, fields apart`() {
        var words = RecordWords()
        words.add([token("the", "the", isStopword: true), token("pensions", "pension")])
        words.add([])
        words.add([token("diaz", "diaz")], mark: .authors)
        let stream = words.stream
        let parts = WordStream.parts(of: stream.span)
        func bytes(_ code: UInt32) -> [UInt8] { (0..<3).map { UInt8(truncatingIfNeeded: code >> ($0 * 8)) } }
        let codes = [
            WordStream.code(of: "the") | WordStream.stopwordBit, WordStream.code(of: "pension"), 0, 0,
            WordStream.code(of: "diaz"), 0,
        ]
        #expect(stream[0] == 6 && Array(stream[parts.codes]) == codes.flatMap(bytes))
        #expect(String(decoding: stream[parts.text], as: UTF8.self) == "\n the pensions \n \n\u{1} diaz ")
        for count in 0..<stream.count {
            let bytes = Array(stream.prefix(count))
            let cut = WordStream.parts(of: bytes.span)
            #expect(cut.codes.upperBound <= count && cut.text.upperBound <= count, "\(count)")
        }
    }

    @Test func `the table of words forgets a record with the record, and holds many`() {
        let seed: UInt64 = 3
        var random = SeededGenerator(seed: seed)
        var words = RecordWords()
        for size in [5_000, 3, 0, 700, 20_000, 10] {
            words.removeAll()
            var expected: [String: UInt32] = [:]
            for _ in 0..<size {
                let surface = "w\(random.nextIndex(below: size))"
                // The same surface with two stems is two words.
                let stem = random.nextIndex(below: 5) == 0 ? "other" : surface
                expected["\(surface) \(stem)", default: 0] += 1
                words.add([token(surface, stem)])
            }
            let text = words.text
            let found = words.words.map { word in
                let surface = String(decoding: text[word.start..<word.start + word.count], as: UTF8.self)
                return ("\(surface) \(word.stem)", word.occurrences)
            }
            #expect(found.count == expected.count, "seed \(seed), size \(size)")
            #expect(found.allSatisfy { expected[$0.0] == $0.1 }, "seed \(seed), size \(size)")
        }
    }
}
