import ArgumentParser
import SabilEvaluation

extension FixturesCommand {
    /// `sabil fixtures check`: what the fixtures hold, and whether they keep what they promise.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count what the judged fixtures hold and check what they promise.",
            discussion: """
                Prints tables of records, labels, noise, queries, judgements, splits and the agreement of two readers, then a \
                line a finding: file and line, what is wrong, what to do. Exits with 1 when there is a finding, \
                with 65 when a file cannot be read as what it is.
                """)

        @Option(help: "Folder of the fixtures.")
        var fixtures = "corpus-fixtures"

        @Option(help: "Folder of the taxonomy.")
        var taxonomy = "taxonomy"

        @Flag(help: "Print the findings only.")
        var quiet = false

        func run() async throws {
            let context = FixtureContext(try Workspace(taxonomy: taxonomy))
            let folder = fixtures
            let reading = try await BlockingWork.run {
                let collection = try FixtureCollection.read(folder, vocabulary: context.vocabulary)
                let texts = TextReader()
                return try FixtureCheck(collection, context: context, facts: texts.facts(of:language:))
            }
            if !quiet {
                for table in reading.tables() {
                    Console.output("")
                    table.description.split(separator: "\n", omittingEmptySubsequences: false)
                        .forEach { Console.output(String($0)) }
                }
                Console.output("")
            }
            let findings = reading.findings()
            for finding in findings { Console.output("\(fixtures)/\(finding)") }
            guard findings.isEmpty else {
                throw CommandError(
                    .checkFailed, "checking fixtures: \(Counted(findings.count, "finding")) in \(fixtures)")
            }
            Console.output("\(fixtures): no findings")
        }
    }
}
