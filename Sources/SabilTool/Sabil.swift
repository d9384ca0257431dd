import ArgumentParser
import SabilRecords

/// The command `sabil`.
@main
struct Sabil: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sabil",
        abstract: "Full-text search and automatic classification for multilingual knowledge platforms.",
        discussion: """
            A first session, from the project's folder:

              sabil index corpus-fixtures/records/??.jsonl    validate and index records
              sabil train corpus-fixtures/records/??.jsonl    train the classifier on their concepts
              sabil search 'social protection for informal workers'
              sabil suggest --text 'Une allocation mensuelle pour les enfants des ménages pauvres'
              sabil analyze --lang fr 'l’emploi des jeunes'   which words a text is found by, step by step
              sabil serve                                     the same over HTTP, with pages

            Exit codes: 0 done, 1 a check failed, 64 wrong use, 65 bad data, 69 something needed is not available,
            70 a defect of Sabil, 74 reading or writing failed.
            """,
        version: Version.current,
        subcommands: [
            IndexCommand.self, DeleteCommand.self, SearchCommand.self, CompleteCommand.self, DiffCommand.self,
            TrainCommand.self, LearnCommand.self, UnlearnCommand.self, ModelCommand.self, OptimizeCommand.self,
            SuggestCommand.self, RelabelCommand.self, AnnifCommand.self,
            TaxonomyCommand.self, ServeCommand.self, EvalCommand.self, FixturesCommand.self,
            AnalyzeCommand.self, DoctorCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try Console.requireAllWritten()
        } catch {
            if let status = ExitStatus(of: error) {
                Console.error(ExitStatus.sentence(of: error))
                exit(withCode: status)
            }
            // What the argument parser throws brings its own status; of the rest nothing is known.
            if !(error is ExitCode), exitCode(for: error) == .failure {
                Console.error("\(error)")
                exit(withCode: .internalError)
            }
            exit(withError: error)
        }
    }

    private static func exit(withCode status: ExitStatus) -> Never {
        exit(withError: ExitCode(status.rawValue))
    }
}
