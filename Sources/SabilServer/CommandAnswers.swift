import NIOCore
package import SabilAnalysis
package import SabilClassification
package import SabilRecords
package import SabilSearch
package import SabilTaxonomy

/// The JSON of the API for the command line, so that both give the same keys.
package enum CommandAnswers {
    /// The page as `GET /v1/search` gives it.
    package static func page(_ page: FacetedPage, of request: SearchRequest, taxonomy: ConceptScheme) -> [UInt8] {
        var query = SearchQuery()
        query.text = request.text
        query.perPage = request.limit
        query.collapse = request.collapsesTranslations
        query.page = request.limit > 0 ? request.offset / request.limit + 1 : 1
        let answer = SearchAnswer(
            page, of: query, facets: request.facets, reader: request.readerLanguage, taxonomy: taxonomy)
        return Array(buffer: JSONAnswer.buffer(answer))
    }

    /// The completions as `GET /v1/autocomplete` gives them.
    package static func completions(_ page: CompletionPage, of request: CompletionRequest) -> [UInt8] {
        Array(buffer: JSONAnswer.buffer(CompletionAnswer(page, of: request)))
    }

    /// The suggestions as `POST /v1/suggest` gives them, with the record's id before them.
    package static func suggestions(
        _ list: SuggestionList, nearest: NearestRecords?, record: RecordID?, language: Language,
        model: ConceptClassifier, zones: ZoneSetting, limit: Int, taxonomy: ConceptScheme
    ) -> [UInt8] {
        let answer = RecordSuggestions(
            record: record?.rawValue,
            answer: SuggestionAnswer(
                model: model.id.rawValue, language: language.rawValue, list: list, nearest: nearest,
                zones: zones, newerShare: model.newerShare, limit: limit, reader: .english, taxonomy: taxonomy))
        return Array(buffer: JSONAnswer.buffer(answer))
    }

    /// The analysis of a text as `GET /v1/analyze` gives it.
    package static func analysis(
        of text: String, declared: Language?, analyzer: Analyzer
    ) throws(AnalysisError) -> [UInt8] {
        Array(buffer: JSONAnswer.buffer(try AnalysisAnswer(text, declared: declared, analyzer: analyzer)))
    }

    private struct RecordSuggestions: Encodable {
        let record: String?
        let answer: SuggestionAnswer

        enum CodingKeys: String, CodingKey { case record }

        func encode(to encoder: any Encoder) throws {
            try answer.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(record, forKey: .record)
        }
    }
}
