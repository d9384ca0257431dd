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
                Words, lengths, languages, tags, countries and years follow the given records; the text means nothing. \
                For speed and load only, never for quality. The same records, count and seed give the same bytes.

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
            let validator = RecordValidator(vocabulary: try Workspace(taxonomy: taxonomy).vocabulary)
            var models: [ResourceRecord] = []
            for file in try recordFiles(in: like) {
                var reader = try JSONLinesReader(path: file, validator: validator)
                while let line = try reader.next() {
                    if let record = line.record { models.append(record) }
                }
            }
            guard !models.isEmpty else {
                throw CommandError(.data, "generating records: \(like) holds no usable record to follow")
            }
            let bar = ProgressBar("generating", total: count)
            var buffer: [UInt8] = []
            for record in SyntheticRecords(like: models, seed: seed).prefix(count) {
                buffer += record.jsonLine()
                buffer.append(UInt8(ascii: "\n"))
                bar.advance()
                if buffer.count > 1 << 20 {
                    try Console.write(bytes: buffer)
                    buffer.removeAll(keepingCapacity: true)
                }
            }
            try Console.write(bytes: buffer)
            bar.finish()
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
