import SabilRecords

extension ModelTraining {
    /// Where an example is held out.
    struct Fold: Sendable {
        var fold: Int
        /// 0 or 1, alike for all of a work.
        var half: Int
        /// Whether the work is one of the newest, which are the first fold where dates tell them.
        var isNewest: Bool
    }

    /// The fold of each example.
    ///
    /// Where works have dates the newest ones are the first fold: what members come to on it is what they come to on what comes
    /// next. All others are in an order drawn by the seed, dealt out in turn. Each fold has works of both halves.
    func folds() -> [Fold] {
        let works = Set(examples.map(\.work)).map { work in
            var digest = Digest()
            digest.add(seed)
            digest.add(work)
            return (work: work, order: digest.value)
        }.sorted { ($0.order, $0.work) < ($1.order, $1.work) }.map(\.work)
        let newest = newest(of: works)
        var folds: [String: Fold] = [:]
        for (position, work) in works.filter(newest.contains).enumerated() {
            folds[work] = Fold(fold: 0, half: position % 2, isNewest: true)
        }
        let first = newest.isEmpty ? 0 : 1
        let others = options.folds - first
        for (position, work) in works.filter({ !newest.contains($0) }).enumerated() {
            folds[work] = Fold(fold: first + position % others, half: (position / others) % 2, isNewest: false)
        }
        return examples.map { folds[$0.work] ?? Fold(fold: 0, half: 0, isNewest: false) }
    }

    /// The newest of the works, as many as make a fold, by the date of each one's newest version; none where dates do not tell
    /// them: where fewer than half of the works have one, or all the same.
    private func newest(of works: [String]) -> Set<String> {
        var dates: [String: PartialDate] = [:]
        for example in examples {
            if let date = example.date { dates[example.work] = max(date, dates[example.work] ?? date) }
        }
        guard options.folds > 2, dates.count * 2 > works.count, Set(dates.values).count > 1 else { return [] }
        let byDate = dates.sorted { ($1.value, $1.key) < ($0.value, $0.key) }.map(\.key)
        return Set(byDate.prefix(works.count / options.folds))
    }
}
