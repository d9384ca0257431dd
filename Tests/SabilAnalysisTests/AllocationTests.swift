import CAllocationCount
import SabilRecords
import Testing

@testable import SabilAnalysis

/// Words that a session has met cost no allocation: ten times the text takes no more of them than larger buffers do.
///
/// Counts every call of the allocator by this thread. Placing holds without optimisation as well; where another allocator stands in
/// (a sanitizer's), nothing can be counted.
@Suite(.enabled(if: ac_is_counting() != 0, "the allocator of this build does not count"))
struct AllocationTests {
    /// Running text with what the scanner of our own reads, and with what it leaves to ICU; accents, elision, joints, digits.
    static let texts: [Language: String] = [
        .english: """
        The Minister's report of 2024 says that 1.5 million households receive the pension, U.N. agencies included; \
        non-contributory schemes reach café owners and the naïve — “cash plus” for the urban poor. 
        """,
        .french: """
        L’aide d'urgence aux ménages où qu'ils soient : l’État verse 1,5 million d’allocations, dès l'été prochain, à \
        l’hôpital et à l’école ; Noël, Côte d’Ivoire, aujourd’hui. 
        """,
        .spanish: """
        ¿Cuántos niños reciben la pensión? La jubilación, según el artículo 12, protege a 1.500 señores y señoras; \
        ayudarlos, darles qué comer, ¡así será la protección social! 
        """,
        .arabic: """
        والحماية الاجتماعية للأطفال في المناطق الريفية، كَم عَدَدُ الأُسَر المُستفيدة من المعاشات؟ وبالتحويلات النقدية \
        ١٢٫٥ مليون أسرة، للمرأة والطفل. 
        """,
    ]

    /// Buffers that double grow by this much more often on ten times as many words: log₂ 10 times, of four buffers.
    static let growths = 16

    /// What making a `Token` costs where nothing is optimised; benchmarks/analysis measures it optimised.
    #if DEBUG
        private static let perToken = 1
    #else
        private static let perToken = 0
    #endif

    /// Allocations by this thread.
    private static func count(_ work: () throws -> Void) rethrows -> Int {
        let before = ac_allocations()
        try work()
        return Int(ac_allocations() - before)
    }

    private static func repeated(_ language: Language, _ times: Int) throws -> String {
        String(repeating: try #require(texts[language]), count: times)
    }

    @Test func `what this program and its libraries allocate is counted`() throws {
        var kept: [[Int]] = []
        kept.reserveCapacity(100)
        let here = Self.count { for size in 1...100 { kept.append([Int](repeating: size, count: 100)) } }
        #expect(here >= 100 && here < 300, "by Swift code")
        #expect(Self.count {} == 0, "nothing else on this thread")
        let library = try Self.count { for _ in 0..<10 { _ = try Segmenter() } }
        #expect(library >= 10, "behind the border to C++")
    }

    @Test(arguments: Language.known)
    func `placing words that were met allocates no more for ten times as many`(language: Language) throws {
        var session = Analyzer().makeSession()
        var words = [0, 0]
        var allocations = [0, 0]
        let texts = [try Self.repeated(language, 40), try Self.repeated(language, 400)]
        var places: [PlacedWord] = []
        try session.place(Self.repeated(language, 1), language: language, into: &places)
        for (index, text) in texts.enumerated() {
            var places: [PlacedWord] = []
            allocations[index] = try Self.count { try session.place(text, language: language, into: &places) }
            words[index] = places.count
        }
        try #require(words[0] > 500 && words[1] == 10 * words[0])
        #expect(allocations[1] <= allocations[0] + Self.growths, "\(allocations) for \(words) words")
        #expect(allocations[0] <= Self.growths, "\(allocations) for \(words) words")
        var withRoom = 0
        for _ in 0..<2 {
            withRoom = try Self.count { try session.place(texts[1], language: language, into: &places) }
        }
        #expect(withRoom == 0, "room that is there is used")
    }

    @Test(arguments: Language.known)
    func `tokens and the guess of a language allocate no more for ten times as many words`(language: Language) throws {
        var session = Analyzer().makeSession()
        let texts = [try Self.repeated(language, 40), try Self.repeated(language, 400)]
        _ = try session.tokens(in: Self.repeated(language, 1), language: language)
        _ = session.detect(texts[0], declared: language)
        _ = try session.tokens(in: texts[1], language: language)
        var allocations: [Int] = []
        var guesses: [Int] = []
        var words: [Int] = []
        for text in texts {
            allocations.append(try Self.count { words.append(try session.tokens(in: text, language: language).count) })
            guesses.append(Self.count { _ = session.detect(text, declared: language) })
        }
        let unoptimised = Self.perToken * (words[1] - words[0])
        #expect(allocations[1] <= allocations[0] + unoptimised + Self.growths, "\(allocations) for \(words) words")
        #expect(guesses[1] <= guesses[0] + Self.growths, "\(guesses)")
    }

    @Test func `an allocation for each word is seen`() throws {
        var session = Analyzer().makeSession()
        var places: [PlacedWord] = []
        let text = try Self.repeated(.english, 400)
        try session.place(text, language: .english, into: &places)
        let planted = try Self.count {
            try session.place(text, language: .english, into: &places)
            for place in places { withExtendedLifetime([place, place]) {} }
        }
        #expect(planted >= places.count && places.count > Self.growths)
    }
}
