import SabilClassification
import SabilRecords
import SabilSearch
import SabilTaxonomy

/// What a caller wants of suggestions beside the text: how many, within which rules, told about what, zones for which precision.
struct SuggestionWishes: Sendable {
    static let names = ["limit", "rules", "about", "precision", "least_confidence", "nearest"]
    /// Concepts to be told about at most.
    static let maximumAbout = 20

    var limit: Int?
    var rules: SuggestionRules?
    var about: [String] = []
    var zones = ZoneSetting()
    /// Nearest confirmed records wanted of each suggestion; 0 = none are looked for.
    var nearest = ConfirmedRequest.usualLimit

    init(_ parameters: QueryParameters) throws(Problem) {
        limit = try parameters.whole("limit", from: 1, to: SuggestionRoutes.maximumLimit)
        nearest = try parameters.whole("nearest", from: 0, to: ConfirmedRequest.maximumLimit) ?? nearest
        if let text = parameters["rules"] {
            do throws(ModelError) {
                rules = try SuggestionRules(text)
            } catch {
                throw QueryParameters.refusal("rules", text, error.message)
            }
        }
        if let text = parameters["about"] {
            about = text.split(separator: ",").map(String.init)
            guard about.count <= Self.maximumAbout else {
                throw QueryParameters.refusal("about", text, "name at most \(Self.maximumAbout) concepts at once.")
            }
        }
        for name in ["precision", "least_confidence"] {
            guard let text = parameters[name] else { continue }
            guard let number = Double(text) else {
                throw QueryParameters.refusal(name, text, "write a number from 0 to 1, such as 0.95.")
            }
            if name == "precision" { zones.wantedPrecision = number } else { zones.leastConfidence = number }
            if let defect = zones.defect { throw QueryParameters.refusal(name, text, defect) }
        }
    }

    func request(for text: SuggestionText) -> SuggestionRequest {
        var request = SuggestionRequest(
            title: text.title, text: text.text, language: text.language,
            limit: limit ?? text.limit ?? SuggestionRoutes.usualLimit)
        request.zones = zones
        request.about = about
        return request
    }

    /// Fits rules and names to the labels of a model.
    /// - Throws: `Problem.invalidParameter` for names that nothing bears.
    func adjust(_ request: inout SuggestionRequest, to labels: [String], taxonomy: ConceptScheme) throws(Problem) {
        request.about = about.map { name in
            (taxonomy.concept(uri: name) ?? taxonomy.concept(notation: name))?.id.rawValue ?? name
        }
        guard let rules else { return }
        do throws(ModelError) {
            request.allowed = try rules.allowed(among: labels, scheme: taxonomy)
        } catch {
            throw QueryParameters.refusal("rules", rules.description, error.message)
        }
    }
}
