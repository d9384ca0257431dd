import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords
import SabilTaxonomy

extension FixtureContext {
    /// The names of a taxonomy that the fixtures are checked against.
    init(_ workspace: Workspace) {
        let scheme = workspace.scheme
        func facet(_ id: String, _ place: FixtureContext.Facet.Place) -> FixtureContext.Facet {
            FixtureContext.Facet(id: id, place: place, concepts: scheme.concepts(inFacet: id).map(\.id))
        }
        let subjects = SabilTaxonomy.Facet.subjects.map { facet($0, .concepts) }
        let programmes = scheme.concepts(inFacet: SabilTaxonomy.Facet.namedProgramme).map { programme in
            let names = Language.allCases.flatMap { language in
                [programme.prefLabels[language]].compactMap { $0 } + (programme.altLabels[language] ?? [])
            }
            return NamedProgramme(
                id: programme.id.rawValue, names: names, countries: programme.countries.map(\.rawValue))
        }
        self.init(
            vocabulary: workspace.vocabulary,
            facets: subjects + [
                facet(SabilTaxonomy.Facet.population, .populationGroups), facet(SabilTaxonomy.Facet.region, .regions),
            ],
            programmes: programmes)
    }
}

extension FixtureCollection {
    /// Reads the folder that a command names.
    static func read(_ folder: String, vocabulary: RecordVocabulary) throws(CommandError) -> FixtureCollection {
        guard FileManager.default.fileExists(atPath: folder + "/records") else {
            throw CommandError(
                .inputOutput, "reading fixtures: \(folder) has no folder records; name the fixtures with --fixtures")
        }
        return FixtureCollection(folder: folder, vocabulary: vocabulary)
    }
}

/// Reads texts with the analyzer; for one thread.
final class TextReader {
    private var session = Analyzer().makeSession()

    /// Languages and lengths of a record's texts; words are the analyzer's tokens.
    func facts(of record: ResourceRecord, language: Language) throws -> TextFacts {
        try TextFacts(
            record, language: language,
            detect: { text in
                let guess = session.detect(text, declared: nil)
                return TextFacts.Guess(guess.language, confidence: guess.confidence)
            },
            countWords: { text in try session.tokens(in: text, language: language).count })
    }
}
