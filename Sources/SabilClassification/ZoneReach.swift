import Glibc
import SabilRecords

/// What a setting of the zones came to on labelled documents that the model had not learnt from.
public struct ZoneReach: Sendable, Hashable, Codable {
    public var setting: ZoneSetting
    public var documents = 0
    /// Suggestions that the machine assigns, and those of them that are right.
    public var accepted = 0
    public var acceptedRight = 0
    /// Suggestions that a person is asked about, and those of them that are right.
    public var asked = 0
    public var askedRight = 0
    /// Labels that are right.
    public var right = 0

    public init(setting: ZoneSetting) { self.setting = setting }

    /// Share of the assigned that is right; `nil` when nothing is assigned.
    public var reachedPrecision: Double? { accepted > 0 ? Double(acceptedRight) / Double(accepted) : nil }

    /// Wilson's 95 % interval of ``reachedPrecision``, which takes suggestions as independent; 0…1 when nothing is assigned.
    public var interval: ClosedRange<Double> {
        guard accepted > 0 else { return 0...1 }
        let z = 1.959963984540054
        let n = Double(accepted)
        let share = Double(acceptedRight) / n
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }

    /// Counts one document.
    mutating func add(_ suggestions: [Suggestion], labels: Set<String>) {
        documents += 1
        right += labels.count
        for suggestion in suggestions {
            let isRight = labels.contains(suggestion.label)
            switch suggestion.zone {
            case .accept:
                accepted += 1
                if isRight { acceptedRight += 1 }
            case .ask:
                asked += 1
                if isRight { askedRight += 1 }
            case .leaveOut: break
            }
        }
    }

    public static let columns = [
        "wanted", "group", "documents", "assigned", "reached", "low", "high", "asked", "right of asked",
        "found by machine", "found by people",
    ]

    /// The values with tabs between, in the order of ``columns``; a share of nothing is `-`.
    public func line(group: String) -> String {
        func share(_ part: Int, of whole: Int) -> String {
            whole > 0 ? Self.decimals(Double(part) / Double(whole)) : "-"
        }
        let bounds = accepted > 0 ? [interval.lowerBound, interval.upperBound].map(Self.decimals) : ["-", "-"]
        return
            ([
                "\(setting.wantedPrecision)", group, String(documents), String(accepted),
                share(acceptedRight, of: accepted),
            ] + bounds
            + [
                String(asked), share(askedRight, of: asked), share(acceptedRight, of: right),
                share(askedRight, of: right),
            ]).joined(separator: "\t")
    }

    private static func decimals(_ number: Double) -> String {
        let thousandths = String(Int((number * 1_000).rounded()))
        let padded = String(repeating: "0", count: max(0, 4 - thousandths.count)) + thousandths
        return padded.dropLast(3) + "." + padded.suffix(3)
    }
}

extension ConceptClassifier {
    /// What a setting of the zones comes to on labelled documents, for all of them and for each language.
    ///
    /// Call it off the cooperative pool. The documents must be none that the model has learnt from: of those it knows too much.
    /// - Returns: under `all`, then under the languages' codes, sorted.
    public func reach(
        of setting: ZoneSetting, on documents: [TrainingExample]
    ) throws(ModelError) -> [(group: String, reach: ZoneReach)] {
        let suggested = try suggestions(for: documents, limit: 0, zones: setting)
        var all = ZoneReach(setting: setting)
        var byLanguage: [String: ZoneReach] = [:]
        for (document, suggestions) in zip(documents, suggested) {
            let labels = Set(document.labels)
            all.add(suggestions, labels: labels)
            byLanguage[document.language.rawValue, default: ZoneReach(setting: setting)].add(
                suggestions, labels: labels)
        }
        return [("all", all)] + byLanguage.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
