import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Random queries through parser, planner, label matcher, search and completion over records of the fixtures.
///
/// `SABIL_QUERY_FUZZ_SECONDS` (`make query-fuzz`) says for how long; then all records are searched, and no answer may take longer
/// than its time limit. Each query has a seed of its own, the one printed and those that follow; `SABIL_QUERY_FUZZ_SEED`
/// begins with another.
@Suite(.serialized) struct `Random queries` {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["SABIL_QUERY_FUZZ_SECONDS"].flatMap(Double.init)
    /// Seconds of an answer; what a debug build on a busy machine needs at most beside the engine is far less.
    private static let timeLimit = 10.0

    private static func request(_ text: String, _ random: inout RandomQuery) -> SearchRequest {
        func any<Choice: CaseIterable>(_ type: Choice.Type, _ random: inout RandomQuery) -> Choice {
            let cases = Array(type.allCases)
            return cases[random.number(below: cases.count)]
        }
        var request = SearchRequest(text, discovery: Set(Discovery.allCases))
        request.expansion = any(Expansion.self, &random)
        request.spelling = any(SpellingMode.self, &random)
        request.readerLanguage = Language.known[random.number(below: 4)]
        request.language = random.number(below: 2) == 0 ? Language.known[random.number(below: 4)] : nil
        request.collapsesTranslations = random.number(below: 3) == 0
        request.explain = random.number(below: 4) == 0
        if random.number(below: 3) == 0 { request.visibility = Set(Visibility.allCases) }
        if random.number(below: 4) == 0 { request.sort = any(SortOrder.self, &random) }
        if random.number(below: 4) == 0 { request.facets = [any(FacetField.self, &random)] }
        request.timeLimitSeconds = timeLimit
        return request
    }

    /// What is the same whenever a request is answered.
    private static func essence(_ page: FacetedPage) -> [String] {
        ["\(page.total) \(page.recordTotal)"] + page.hits.map { "\($0.record.id) \($0.score)" }
            + page.notes.map { "\($0) \($0.names)" } + page.relaxations.map(\.text) + [page.spelling?.text ?? ""]
    }

    private static func check(
        _ page: FacetedPage, _ request: SearchRequest, _ comment: Comment
    ) {
        for note in page.notes {
            guard let place = note.place else { continue }
            #expect(place.upperBound <= request.text.utf8.count, "\(comment) \(note)")
        }
        #expect(
            zip(page.hits, page.hits.dropFirst()).allSatisfy { request.sort != .relevance || $0.score >= $1.score },
            comment)
        #expect(page.hits.allSatisfy { request.visibility.contains($0.record.visibility) }, comment)
        #expect(page.total.lowerBound >= page.hits.count, comment)
        for relaxation in page.relaxations { #expect(relaxation.total.lowerBound > 0, comment) }
        for highlight in page.hits.flatMap(\.highlights) {
            #expect(!highlight.html.contains("<b>"), comment)
        }
    }

    /// Names lie in the text, one behind the other.
    private static func match(_ text: String, _ expander: ConceptExpander, _ comment: Comment) throws {
        var session = SearchFixture.analyzer.makeSession()
        var end = 0
        for found in try expander.recognise(text, at: 0, session: &session) {
            #expect(found.place.lowerBound >= end && found.place.upperBound <= text.utf8.count, comment)
            #expect(!found.concepts.isEmpty && !found.place.isEmpty, comment)
            end = found.place.upperBound
        }
    }

    @Test func `every text is answered, in time and always alike`() async throws {
        let first = Self.environment["SABIL_QUERY_FUZZ_SEED"].flatMap(UInt64.init) ?? .random(in: 0...UInt64.max)
        print("seed \(first)")
        let labels = SearchFixture.taxonomy.labels
        let expander = ConceptExpander(SearchFixture.taxonomy, analyzer: SearchFixture.analyzer)
        let records =
            Self.seconds != nil
            ? SearchFixture.records : SearchFixture.records.enumerated().filter { $0.offset % 9 == 0 }.map(\.element)
        try await SearchFixture.withService(records) { service in
            let clock = ContinuousClock()
            let end = clock.now + .seconds(Self.seconds ?? 0)
            var seed = first
            var longest = Duration.zero
            while seed &- first < 100 || clock.now < end {
                var random = RandomQuery(seed: seed, labels: labels)
                let text = random.text()
                let comment = Comment(rawValue: "seed \(seed): \(text.prefix(300).debugDescription)")
                let request = Self.request(text, &random)
                let start = clock.now
                let page = try await service.search(request)
                longest = max(longest, clock.now - start)
                if Self.seconds != nil {
                    let isInTime = !page.timedOut && clock.now - start < .seconds(Self.timeLimit)
                    #expect(isInTime, "\(comment) took \(clock.now - start)")
                }
                Self.check(page, request, comment)
                if random.number(below: 4) == 0, !page.timedOut {
                    let again = try await service.search(request)
                    #expect(Self.essence(again) == Self.essence(page), comment)
                }
                let parsed = QueryParser.parse(text)
                #expect(parsed.notes.allSatisfy { $0.place?.upperBound ?? 0 <= text.utf8.count }, comment)
                #expect(QueryParser.parse(text) == parsed, comment)
                try Self.match(String(text.prefix(2_000)), expander, comment)
                _ = try await service.complete(CompletionRequest(text))
                seed &+= 1
                if (seed &- first).isMultiple(of: 500) { print("\(seed &- first) queries, longest \(longest)") }
            }
            print("\(seed &- first) queries, longest answer \(longest)")
        }
    }
}
