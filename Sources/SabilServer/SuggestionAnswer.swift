import SabilClassification
import SabilRecords
import SabilTaxonomy

/// Suggestions as JSON.
struct SuggestionAnswer: Encodable {
    struct Entry: Encodable {
        var concept: String
        var label: String
        var labels: [String: String]
        var confidence: Double
        var rawScore: Double
        var selected: Bool
        /// `accept`, `ask` or `leave-out`.
        var zone: String
        /// Place among the concepts that may be suggested; none when a rule keeps it out or nothing proposed it.
        var rank: Int?
        var impliedBy: String?
        var evidence: [Evidence]
        var members: [MemberScore]

        init(_ suggestion: Suggestion, reader: Language, taxonomy: ConceptScheme) {
            let concept = ConceptID(suggestion.label)
            self.concept = suggestion.label
            label = taxonomy.label(concept, in: reader)
            labels = Dictionary(
                (taxonomy.concept(concept)?.prefLabels ?? [:]).map { ($0.key.rawValue, $0.value) },
                uniquingKeysWith: { first, _ in first })
            confidence = suggestion.confidence
            rawScore = suggestion.rawScore
            selected = suggestion.isSelected
            zone = suggestion.zone == .leaveOut ? "leave-out" : suggestion.zone.rawValue
            rank = suggestion.rank
            impliedBy = suggestion.impliedBy
            evidence = suggestion.evidence
            members = suggestion.members
        }
    }
    struct Note: Encodable {
        var code: String
        var message: String
    }
    struct Zones: Encodable {
        var precision: Double
        var leastConfidence: Double
    }
    struct Limits: Encodable {
        var limit: Int
    }

    var model: String
    /// As given; `und` leaves it to the model.
    var language: String
    /// Best first.
    var suggestions: [Entry]
    /// The concepts asked about, wherever they stand.
    var about: [Entry]?
    /// Concepts asked about that the model does not know.
    var unknown: [String]?
    /// Why little trust is due, or none.
    var notes: [Note]?
    var zones: Zones
    /// Changes learnt since training per example, of which the linear member knows nothing.
    var newerShare: Double
    /// What was left out of the record.
    var warnings: [Problem.Defect]?
    var limits: Limits

    init(
        model: String, language: String, list: SuggestionList, zones: ZoneSetting, newerShare: Double,
        warnings: [Problem.Defect] = [], limit: Int, reader: Language, taxonomy: ConceptScheme
    ) {
        self.model = model
        self.language = language
        suggestions = list.suggestions.map { Entry($0, reader: reader, taxonomy: taxonomy) }
        about = list.about.isEmpty ? nil : list.about.map { Entry($0, reader: reader, taxonomy: taxonomy) }
        unknown = list.unknown.isEmpty ? nil : list.unknown
        notes = list.notes.isEmpty ? nil : list.notes.map { Note(code: $0.rawValue, message: $0.sentence) }
        self.zones = Zones(precision: zones.wantedPrecision, leastConfidence: zones.leastConfidence)
        self.newerShare = newerShare
        self.warnings = warnings.isEmpty ? nil : warnings
        limits = Limits(limit: limit)
    }
}
