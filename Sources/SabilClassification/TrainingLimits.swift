/// Where a training run does with less than all there is; what bites is said in the measures of the model.
struct TrainingLimits: Sendable, Equatable {
    /// Above so many examples × labels a set is large: the limits on features, costs and held-out examples hold. A set of 21,000
    /// examples and 47 labels is not: fewer held-out examples cost it .006 of micro F1.
    var largeSet = 2_000_000
    /// Features of a large set in fewer documents are left out.
    var minimumDocumentFrequency = 3
    /// Costs are compared on models that learn from about so many examples of a large set, drawn by the seed.
    var costExamples = 2_500
    /// Costs are compared on about so many held-out examples of a large set.
    var costScored = 1_000
    /// Held-out examples of any other set after which the cost is chosen, however near two of them are.
    var costDecided = 6_000
    /// Held-out examples of a large set after which no further fold is scored.
    var heldOutExamples = 6_000
    /// Pairs of held-out example and label that the weights of the members are learnt from at most, whole examples drawn by the seed;
    /// of a large set.
    var stackPairs = 500_000
    /// When the linear solver stops on a large set: half the sweeps; held-out figures of canlaw_acts differ by .0002 from 0.1.
    var solverTolerance = 0.3
    /// The strongest weights of a label that a member keeps: more than any collection that was measured has above the floor,
    /// but texts that no weights tell apart would fill the memory with them.
    static let weightsPerLabel = 60_000

    /// Where documents have one label, the likeness of names is no member once each label has so many examples. Out of fold it
    /// spoilt more records than it mended on each of three collections: by 3 of 6,066, 13 of 20,991 and 4 of 3,200.
    static let examplesWithoutLikeness = 60

    /// Names of the measures that say what bit.
    enum Measure: String, CaseIterable, Sendable {
        case minimumDocumentFrequency
        case costExamples
        case solverTolerance
        case heldOutExamples
        case stackPairs
        case labelsAtWeightLimit
    }
}

extension ModelManifest {
    /// A sentence for each limit of training that bit, in a fixed order.
    public var limits: [String] {
        TrainingLimits.Measure.allCases.compactMap { measure in
            guard let value = measures[measure.rawValue] else { return nil }
            let number = String(Int(value))
            switch measure {
            case .minimumDocumentFrequency:
                return "features in fewer than \(number) records were left out, as the set is large"
            case .costExamples:
                return "costs were compared on models of about \(number) records, as the set is large"
            case .solverTolerance:
                return "the linear solver stopped at a tolerance of \(value), as the set is large"
            case .heldOutExamples:
                return "\(number) records were held out to weigh the members and set the cuts, as the set is large"
            case .stackPairs:
                return "members were weighed by about \(number) pairs of record and concept, as the set is large"
            case .labelsAtWeightLimit:
                return
                    "\(number) concepts have the \(TrainingLimits.weightsPerLabel) weights that one can have; weaker "
                    + "ones were left out"
            }
        }
    }

    /// Measures of quality: those that no sentence of ``limits`` says.
    public var figures: [String: Double] {
        measures.filter { TrainingLimits.Measure(rawValue: $0.key) == nil }
    }
}
