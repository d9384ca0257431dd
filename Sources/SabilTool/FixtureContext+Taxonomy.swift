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

    /// The language that a record's title, abstract and body seem to be in, and the words of its abstract and body.
    func facts(of record: ResourceRecord, language: Language) throws -> TextFacts {
        let text = [record.title, record.abstract, record.body].joined(separator: "\n\n")
        return TextFacts(
            language: session.detect(text, declared: nil).language,
            abstractWords: try session.tokens(in: record.abstract, language: language).count,
            bodyWords: try session.tokens(in: record.body, language: language).count)
    }
}
