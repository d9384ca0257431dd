import SabilRecords

/// Random rankings with random judgements.
struct SystemOfGrades {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func ranking() -> (documents: [String], judged: [String: Int]) {
        let documents = (0..<random.nextIndex(below: 20)).map { "d\($0)" }
        var judged: [String: Int] = [:]
        for number in 0..<30 where random.next() % 2 == 0 { judged["d\(number)"] = random.nextIndex(below: 5) - 1 }
        return (documents, judged)
    }
}
