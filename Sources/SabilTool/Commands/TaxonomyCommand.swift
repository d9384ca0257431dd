import ArgumentParser
import Foundation
import SabilRecords
import SabilTaxonomy

/// `sabil taxonomy`: check it, look at it.
struct TaxonomyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "taxonomy",
        abstract: "Check the taxonomy and look at its concepts.",
        subcommands: [Check.self, Show.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Report cycles, orphans, missing or clashing labels, undeclared regions.",
            discussion: """
                Prints a line a finding, errors first, each with file, line and remedy. Exits with 1 when there is an error, \
                with 65 when a file cannot be read as Turtle (the message has line and column).
                """)

        @Option(help: "Folder of the taxonomy, or one Turtle file.")
        var taxonomy = "taxonomy"

        func run() async throws {
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: taxonomy, isDirectory: &isDirectory)
            let validator = SchemeValidator()
            let findings =
                exists && !isDirectory.boolValue
                ? try validator.findings(turtle: taxonomy) : try validator.findings(directory: taxonomy)
            for finding in findings { Console.output(finding.description) }
            let errors = findings.count { $0.severity == .error }
            let verdict = "\(Counted(errors, "error")), \(Counted(findings.count - errors, "warning"))"
            if errors > 0 {
                // With errors it may not load, and the findings say more than why.
                Console.output("\(taxonomy): \(verdict)")
                throw ExitCode(ExitStatus.checkFailed.rawValue)
            }
            let scheme =
                exists && !isDirectory.boolValue
                ? try ConceptScheme.load(turtle: taxonomy) : try ConceptScheme.load(directory: taxonomy)
            guard !scheme.concepts.isEmpty else { throw CommandError(.data, "\(taxonomy) holds no concept") }
            Console.output(
                "\(Counted(scheme.concepts.count, "concept")) in \(Counted(scheme.facets.count, "scheme")), "
                    + "\(Counted(scheme.labels.count, "label")): \(verdict)")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a concept, or the tree of a facet.",
            discussion: """
                  sabil taxonomy show                      the facets
                  sabil taxonomy show programme            the tree of a facet
                  sabil taxonomy show cash-transfers       a concept, by local name, notation, number or URI
                """)

        @Argument(help: "A facet or a concept.")
        var name: String?

        @Option(help: "Folder of the taxonomy.")
        var taxonomy = "taxonomy"

        @Option(help: "Language of the labels: en, fr, es or ar.")
        var language = "en"

        func run() async throws {
            guard let language = Language(bcp47: language), language != .undetermined else {
                throw ValidationError("--language must be en, fr, es or ar.")
            }
            let scheme = try ConceptScheme.load(directory: taxonomy)
            guard let name else {
                for facet in scheme.facets {
                    let count = scheme.concepts(inFacet: facet.id).count
                    Console.output("\(facet.id)\t\(facet.labels[language] ?? facet.id)\t\(Counted(count, "concept"))")
                }
                return
            }
            if scheme.facets.contains(where: { $0.id == name }) {
                for top in scheme.topConcepts(ofFacet: name) { printTree(top, scheme, language, depth: 0) }
                return
            }
            let number = UInt32(name).map { ConceptNumber($0) }
            guard
                let concept = scheme.concept(ConceptID(name)) ?? scheme.concept(uri: name)
                    ?? scheme.concept(notation: name) ?? number.flatMap({ scheme.concept(number: $0) })
                    ?? scheme.country(code: name)
            else {
                throw CommandError(
                    .data, "there is no concept or facet '\(name)'; `sabil taxonomy show` lists the facets")
            }
            printConcept(concept, scheme)
        }

        private func printTree(_ concept: Concept, _ scheme: ConceptScheme, _ language: Language, depth: Int) {
            let indent = String(repeating: "  ", count: depth)
            Console.output("\(indent)\(concept.id)\t\(scheme.label(concept.id, in: language))")
            for finer in concept.narrower where scheme.facet(of: finer) == concept.facet {
                if let child = scheme.concept(finer) { printTree(child, scheme, language, depth: depth + 1) }
            }
        }

        private func printConcept(_ concept: Concept, _ scheme: ConceptScheme) {
            func line(_ name: String, _ value: String) {
                if !value.isEmpty { Console.output("\(name)\t\(value)") }
            }
            func list(_ ids: [ConceptID]) -> String { ids.map(\.rawValue).joined(separator: ", ") }
            line("id", concept.id.rawValue)
            line("uri", concept.uri)
            line("number", concept.number.description)
            line("notation", concept.notation ?? "")
            line("facet", concept.facet ?? "")
            for language in Language.known {
                line("label \(language.rawValue)", concept.prefLabels[language] ?? "")
                line("also \(language.rawValue)", (concept.altLabels[language] ?? []).joined(separator: " | "))
                line("matches \(language.rawValue)", (concept.hiddenLabels[language] ?? []).joined(separator: " | "))
            }
            line("broader", list(concept.broader))
            line("narrower", list(concept.narrower))
            line("related", list(concept.related))
            line("regions", list(concept.regions))
            line("countries", list(concept.countries))
            line("categories", list(concept.categories))
            for language in Language.known { line("note \(language.rawValue)", concept.scopeNotes[language] ?? "") }
            if concept.isDeprecated { line("retired", concept.replacedBy.map { "see \($0)" } ?? "without successor") }
        }
    }
}
