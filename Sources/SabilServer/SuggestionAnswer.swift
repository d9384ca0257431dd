package import SabilClassification
package import SabilRecords
package import SabilSearch
import SabilTaxonomy

/// Records that people gave the suggested concepts, nearest to the text.
package struct NearestRecords: Sendable {
    package var found: [ConceptID: [ConfirmedRecord]] = [:]
    /// The work that the text is of, if it is one.
    package var work: WorkID?
    /// Why none were looked for, in a sentence.
    package var unavailable: String?

    package init(work: WorkID? = nil) { self.work = work }

    /// What is to be looked for, for suggestions and what was asked about.
    package static func request(
        for list: SuggestionList, title: String, text: String, language: Language, record: RecordID?, limit: Int,
        reader: Language, visibility: Set<Visibility>
    ) -> ConfirmedRequest {
        var request = ConfirmedRequest(
            title: title, text: text, language: language,
            concepts: (list.suggestions + list.about).map { ConceptID($0.label) }, except: record)
        request.limit = limit
        request.readerLanguage = reader
        request.visibility = visibility
        return request
    }
}

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
        /// Records most like the text among those that people gave the concept; empty where none is like it.
        var nearest: [Nearest]?

        init(_ suggestion: Suggestion, nearest: NearestRecords?, reader: Language, taxonomy: ConceptScheme) {
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
            self.nearest = nearest.map { nearest in (nearest.found[concept] ?? []).map { Nearest($0, of: nearest.work) }
            }
        }
    }
    struct Nearest: Encodable {
        var id: String
        var title: String
        var language: String
        var likeness: Double
        var shared: [String]
        /// Whether it is a version of the work that was asked about.
        var translation: Bool

        init(_ record: ConfirmedRecord, of work: WorkID?) {
            id = record.id.rawValue
            title = record.title
            language = record.language.rawValue
            likeness = (record.likeness * 1_000).rounded() / 1_000
            shared = record.shared
            translation = record.work == work
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
        model: String, language: String, list: SuggestionList, nearest: NearestRecords?, zones: ZoneSetting,
        newerShare: Double, warnings: [Problem.Defect] = [], limit: Int, reader: Language, taxonomy: ConceptScheme
    ) {
        func entries(_ suggestions: [Suggestion]) -> [Entry] {
            suggestions.map { Entry($0, nearest: nearest, reader: reader, taxonomy: taxonomy) }
        }
        self.model = model
        self.language = language
        suggestions = entries(list.suggestions)
        about = list.about.isEmpty ? nil : entries(list.about)
        unknown = list.unknown.isEmpty ? nil : list.unknown
        var notes = list.notes.map { Note(code: $0.rawValue, message: $0.sentence) }
        if let reason = nearest?.unavailable { notes.append(Note(code: "nearest-unavailable", message: reason)) }
        self.notes = notes.isEmpty ? nil : notes
        self.zones = Zones(precision: zones.wantedPrecision, leastConfidence: zones.leastConfidence)
        self.newerShare = newerShare
        self.warnings = warnings.isEmpty ? nil : warnings
        limits = Limits(limit: limit)
    }
}
