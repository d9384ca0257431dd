import SabilRecords

/// How many resources of each kind socialprotection.org held at the end of each year.
///
/// Figures: IPC-IG, Research Report 77 (2022), table 1, cumulative at year's end, 2022 to June; the last step, to 18,000 in
/// August 2023, is from a T20 policy brief of that month, shared out as in 2022. The table counts multimedia, databases
/// and legal frameworks among publications. Its zeros mean "not counted yet".
enum PlatformGrowth {
    /// Kinds of the table, in the order of the columns below.
    static let kinds: [Set<String>] = [
        ["publication", "multimedia", "database", "legal_policy_framework"], ["news"], ["programme"], ["event"],
    ]

    private static let cumulative: [(year: Int, counts: [Int])] = [
        (2015, [1107, 0, 0, 0]),
        (2016, [2003, 704, 0, 0]),
        (2017, [2905, 1299, 124, 0]),
        (2018, [4220, 1885, 248, 0]),
        (2019, [5155, 3055, 526, 591]),
        (2020, [6201, 3971, 536, 664]),
        (2021, [7904, 4596, 564, 779]),
        (2022, [10_021, 4723, 564, 812]),
        (2023, [11_737, 4826, 564, 839]),
    ]

    /// Which kind of the table a content type belongs to; `nil` for types that it does not count.
    static func kind(ofType type: String) -> Int? { kinds.firstIndex { $0.contains(type) } }

    /// Resources added, by kind and year: the weight with which a generated record of the table's kinds falls there.
    static let added: [(kind: Int, year: Int, count: Int)] = {
        var steps: [(kind: Int, year: Int, count: Int)] = []
        var before = [0, 0, 0, 0]
        for (year, counts) in cumulative {
            for kind in kinds.indices where counts[kind] > before[kind] {
                steps.append((kind, year, counts[kind] - before[kind]))
            }
            before = counts
        }
        return steps
    }()
}
