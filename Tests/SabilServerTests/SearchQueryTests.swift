import SabilSearch
import Testing

@testable import SabilServer

@Suite struct SearchQueryTests {
    @Test func `values with commas and backslashes survive the address`() throws {
        var query = SearchQuery()
        query.text = "eau & riz"
        query.filters = [
            Filter(.organisation, ["Ministério, Família e Combate", #"a\b"#]),
            Filter(.concept, ["x", "y"], mode: .all),
        ]
        let again = try SearchQuery(QueryParameters(encoded: query.parameters.encoded))
        #expect(again == query)
    }
}
