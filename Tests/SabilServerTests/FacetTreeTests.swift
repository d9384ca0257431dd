import SabilSearch
import Testing

@testable import SabilServer

@Suite struct FacetTreeTests {
    private func ordered(_ values: [(String, String?)]) -> [String] {
        FacetTree.ordered(values.map { FacetCount(id: $0.0, label: $0.0, count: 1, parent: $0.1) })
            .map { String(repeating: ">", count: $0.depth) + $0.count.id }
    }

    @Test func `children stand under their parents in the order given`() {
        #expect(
            ordered([("b", "a"), ("a", nil), ("x", nil), ("c", "b"), ("d", "a")]) == ["a", ">b", ">>c", ">d", "x"])
    }

    @Test func `a value whose parent is not among them stands at the top`() {
        #expect(ordered([("b", "gone"), ("c", "b")]) == ["b", ">c"])
    }

    @Test func `values that name one another are not lost`() {
        #expect(ordered([("a", "b"), ("b", "a"), ("c", "c")]) == ["c", "a", "b"])
    }
}
