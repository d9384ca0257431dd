import ArgumentParser
import Foundation
import SabilEvaluation
import SabilRecords

extension FixturesCommand {
    /// `sabil fixtures generate`: records at any scale, for speed and load.
    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write generated records as JSON Lines.",
            discussion: """
                Words, lengths, languages, tags and countries follow the given records, kinds and years the growth of \
                socialprotection.org, and works come in several languages; the text means nothing. For speed and load \
                only, never for quality: ids begin with `gen-`, addresses lead to generated.invalid. The same records and \
                seed give the same bytes, and a smaller count the beginning of a larger one.

                  sabil fixtures generate --count 20000 --seed 1 > records.jsonl
                """)

        @Option(help: "How many records.")
        var count: Int

        @Option(help: "Seed of the random numbers.")
        var seed: UInt64 = 1

        @Option(help: "Folder whose *.jsonl files give the distributions.")
        var like = "corpus-fixtures/records"

        @Option(help: "Folder of the taxonomy.")
        var taxonomy = "taxonomy"

        func validate() throws {
            guard count >= 0 else { throw ValidationError("--count must be 0 or more, it is \(count).") }
        }

        func run() async throws {
            let arguments = (count: count, seed: seed, like: like)
            let validator = RecordValidator(vocabulary: try Workspace(taxonomy: taxonomy).vocabulary)
            let files = try recordFiles(in: like)
            try await BlockingWork.run {
                var records = SyntheticRecords(
                    like: try Self.models(in: files, validator: validator), seed: arguments.seed)
                guard !records.isEmpty else {
                    throw CommandError(.data, "generating records: \(arguments.like) holds no usable record to follow")
                }
                let bar = ProgressBar("generating", total: arguments.count)
                var buffer: [UInt8] = []
                var made = 0
                while made < arguments.count {
                    buffer.removeAll(keepingCapacity: true)
                    let before = made
                    while made < arguments.count, buffer.count < 1 << 20 {
                        records.appendNext(to: &buffer)
                        made += 1
                    }
                    try Console.write(bytes: buffer)
                    bar.advance(by: made - before)
                }
                bar.finish()
            }
        }

        /// The records to follow; lines that are no record are counted on standard error and left out.
        private static func models(in files: [String], validator: RecordValidator) throws -> [ResourceRecord] {
            var models: [ResourceRecord] = []
            for file in files {
                var refused = 0
                var reader = try JSONLinesReader(path: file, validator: validator)
                while let line = try reader.next() {
                    if let record = line.record { models.append(record) } else { refused += 1 }
                }
                if refused > 0 {
                    Console.diagnose(
                        "sabil: \(file): \(refused) lines are no records and were not followed; "
                            + "`sabil index` tells what is wrong with them")
                }
            }
            return models
        }

        private func recordFiles(in folder: String) throws -> [String] {
            do {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                return names.filter { $0.hasSuffix(".jsonl") && $0 != "invalid.jsonl" }.sorted()
                    .map { folder + "/" + $0 }
            } catch {
                throw CommandError(
                    .inputOutput,
                    "generating records: \(folder) cannot be listed; name a folder of *.jsonl with --like")
            }
        }
    }
}
