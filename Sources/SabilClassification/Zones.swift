/// What becomes of a suggestion.
public enum Zone: String, Sendable, Hashable, Codable, CaseIterable {
    /// Right often enough to be assigned by the machine; never for a text of fewer than five words or in a language without
    /// examples, of which held-out texts say nothing.
    case accept
    /// A person should look at it.
    case ask
    /// Too seldom right to be worth a person's time.
    case leaveOut
}

/// What the zones are set by.
public struct ZoneSetting: Sendable, Hashable, Codable {
    /// Share of the suggestions assigned by the machine that shall be right, above 0 and below 1.
    public var wantedPrecision: Double
    /// Confidence from which on a suggestion is worth a person's time, 0…1.
    public var leastConfidence: Double

    public init(wantedPrecision: Double = 0.95, leastConfidence: Double = 0.1) {
        self.wantedPrecision = wantedPrecision
        self.leastConfidence = leastConfidence
    }

    /// Why the setting cannot be used; `nil` if it can.
    public var defect: String? {
        if !(wantedPrecision > 0 && wantedPrecision < 1) {
            return "The wanted precision must be above 0 and below 1, it is \(wantedPrecision)."
        }
        if !(0...1 ~= leastConfidence) { return "The least confidence must be from 0 to 1, it is \(leastConfidence)." }
        return nil
    }
}

/// The scores where a model's zones begin, per label.
struct ZoneCuts: Sendable, Equatable {
    /// Per label: from here on the machine assigns; +∞ where held-out scores do not show that it may.
    let accept: [Double]
    let setting: ZoneSetting

    /// Held-out suggestions of a label that must stand behind its cut, and how many imagined ones of all labels are mixed in.
    static let leastSuggestions = 5
    static let shrinkage = 10.0

    /// The lowest scores from which on the wanted share was right on held-out documents.
    ///
    /// The share of a label's n suggestions above a score is drawn to that of all labels above it: n of n + 10 parts are its
    /// own. A label with fewer than 5 suggestions above its cut is never assigned by the machine: that it may be was not seen.
    /// - Parameter half: only pairs of this half of the works; `nil` = all.
    /// - Complexity: O(p log p), p = pairs.
    init(_ held: HeldOutScores, setting: ZoneSetting, half: UInt8? = nil) {
        self.setting = setting
        var all: [HeldOutScores.Pair] = []
        for pairs in held.byLabel { all += half.map { half in pairs.filter { $0.half == half } } ?? pairs }
        all.sort { $0.raw > $1.raw }
        var scores: [Float] = []
        var shares: [Double] = []
        var right = 0
        for (rank, pair) in all.enumerated() {
            if pair.fits { right += 1 }
            if rank + 1 < all.count, all[rank + 1].raw == pair.raw { continue }
            scores.append(pair.raw)
            shares.append(Double(right) / Double(rank + 1))
        }
        accept = held.byLabel.map { pairs in
            var cut = Double.infinity
            var right = 0.0
            var count = 0.0
            var place = 0
            let own = half.map { half in pairs.filter { $0.half == half } } ?? pairs
            for (rank, pair) in own.enumerated() {
                count += 1
                if pair.fits { right += 1 }
                if rank + 1 < own.count, own[rank + 1].raw == pair.raw { continue }
                while place + 1 < scores.count, scores[place] > pair.raw { place += 1 }
                guard rank + 1 >= Self.leastSuggestions else { continue }
                let share = (right + Self.shrinkage * shares[place]) / (count + Self.shrinkage)
                if share >= setting.wantedPrecision { cut = Double(pair.raw) }
            }
            return cut
        }
    }

    func zone(raw: Double, confidence: Double, label: Int32) -> Zone {
        if raw >= accept[Int(label)] { return .accept }
        return confidence >= setting.leastConfidence ? .ask : .leaveOut
    }
}

/// What a setting of the zones means for curators, as found on documents that the cuts were not set on.
public struct ZoneForecast: Sendable, Hashable, Codable {
    public var setting: ZoneSetting
    /// Held-out documents the forecast is made from.
    public var documents: Int
    /// Labels the machine may assign on its own at all.
    public var labelsAccepted: Int
    /// Suggestions per 100 documents that the machine assigns, and the share of them that is right (`nil`: there are none).
    public var acceptedPer100: Double
    public var acceptedPrecision: Double?
    /// Suggestions per 100 documents that a person is asked about, and the share of them that is right (`nil`: there are none).
    public var askedPer100: Double
    public var askedPrecision: Double?
    /// Shares of the right labels: assigned, asked about, left out; they add up to 1 (all 0 when no label fits anything).
    public var rightAccepted: Double
    public var rightAsked: Double
    public var rightLeftOut: Double
    /// Minutes a person needs for 100 documents.
    public var minutesPer100: Double

    /// Seconds for one look at one suggestion, unless the caller knows better: an assumption, not a measurement.
    public static let usualSecondsPerSuggestion = 8.0
}

extension ConceptClassifier {
    /// What a setting of the zones would cost and give; `nil` when training held nothing back (too few documents).
    ///
    /// Cuts are set on one half of the works and measured on the other, and the other way round.
    /// - Parameter seconds: what a person needs for one suggestion.
    public func forecast(
        _ setting: ZoneSetting, secondsPerSuggestion seconds: Double = ZoneForecast.usualSecondsPerSuggestion
    ) -> ZoneForecast? {
        let held = content.heldOut
        let documents = held.documents.reduce(0, +)
        guard documents > 0 else { return nil }
        var found: [Zone: (all: Double, right: Double)] = [:]
        for half in [UInt8(0), 1] {
            let cuts = ZoneCuts(held, setting: setting, half: 1 - half)
            for (label, pairs) in held.byLabel.enumerated() {
                for pair in pairs where pair.half == half {
                    let raw = Double(pair.raw)
                    let zone = cuts.zone(
                        raw: raw, confidence: content.calibration.confidence(raw), label: Int32(label))
                    found[zone, default: (0, 0)].all += 1
                    if pair.fits { found[zone, default: (0, 0)].right += 1 }
                }
            }
        }
        let accepted = found[.accept] ?? (0, 0)
        let asked = found[.ask] ?? (0, 0)
        let left = (found[.leaveOut]?.right ?? 0) + Double(held.missed.reduce(0, +))
        let right = max(1, accepted.right + asked.right + left)
        let per100 = 100 / Double(documents)
        return ZoneForecast(
            setting: setting, documents: documents,
            labelsAccepted: zoneCuts(setting).accept.count { $0.isFinite }, acceptedPer100: accepted.all * per100,
            acceptedPrecision: accepted.all > 0 ? accepted.right / accepted.all : nil,
            askedPer100: asked.all * per100, askedPrecision: asked.all > 0 ? asked.right / asked.all : nil,
            rightAccepted: accepted.right / right, rightAsked: asked.right / right, rightLeftOut: left / right,
            minutesPer100: asked.all * per100 * seconds / 60)
    }
}
