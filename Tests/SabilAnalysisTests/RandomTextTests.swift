import SabilAnalysis
import SabilRecords
import Testing

@testable import struct SabilAnalysis.Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct `Random texts` {
    static let seeds: [UInt64] = [1, 20_261_121, .random(in: 0...UInt64.max)]

    /// Strings that the first two tests read in all, over all seeds; `make random-test` asks for a million.
    static let strings =
        ProcessInfo.processInfo.environment["SABIL_RANDOM_STRINGS"].flatMap { Int($0) } ?? 50_000

    @Test(arguments: seeds) func `invariants hold of random words, joints, junk and bytes`(seed: UInt64) throws {
        var random = RandomText(seed: seed)
        var session = Analyzer().makeSession()
        let languages = Language.allCases
        for round in 0..<Self.strings / (8 * Self.seeds.count) {
            let language = languages[round % languages.count]
            let length = 1 + random.index(below: 60)
            let comment = "seed \(seed) round \(round)"
            try expectInvariants(of: random.text(length: length), language, &session, comment)
            try expectInvariants(of: random.joints(length: length), language, &session, comment)
            try expectInvariants(of: random.junk(length: length), language, &session, isStable: false, comment)
            try expectInvariants(of: random.bytes(length: length), language, &session, isStable: false, comment)
        }
    }

    @Test(arguments: seeds) func `ill-formed bytes are parted within their bounds`(seed: UInt64) throws {
        var random = RandomText(seed: seed)
        var segmenter = try Segmenter()
        for round in 0..<Self.strings / (8 * Self.seeds.count) {
            var bytes = Array(random.text(length: 1 + random.index(below: 40)).utf8)
            for _ in 0...random.index(below: 4) {
                bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
            }
            for onlyICU in [false, true] {
                var end = 0
                for word in try segmenter.words(of: bytes.span, onlyICU: onlyICU) {
                    let isSound = word.start >= end && word.end > word.start && word.end <= bytes.count
                    #expect(isSound, "seed \(seed) round \(round): \(bytes)")
                    end = word.end
                }
            }
        }
    }

    @Test(arguments: ["a", "é", "ك", "日", "1", "a'", "ـ", "\u{10400}", "👍🏽"])
    func `a word of a megabyte is one cut word, or nothing`(letter: String) throws {
        var session = Analyzer().makeSession()
        let text = String(repeating: letter, count: 1_000_000 / letter.utf8.count)
        for language in [Language.french, .arabic] {
            let tokens = try session.tokens(in: text, language: language)
            if letter != "日" && letter != "a'" { #expect(tokens.count <= 1) }
            #expect(tokens.allSatisfy { $0.surface.utf8.count <= 200 && $0.utf8Range.upperBound <= text.utf8.count })
        }
    }

    @Test(arguments: seeds) func `the scanner parts words as ICU does`(seed: UInt64) throws {
        var random = RandomText(seed: seed)
        var segmenter = try Segmenter()
        for round in 0..<Self.strings / (6 * Self.seeds.count) {
            let length = 1 + random.index(below: 80)
            let texts = [random.text(length: length), random.joints(length: length), random.junk(length: length)]
            for text in texts {
                let bytes = Array(text.utf8)
                let ours = try segmenter.words(of: bytes.span)
                let theirs = try segmenter.words(of: bytes.span, onlyICU: true)
                let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
                #expect(ours == theirs, "seed \(seed) round \(round): \(scalars)")
            }
        }
    }

    @Test(arguments: Language.known) func `the scanner parts real records as ICU does`(language: Language) throws {
        var segmenter = try Segmenter()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "corpus-fixtures/records")
        let bytes = Array(try Data(contentsOf: folder.appending(path: "\(language.rawValue).jsonl")))
        var words = 0
        for line in bytes.split(separator: 0x0A) {
            let line = Array(line)
            let ours = try segmenter.words(of: line.span)
            let theirs = try segmenter.words(of: line.span, onlyICU: true)
            #expect(ours == theirs)
            words += ours.count
        }
        #expect(words > 10_000)
    }

    @Test(arguments: seeds) func `an answer does not depend on what a session saw before`(seed: UInt64) throws {
        var random = RandomText(seed: seed)
        let analyzer = Analyzer()
        var old = analyzer.makeSession()
        for round in 0..<300 {
            let text = random.text(length: 40) + " " + random.joints(length: 40)
            for language in Language.allCases {
                var new = analyzer.makeSession()
                let fresh = try new.tokens(in: text, language: language)
                #expect(try old.tokens(in: text, language: language) == fresh, "seed \(seed) round \(round)")
            }
        }
    }
}
