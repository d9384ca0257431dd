import SabilRecords
import SabilSearch
import SabilTaxonomy

/// What an answer says beside its hits, as JSON.
enum DiscoveryAnswers {
    struct Definition: Encodable {
        var term: String
        var text: String
        var language: String
        /// `rtl` or `ltr`.
        var dir: String
        /// The glossary record that says it.
        var record: String?
        /// The concept whose scope note it is.
        var concept: String?

        init(_ definition: SabilSearch.Definition) {
            term = definition.term
            text = definition.text
            language = definition.language.rawValue
            dir = definition.language.isRightToLeft ? "rtl" : "ltr"
            switch definition.source {
            case .record(let id): record = id.rawValue
            case .concept(let id): concept = id.rawValue
            }
        }
    }

    struct Related: Encodable {
        /// Best hits that were looked at.
        var sample: Int
        var concepts: [Concept]

        struct Concept: Encodable {
            var id: String
            var label: String
            var relation: String
            /// Of the hits looked at, those that have it.
            var hits: Int
            /// Of all records.
            var records: Int
        }

        init(_ page: FacetedPage) {
            sample = page.relatedConceptHits
            concepts = page.relatedConcepts.map {
                Concept(
                    id: $0.id.rawValue, label: $0.label, relation: $0.relation.rawValue, hits: $0.hits,
                    records: $0.records)
            }
        }
    }

    struct Relaxation: Encodable {
        /// What is given up.
        var steps: [String]
        /// The query without it.
        var query: String
        var dropsFilters: Bool
        var found: SearchAnswer.Found

        init(_ relaxation: SabilSearch.Relaxation) {
            steps = relaxation.steps.map(\.rawValue)
            query = relaxation.text
            dropsFilters = relaxation.dropsFilters
            found = SearchAnswer.Found(relaxation.total)
        }
    }
}

/// Completions as JSON.
struct CompletionAnswer: Encodable {
    struct Entry: Encodable {
        var text: String
        var kind: String
        var language: String
        /// `rtl`, `ltr`, or `auto` where the language is not known.
        var dir: String
        var id: String?
        var label: String?
    }
    var query: String
    var completions: [Entry]
    /// More titles hold what was typed than were looked at.
    var looksAtSomeTitles: Bool
    var elapsedMs: Double

    init(_ page: CompletionPage, of request: CompletionRequest) {
        query = request.text
        completions = page.completions.map {
            Entry(
                text: $0.text, kind: $0.kind.rawValue, language: $0.language.rawValue,
                dir: SearchPage.direction($0.language), id: $0.id, label: $0.label)
        }
        looksAtSomeTitles = page.looksAtSomeTitles
        elapsedMs = Double(page.elapsed / .microseconds(1)) / 1000
    }
}

/// Similar records as JSON.
struct SimilarAnswer: Encodable {
    var record: String
    /// What was looked for, weightiest first.
    var terms: [String]
    var hits: [HitAnswer]
    var revision: UInt64
    var timedOut: Bool

    init(_ page: SimilarPage, of id: RecordID, reader: Language, taxonomy: ConceptScheme) {
        record = id.rawValue
        terms = page.terms
        hits = page.hits.map { HitAnswer($0, reader: reader, taxonomy: taxonomy) }
        revision = page.revision
        timedOut = page.timedOut
    }
}
