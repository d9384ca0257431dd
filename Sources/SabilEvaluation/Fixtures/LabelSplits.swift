public import SabilRecords

/// Two divisions of the labelled records into train, dev and test, whole works each: by date and by subject.
///
/// The same records give the same splits.
public struct LabelSplits: Sendable, Hashable {
    /// By id.
    public let rows: [FixtureCollection.Split]

    /// Divides the records that a person labelled.
    ///
    /// By date: works in the order of their newest version's date, then of their id; those with the first 60 % of the
    /// records are train, the next 20 % dev, the rest test. By subject: groups of works (``SubjectGroups``) distributed by
    /// ``IterativeStratification`` over their concepts; of the outcomes of the given seeds the one is taken in which most
    /// concepts of ten examples or more occur in every part, and of those the one whose sizes are nearest to 60, 20 and 20 %.
    /// - Complexity: O(works · programmes + seeds · concepts · (concepts + groups)).
    public init(
        _ records: [ResourceRecord], programmes: [FixtureContext.NamedProgramme], seeds: Range<UInt64> = 1..<101
    ) {
        let labelled = records.filter(\.isLabelledByPerson).sorted { $0.id < $1.id }
        let works = Dictionary(grouping: labelled, by: \.work)

        var byDate: [WorkID: SplitPart] = [:]
        let newest = works.mapValues { versions in versions.compactMap(\.date?.ordinal).max() ?? 0 }
        let dated = newest.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        var before = 0
        for work in dated {
            // Whole numbers, so that no rounding decides: 60 and 80 hundredths.
            let hundredths = before * 100
            byDate[work.key] =
                hundredths < 60 * labelled.count ? .train : hundredths < 80 * labelled.count ? .dev : .test
            before += works[work.key]?.count ?? 0
        }

        let groups = SubjectGroups(labelled, programmes: programmes).groups
        let parts = Self.parts(
            of: groups.map { group in
                let records = group.flatMap { works[$0] ?? [] }
                var labels: [String: Int] = [:]
                for record in records {
                    for concept in Set(record.concepts.map(\.concept)) { labels[concept.rawValue, default: 0] += 1 }
                }
                return IterativeStratification.Group(size: records.count, labels: labels)
            }, seeds: seeds)
        var bySubject: [WorkID: SplitPart] = [:]
        for (group, part) in zip(groups, parts) {
            for work in group { bySubject[work] = SplitPart.allCases[part] }
        }
        rows = labelled.map {
            FixtureCollection.Split(
                id: $0.id, work: $0.work, byDate: byDate[$0.work] ?? .train, bySubject: bySubject[$0.work] ?? .train)
        }
    }

    private static func parts(of groups: [IterativeStratification.Group], seeds: Range<UInt64>) -> [Int] {
        let shares = SplitPart.allCases.map(\.share)
        let least = FixtureRequirements().examplesToStandInEveryPart
        var best: (parts: [Int], absent: Int, drift: Double)?
        for seed in seeds {
            let parts = IterativeStratification.parts(of: groups, shares: shares, seed: seed)
            var counts: [String: [Int]] = [:]
            var sizes = [Int](repeating: 0, count: shares.count)
            for (group, part) in zip(groups, parts) {
                sizes[part] += group.size
                for (label, count) in group.labels {
                    counts[label, default: Array(repeating: 0, count: shares.count)][part] += count
                }
            }
            let absent = counts.values.reduce(0) { sum, own in
                sum + (own.reduce(0, +) >= least ? own.count { $0 == 0 } : 0)
            }
            let all = Double(max(1, sizes.reduce(0, +)))
            let drift = zip(sizes, shares).map { abs(Double($0) / all - $1) }.max() ?? 0
            if best.map({ (absent, drift) < ($0.absent, $0.drift) }) ?? true { best = (parts, absent, drift) }
        }
        return best?.parts ?? groups.map { _ in 0 }
    }

    /// The text of `labels/splits.tsv`.
    public var table: String {
        rows.reduce(into: "id\twork\tby_date\tby_subject\n") { text, row in
            text += "\(row.id)\t\(row.work)\t\(row.byDate.rawValue)\t\(row.bySubject.rawValue)\n"
        }
    }
}

extension ResourceRecord {
    /// Whether a person gave it a concept.
    var isLabelledByPerson: Bool { concepts.contains(where: \.source.isByPerson) }
}
