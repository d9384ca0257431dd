import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// What the review page of one record shows: open suggestions with their evidence, the marked text, the decisions so far.
struct ReviewSheet: Sendable {
    let values: [String: PageValue]

    /// Suggestions below this confidence are left out.
    private static let leastConfidence = 0.05
    /// Suggestions whose evidence is marked in the text.
    private static let markedSuggestions = 5
    /// Words given as reasons for a suggestion.
    private static let shownReasons = 5
    /// Reasons weaker than this share of the strongest are left out: function words, mostly.
    private static let leastShare = 0.4

    init(
        record: ResourceRecord, decisions: [Decision], decided: DecidedConcepts, suggestions: [Suggestion],
        nearest: NearestRecords, taxonomy: ConceptScheme, reader: Language, pages: PageRenderer
    ) {
        let byPerson = record.conceptsByPeople
        let open = suggestions.filter { suggestion in
            let concept = ConceptID(suggestion.label)
            return suggestion.confidence >= Self.leastConfidence && !byPerson.contains(concept)
                && decided.decision(about: concept, on: record.id) == nil
        }
        var ranges: [TextField: [Range<Int>]] = [:]
        for suggestion in open.prefix(Self.markedSuggestions) {
            for evidence in Self.reasons(for: suggestion) {
                for place in evidence.places { ranges[place.field, default: []].append(place.utf8Range) }
            }
        }
        let marked = SafeHTML.paragraphs(record.textToClassify, marking: ranges[.text] ?? [])
        let history = decisions.reversed().map { decision -> PageValue in
            var entry: [String: PageValue] = [
                "at": .text(decision.at.description),
                "when": .text(decision.at.description.prefix(16).replacing("T", with: " ") + " UTC"),
                "by": .text(decision.by), "label": .text(taxonomy.label(decision.concept, in: reader)),
                "verdict": .text(pages.string("verdict_\(decision.verdict.rawValue)", reader)),
            ]
            // An empty text keeps the template from looking for a note elsewhere.
            entry["note"] = .text(decision.note ?? "")
            return .group(entry)
        }
        values = [
            "title": .text(record.title), "record_lang": .text(record.language.rawValue),
            "record_dir": .text(SearchPage.direction(record.language)),
            "marked_title": .html(SafeHTML.marking(record.title, ranges[.title] ?? [])),
            "marked_text": .list(marked.map(PageValue.html)), "history": .list(history),
            "has_history": .flag(!history.isEmpty),
            "suggestions": .list(
                open.map { Self.entry($0, nearest: nearest, taxonomy: taxonomy, reader: reader, pages: pages) }),
        ]
    }

    private static func entry(
        _ suggestion: Suggestion, nearest: NearestRecords, taxonomy: ConceptScheme, reader: Language,
        pages: PageRenderer
    ) -> PageValue {
        let records = nearest.found[ConceptID(suggestion.label)] ?? []
        return [
            "id": .text(suggestion.label), "label": .text(taxonomy.label(ConceptID(suggestion.label), in: reader)),
            "confidence": .text(String((suggestion.confidence * 10_000).rounded() / 10_000)),
            "percent": .text(ReviewRoutes.percent(suggestion.confidence)),
            "zone": .text(pages.string(zoneKey(suggestion.zone), reader)),
            "evidence": .text(reasons(for: suggestion).map(\.term).joined(separator: " · ")),
            "has_nearest": .flag(!records.isEmpty),
            "nearest": .list(records.map { Self.nearest($0, of: nearest.work, reader: reader, pages: pages) }),
        ]
    }

    private static func nearest(
        _ record: ConfirmedRecord, of work: WorkID?, reader: Language, pages: PageRenderer
    ) -> PageValue {
        [
            "title": .text(record.title), "lang": .text(record.language.rawValue),
            "dir": .text(SearchPage.direction(record.language)),
            "address": .text("/records/\(QueryParameters.encoded(record.id.rawValue))?ui=\(reader.rawValue)"),
            "percent": .text(ReviewRoutes.percent(record.likeness)),
            "shared": .text(record.shared.prefix(shownReasons).joined(separator: " · ")),
            "version": .text(record.work == work ? pages.string("same_work", reader) : ""),
        ]
    }

    private static func zoneKey(_ zone: Zone) -> String {
        switch zone {
        case .accept: "zone_accept"
        case .ask: "zone_ask"
        case .leaveOut: "zone_leave_out"
        }
    }

    /// The strongest things that spoke for a suggestion, strongest first, each wording once.
    private static func reasons(for suggestion: Suggestion) -> [Evidence] {
        let sorted = suggestion.evidence
            .filter { $0.contribution > 0 && $0.term.unicodeScalars.count > 2 }
            .sorted { ($0.contribution, $1.term) > ($1.contribution, $0.term) }
        guard let strongest = sorted.first?.contribution else { return [] }
        var wordings: Set<String> = []
        return Array(
            sorted.filter {
                $0.contribution >= strongest * leastShare && wordings.insert($0.term.lowercased()).inserted
            }.prefix(shownReasons))
    }
}
