import SabilEvaluation
import SabilRecords
import Testing

@Suite struct AnswerChangeTests {
    /// Documents in rank order; those in one word share a score.
    private func answer(_ text: String, found: Int? = nil) -> ShownAnswer {
        let documents = text.split(separator: " ").enumerated().flatMap { group in
            group.element.map { ScoredDocument(String($0), score: 10 - Double(group.offset)) }
        }
        return ShownAnswer(documents, found: found ?? documents.count)
    }

    private func change(_ from: String, _ to: String) -> AnswerChange {
        AnswerChange(from: answer(from), to: answer(to))
    }

    private func words(_ moves: [AnswerChange.Move]) -> String {
        moves.map { "\($0.document)\($0.from.map(String.init) ?? "-")\($0.to.map(String.init) ?? "-")" }
            .joined(separator: " ")
    }

    struct Case: Sendable {
        let from: String
        let to: String
        let gained: String
        let lost: String
        let moved: String
        let overlap: Double
        let reason: String
    }

    static let cases = [
        Case(from: "a b c", to: "a b c", gained: "", lost: "", moved: "", overlap: 1, reason: "the same"),
        Case(
            from: "a b c", to: "b d", gained: "d-2", lost: "a1- c3-", moved: "b21", overlap: 1.0 / 3,
            reason: "one common document of the longer answer's three"),
        Case(from: "", to: "a", gained: "a-1", lost: "", moved: "", overlap: 0, reason: "something instead of nothing"),
        Case(from: "", to: "", gained: "", lost: "", moved: "", overlap: 1, reason: "nothing twice"),
        Case(from: "abc d", to: "cba d", gained: "", lost: "", moved: "", overlap: 1, reason: "order among equals"),
        Case(
            from: "a b c", to: "cba", gained: "", lost: "", moved: "", overlap: 1,
            reason: "where all are equal any order might have been"),
        Case(
            from: "ab c", to: "c ab", gained: "", lost: "", moved: "c31", overlap: 1,
            reason: "a and b had ranks 1 and 2 to share and have 2 and 3: each might have stayed at 2"),
        Case(
            from: "a b", to: "b a", gained: "", lost: "", moved: "b21 a12", overlap: 1,
            reason: "two that changed places"),
    ]

    @Test(arguments: cases)
    func `what was gained, lost and moved`(known: Case) {
        let change = change(known.from, known.to)
        #expect(words(change.gained) == known.gained, "\(known.reason)")
        #expect(words(change.lost) == known.lost, "\(known.reason)")
        #expect(words(change.moved) == known.moved, "\(known.reason)")
        #expect(change.overlap == known.overlap, "\(known.reason)")
    }

    @Test func `without scores the order is one of dates, and another order is a change`() {
        let dated = { (ids: [String]) in ShownAnswer(ids.map { ScoredDocument($0, score: 0) }, found: 2) }
        #expect(words(AnswerChange(from: dated(["a", "b"]), to: dated(["b", "a"])).moved) == "b21 a12")
    }

    @Test func `an answer and itself differ in nothing; the other way round mirrors it`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            func randomAnswer() -> ShownAnswer {
                var ids = Array("abcdefghijkl").shuffled(using: &random)
                ids.removeLast(random.nextIndex(below: ids.count + 1))
                var score = 9.0
                let documents = ids.map { id in
                    score -= Double(random.nextIndex(below: 2))
                    return ScoredDocument(String(id), score: score)
                }
                return ShownAnswer(documents, found: ids.count + random.nextIndex(below: 3))
            }
            let (one, other) = (randomAnswer(), randomAnswer())
            let same = AnswerChange(from: one, to: one)
            #expect(same.isEmpty && same.overlap == 1 && abs(same.rankBiasedOverlap - 1) < 1e-9, "seed \(seed)")
            let there = AnswerChange(from: one, to: other)
            let back = AnswerChange(from: other, to: one)
            func told(_ moves: [AnswerChange.Move], mirrored: Bool = false) -> Set<String> {
                Set(
                    moves.map { move in
                        let (from, to) = mirrored ? (move.to, move.from) : (move.from, move.to)
                        return "\(move.document) \(from ?? 0) \(to ?? 0)"
                    })
            }
            #expect(told(there.gained) == told(back.lost, mirrored: true), "seed \(seed)")
            #expect(told(there.lost) == told(back.gained, mirrored: true), "seed \(seed)")
            #expect(told(there.moved) == told(back.moved, mirrored: true), "seed \(seed)")
            #expect(there.overlap == back.overlap, "seed \(seed)")
            #expect(abs(there.rankBiasedOverlap - back.rankBiasedOverlap) < 1e-12, "seed \(seed)")
            // Every document shown is gained, lost, or in both.
            let common = one.documents.count - there.lost.count
            #expect(common == other.documents.count - there.gained.count && there.moved.count <= common)
        }
    }

    @Test func `queries are counted by what became of them, and how often they were asked`() throws {
        let folder = try TemporaryFile(name: "log.txt", "same\nmoved\nmoved\nmoved\nfewer\nempties\nfills\nnothing\n")
        defer { folder.remove() }
        let log = try QueryLog(path: folder.path)
        #expect(log.entries.map(\.count) == [1, 3, 1, 1, 1, 1])
        #expect(log.askings == 8)
        let answers = [
            (answer("a b"), answer("a b")), (answer("a b"), answer("b a")),
            (answer("a", found: 9), answer("a", found: 8)),
            (answer("a"), answer("")), (answer(""), answer("a")), (answer(""), answer("")),
        ]
        let changes = AnswerChanges(
            zip(log.entries, answers).map {
                AnswerChanges.Entry(query: $0, change: AnswerChange(from: $1.0, to: $1.1))
            })
        #expect(changes.compared.queries == 6 && changes.compared.askings == 8)
        #expect(changes.changed.queries == 3 && changes.changed.askings == 5)
        #expect(changes.countOnly.queries == 1)
        #expect(changes.returnNothingNow.queries == 1 && changes.returnSomethingNow.queries == 1)
        #expect(changes.returnNothing.queries == 1)
        // Those that return nothing on one side come first, then results, then counts.
        #expect(changes.entries.map(\.query.text) == ["empties", "fills", "moved", "fewer"])
        #expect(changes.meanOverlap == 4.0 / 6)
    }
}
