import Foundation
import SabilRecords
import SabilSearch
import Testing

@testable import SabilServer

@Suite struct SearchQueryTests {
    @Test func `values with commas and backslashes survive the address`() throws {
        var query = SearchQuery()
        query.text = "eau & riz + 100 %"
        query.filters = [
            Filter(.organisation, ["Ministério, Família e Combate", #"a\b"#, #"c\,d"#]),
            Filter(.concept, ["x", "y"], mode: .all),
        ]
        #expect(try SearchQuery(QueryParameters(encoded: query.parameters.encoded)) == query)
    }

    @Test func `random searches survive the address`() throws {
        var generator = SeededGenerator(seed: 21)
        let pieces = ["a", ",", "\\", "&", "=", "+", "%", " b", "é", "ماء", "\"", "[", "]", "#", "?", "/"]
        func text() -> String {
            "x"
                + (0..<generator.nextIndex(below: 6)).map { _ in pieces[generator.nextIndex(below: pieces.count)] }
                .joined()
        }
        var cursors = 0
        for round in 0..<500 {
            var query = SearchQuery()
            query.text = text()
            query.language = Language.known.randomElement(using: &generator)
            for field in FacetField.allCases.shuffled(using: &generator).prefix(generator.nextIndex(below: 4)) {
                let values = Set((0...generator.nextIndex(below: 3)).map { _ in text() }).sorted()
                query.filters.append(Filter(field, values, mode: generator.nextIndex(below: 2) == 0 ? .any : .all))
            }
            query.facets = generator.nextIndex(below: 2) == 0 ? nil : [.type, .year]
            query.sort = SabilSearch.SortOrder.allCases[generator.nextIndex(below: 5)]
            if generator.nextIndex(below: 2) == 0 {
                query.page = 1 + generator.nextIndex(below: 50)
            } else {
                query.cursor = Self.cursor(&generator)
                cursors += query.cursor == nil ? 0 : 1
            }
            query.explain = generator.nextIndex(below: 2) == 0
            query.placements = generator.nextIndex(below: 2) == 0
            query.boosts = Boost.allCases.shuffled(using: &generator).prefix(generator.nextIndex(below: 3)).sorted {
                $0.rawValue < $1.rawValue
            }
            query.perPage = 1 + generator.nextIndex(below: 200)
            query.collapse = generator.nextIndex(below: 2) == 0
            query.highlight = generator.nextIndex(below: 2) == 0
            query.expansion = Expansion.allCases[generator.nextIndex(below: 3)]
            query.spelling = SpellingMode.allCases[generator.nextIndex(below: 3)]
            query.discovery =
                generator.nextIndex(below: 2) == 0 ? nil : generator.nextIndex(below: 2) == 0 ? [] : [.relatedConcepts]
            query.reader = Language.known.randomElement(using: &generator)
            #expect(try SearchQuery(QueryParameters(encoded: query.parameters.encoded)) == query, "seed 21, \(round)")
        }
        #expect(cursors > 150, "there were cursors among them")
    }

    /// Of either kind, as an answer might bear it: a version, three numbers, a place, a kind and the key of an order.
    private static func cursor(_ generator: inout SeededGenerator) -> PageCursor? {
        func byte() -> UInt8 { UInt8(generator.nextIndex(below: 256)) }
        var bytes: [UInt8] = [1] + (0..<24).map { _ in byte() }
        bytes += [byte() | 1, byte(), byte(), byte(), 0, 0, 0, 0]
        let isOfSortedList = generator.nextIndex(below: 2) == 0
        bytes.append(isOfSortedList ? 1 : 0)
        if isOfSortedList { bytes += (0..<generator.nextIndex(below: 9)).map { _ in byte() } }
        let text = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return PageCursor(text.replacing("=", with: ""))
    }

    @Test(arguments: [
        ("a,b", ["a", "b"], "two"), (#"a\,b"#, ["a,b"], "an escaped comma"), (#"a\\,b"#, [#"a\"#, "b"], "a backslash"),
        (" a , ,b ", ["a", "b"], "spaces and gaps"), (#"a\"#, [#"a\"#], "a backslash at the end"), ("", [], "nothing"),
        (#"a\b"#, [#"a\b"#], "a backslash before a letter is itself"),
        ("a,\u{301}b", ["a", "\u{301}b"], "a comma before a combining mark"),
        (#"a\,\#u{301}b,c"#, ["a,\u{301}b", "c"], "and an escaped one"),
    ])
    func `values are split at commas`(_ text: String, _ parts: [String], _ reason: String) {
        #expect(FilterValues.split(text) == parts, "\(reason)")
        #expect(FilterValues.split(FilterValues.joined(parts)) == parts, "\(reason)")
    }

    @Test func `toggling a value twice changes nothing but the page`() throws {
        let query = try SearchQuery(QueryParameters(encoded: "q=x&filter%5Bcountry%5D=EGY&page=3"))
        let there = query.toggling(.country, "MAR")
        #expect(there.filters == [Filter(.country, ["EGY", "MAR"])])
        #expect(there.page == 1)
        #expect(there.toggling(.country, "MAR") == query.with(\.page, 1))
        #expect(query.toggling(.country, "EGY").filters.isEmpty)
    }

    @Test func `repeated parameters add up and empty ones count as missing`() throws {
        let query = try SearchQuery(
            QueryParameters(encoded: "filter[type]=a&filter[type]=b,a&q=&lang=&sort=&collapse=on"))
        #expect(query.filters == [Filter(.type, ["a", "b"])])
        #expect(query.collapse)
        #expect(query.text.isEmpty && query.language == nil && query.sort == .relevance)
    }
}
