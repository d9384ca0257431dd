import ArgumentParser
import Foundation
import SabilAnalysis
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// `sabil doctor`: what is installed, in which state, and how to mend what is wrong.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is installed, in which state, and how to mend what is wrong.",
        discussion: "Exits with 1 when something is wrong; each such line starts with ✗ and says what to do.")

    @OptionGroup var locations: LocationOptions

    func run() async throws {
        var findings = Findings()
        findings.fine("sabil \(Version.current)")
        let analyzer = Analyzer()
        findings.fine("analysis \(analyzer.fingerprint)")

        var workspace: Workspace?
        findings.check("taxonomy \(locations.taxonomy)") {
            let found = try Workspace(taxonomy: locations.taxonomy)
            let defects = try SchemeValidator().findings(directory: locations.taxonomy)
            let errors = defects.count { $0.severity == .error }
            workspace = found
            guard errors == 0 else {
                throw CommandError(.data, "\(errors) errors; `sabil taxonomy check` lists them with their places")
            }
            return [
                "\(found.scheme.concepts.count) concepts, version \(found.scheme.version), "
                    + "\(found.contentTypes.types.count) content types"
            ]
        }
        if let workspace {
            await findings.checkLater("index \(locations.index)") {
                let service = try SearchService(
                    indexPath: locations.index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes,
                    analyzer: analyzer, lanes: 1)
                return ["\(try await service.recordCount()) records"]
            }
            findings.check("model \(locations.model)") {
                let (model, change) = try ModelStore(directory: locations.model).load(
                    scheme: workspace.scheme, analyzer: analyzer)
                let trained =
                    "\(model.id), trained on \(model.manifest.exampleCount) records, "
                    + "\(model.manifest.labelCount) concepts"
                return [trained] + change.sentences.map { "since training: \($0)" }
            }
        }
        await findings.checkLater("decisions \(locations.decisions)") {
            guard FileManager.default.fileExists(atPath: locations.decisions) else {
                return ["none yet; the file is made with the first decision"]
            }
            let store = try DecisionStore(path: locations.decisions, isReadOnly: true)
            let pending = try await store.unindexed().count
            return ["\(try await store.count()) decisions, \(pending) records wait to be indexed"]
        }
        if findings.defects > 0 { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }
}

/// What the doctor found so far, told as it is found.
private struct Findings {
    private(set) var defects = 0

    func fine(_ what: String) { Console.output("✓ \(what)") }

    private func fine(_ what: String, _ sentences: [String]) {
        fine(([what] + sentences.prefix(1)).joined(separator: ": "))
        for sentence in sentences.dropFirst() { Console.output("    \(sentence)") }
    }

    mutating func wrong(_ what: String, _ error: any Error) {
        defects += 1
        Console.output("✗ \(what): \(ExitStatus.sentence(of: error))")
    }

    /// - Parameter body: the first sentence follows the name of what was looked at, each other has a line of its own.
    mutating func check(_ what: String, _ body: () throws -> [String]) {
        do {
            fine(what, try body())
        } catch {
            wrong(what, error)
        }
    }

    mutating func checkLater(_ what: String, _ body: () async throws -> [String]) async {
        do {
            fine(what, try await body())
        } catch {
            wrong(what, error)
        }
    }
}
