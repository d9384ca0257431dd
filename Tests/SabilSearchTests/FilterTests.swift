import Testing

@testable import SabilSearch

@Suite struct FilterTests {
    @Test func `years are written as a range`() {
        #expect(Filter.years(from: 2015, to: nil).values == ["2015.."])
    }
}
