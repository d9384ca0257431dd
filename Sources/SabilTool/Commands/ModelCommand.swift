import ArgumentParser
import SabilClassification
import SabilEvaluation
import SabilRecords

/// `sabil model`: the trained models that are kept, and which of them is in force.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "List the trained models and choose the one in force.",
        subcommands: [List.self, Use.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the models that are kept.",
            discussion: """
                Prints a line a model, by id: id, `in force` or `kept`, records it was trained on, concepts it can suggest, \
                micro F1 on what training held back, records learnt and unlearnt since. Exits with 1 when one cannot be read.
                """)

        @OptionGroup var locations: LocationOptions

        func run() async throws {
            let store = ModelStore(directory: locations.model)
            let ids = try store.models()
            guard !ids.isEmpty else {
                throw CommandError(.unavailable, "\(locations.model) holds no model; make one with `sabil train`")
            }
            let inForce = try store.current()
            var unreadable = 0
            for id in ids {
                do throws(ModelError) {
                    let manifest = try store.manifest(of: id)
                    Console.output(Self.line(manifest, isInForce: id == inForce))
                } catch {
                    unreadable += 1
                    Console.error(error.description)
                }
            }
            if inForce == nil { Console.diagnose("none of them is in force; choose one with `sabil model use ID`") }
            if unreadable > 0 { throw ExitCode(ExitStatus.checkFailed.rawValue) }
        }

        private static func line(_ manifest: ModelManifest, isInForce: Bool) -> String {
            let learnt = manifest.learnt ?? ModelManifest.Learnt(added: 0, removed: 0)
            let measure = manifest.measures["microF1"].map { ScoreTable.decimals($0) } ?? ""
            return [
                manifest.id.rawValue, isInForce ? "in force" : "kept", "\(manifest.exampleCount)",
                "\(manifest.labelCount)", measure, "\(learnt.added)", "\(learnt.removed)",
            ].joined(separator: "\t")
        }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a model that is kept in force.",
            discussion: """
                A model trained or taught with --candidate is kept and not used; one that another took the place of is kept \
                too. It is read whole first: one that this build or this taxonomy cannot use leaves things as they are. A \
                running daemon takes it up by itself.

                  sabil model use 3f0c5e9d2a417b68
                """)

        @Argument(help: "Its id, as `sabil model list` has it.")
        var id: String

        @OptionGroup var locations: LocationOptions

        func run() async throws {
            let workspace = try Workspace(taxonomy: locations.taxonomy)
            let store = ModelStore(directory: locations.model)
            let (model, change) = try store.load(ModelID(id), scheme: workspace.scheme)
            for sentence in change.sentences { Console.diagnose("the taxonomy changed since training: \(sentence)") }
            // A pointer that cannot be read is what this mends.
            let before = (try? store.current()) ?? nil
            try store.promote(model.id)
            let after = before.map { $0 == model.id ? " as before" : "; \($0) is kept" } ?? ""
            Console.diagnose("\(model.id) is in force\(after)")
        }
    }
}
