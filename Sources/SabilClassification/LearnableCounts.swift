/// What a model counted of its examples: the members worked out from it learn and unlearn at once and exactly.
struct LearnableCounts: Sendable, Equatable {
    /// Behind the Naive Bayes members; `nil` when there is none.
    var occurrences: FeatureLabelCounts?
    /// Behind the centroids; `nil` when there is none.
    var weights: FeatureLabelCounts?
    /// Behind the member of meanings; `nil` when there is none.
    var meanings: FeatureLabelCounts?

    var isEmpty: Bool { occurrences == nil && weights == nil && meanings == nil }
}

/// The names (``TrainingExample/digest``) of all examples in the counts: each is learnt once, and only what was learnt is unlearnt.
struct LearntExamples: Sendable, Equatable {
    /// Of the training run, increasing.
    let trained: [UInt64]
    /// Learnt since.
    private(set) var added: Set<UInt64> = []
    /// Of the training run, unlearnt since.
    private(set) var removed: Set<UInt64> = []

    init(trained: [UInt64]) { self.trained = trained.sorted() }

    /// As stored; `nil` if it contradicts itself.
    init?(trained: [UInt64], added: [UInt64], removed: [UInt64]) {
        self.init(trained: trained)
        guard trained == self.trained, Set(added).count == added.count, Set(removed).count == removed.count,
            removed.allSatisfy(wasTrained), !added.contains(where: wasTrained)
        else { return nil }
        self.added = Set(added)
        self.removed = Set(removed)
    }

    func contains(_ digest: UInt64) -> Bool {
        added.contains(digest) || (wasTrained(digest) && !removed.contains(digest))
    }

    /// - Returns: whether it was new.
    mutating func add(_ digest: UInt64) -> Bool {
        if contains(digest) { return false }
        if removed.remove(digest) == nil { added.insert(digest) }
        return true
    }

    /// - Returns: whether it was there.
    mutating func remove(_ digest: UInt64) -> Bool {
        guard contains(digest) else { return false }
        if added.remove(digest) == nil { removed.insert(digest) }
        return true
    }

    private func wasTrained(_ digest: UInt64) -> Bool {
        var low = 0
        var high = trained.count
        while low < high {
            let middle = (low + high) / 2
            if trained[middle] < digest { low = middle + 1 } else { high = middle }
        }
        return low < trained.count && trained[low] == digest
    }
}
