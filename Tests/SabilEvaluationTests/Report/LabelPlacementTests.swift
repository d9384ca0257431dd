import SabilRecords
import Testing

@testable import SabilEvaluation

@Suite struct LabelPlacementTests {
    @Test func `labels that touch are moved apart by as little as will do`() {
        // Two at the same place go up and down by half of what they need; the third is far enough.
        #expect(LabelPlacement.spread([50, 50, 90], distance: 10, within: 0...100) == [45, 55, 90])
        // At the edge there is only one way.
        #expect(LabelPlacement.spread([99, 100], distance: 10, within: 0...100) == [90, 100])
        // Too little room is shared out.
        #expect(LabelPlacement.spread([5, 5, 5], distance: 10, within: 0...10) == [0, 5, 10])
        #expect(LabelPlacement.spread([], distance: 10, within: 0...10) == [])
        #expect(LabelPlacement.spread([-3], distance: 10, within: 0...10) == [0])
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `spread labels keep their order, distance and bounds`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<300 {
            let wanted = (0...random.nextIndex(below: 7)).map { _ in Double(random.nextIndex(below: 200)) }
            let places = LabelPlacement.spread(wanted, distance: 13, within: 10...190)
            let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
            let sorted = order.map { places[$0] }
            #expect(
                zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 13 - 1e-9 }
                    && sorted.allSatisfy { (10 - 1e-9...190 + 1e-9).contains($0) },
                "seed \(seed), round \(round): \(wanted) became \(places)")
        }
    }

    @Test(arguments: [UInt64(1), 2])
    func `kept labels never touch, and the last is kept`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let count = 1 + random.nextIndex(below: 40)
            let centres = (0..<count).map { Double($0) * 300 / Double(count) }
            let widths = (0..<count).map { _ in 5 + Double(random.nextIndex(below: 60)) }
            let kept = LabelPlacement.kept(centres: centres, widths: widths)
            #expect(kept.last == count - 1, "seed \(seed), round \(round)")
            for (one, next) in zip(kept, kept.dropFirst()) {
                #expect(
                    centres[one] + widths[one] / 2 < centres[next] - widths[next] / 2,
                    "seed \(seed), round \(round): \(kept)")
            }
        }
        #expect(LabelPlacement.kept(centres: [0, 100, 200], widths: [20, 20, 20]) == [0, 1, 2])
        #expect(LabelPlacement.kept(centres: [], widths: []) == [])
    }

    @Test func `a name is cut where it does not fit`() {
        #expect(LabelPlacement.fitted("short", size: 11, width: 60) == "short")
        let cut = LabelPlacement.fitted("rank-canlaw_social_en_to_fr", size: 11, width: 100)
        #expect(cut.hasSuffix("…") && cut.hasPrefix("rank-canl") && LabelPlacement.width(of: cut, size: 11) <= 100)
        // Marks above letters take no room, so a vowelled word is no wider than a bare one.
        #expect(LabelPlacement.width(of: "مَدْرَسَة", size: 11) == LabelPlacement.width(of: "مدرسة", size: 11))
    }
}
