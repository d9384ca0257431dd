import ArgumentParser
import Foundation
import SabilEvaluation

extension FixturesCommand {
    /// `sabil fixtures split`: the table that divides the labelled records into train, dev and test.
    struct Split: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Divide the labelled fixtures into train, dev and test, by date and by subject.",
            discussion: """
                Prints the table, or writes it to labels/splits.tsv in the folder of the fixtures. The same records give the \
                same table. How the parts are made is in labels/README.md.

                  sabil fixtures split --write && scripts/check-manifest.sh --write
                """)

        @Option(help: "Folder of the fixtures.")
        var fixtures = "corpus-fixtures"

        @Option(help: "Folder of the taxonomy.")
        var taxonomy = "taxonomy"

        @Flag(help: "Write labels/splits.tsv instead of printing.")
        var write = false

        func run() async throws {
            let context = FixtureContext(try Workspace(taxonomy: taxonomy))
            let folder = fixtures
            let collection = try await BlockingWork.run {
                try FixtureCollection.read(folder, vocabulary: context.vocabulary)
            }
            let records = collection.records.map(\.value)
            guard !records.isEmpty else {
                throw CommandError(.data, "dividing fixtures: \(fixtures)/records holds no usable record")
            }
            let splits = LabelSplits(records, programmes: context.programmes)
            guard write else { return try Console.write(bytes: [UInt8](splits.table.utf8)) }
            let labels = fixtures + "/labels"
            try FileManager.default.createDirectory(atPath: labels, withIntermediateDirectories: true)
            try Data(splits.table.utf8).write(to: URL(filePath: labels + "/splits.tsv"), options: .atomic)
            Console.output("\(labels)/splits.tsv: \(splits.rows.count) records")
        }
    }
}
