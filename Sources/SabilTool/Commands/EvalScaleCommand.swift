import ArgumentParser
import Foundation
import SabilEvaluation

/// `sabil eval scale`: how costs grow with the number of records.
struct EvalScaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Put the runs of benchmarks/scale.sh together: figures, growth exponents, a drawing.",
        discussion: """
            Reads what the script measured at several sizes and writes medians, ratios to the yardstick and the exponent with \
            which each cost grows (least squares of the logarithms, with its standard error).

              benchmarks/scale.sh .build/release/sabil 1000 10000
              sabil eval scale var/scale/runs-*.jsonl --output scale.json --markdown scale.md --svg scale.svg
            """)

    @Argument(help: "Files of runs, one JSON object a line.")
    var files: [String]

    @Option(help: "Where the figures go, as JSON.")
    var output: String?

    @Option(help: "Where the table goes; standard output when nothing else is asked for.")
    var markdown: String?

    @Option(help: "Where the drawing goes.")
    var svg: String?

    func run() async throws {
        var runs: [ScaleSeries.Run] = []
        for file in files {
            let text: String
            do {
                text = try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                throw CommandError(.inputOutput, "reading the runs of \(file) failed: \(ExitStatus.reason(of: error))")
            }
            runs += try ScaleSeries.runs(in: text, name: file)
        }
        let series = ScaleSeries(runs)
        guard !series.figures.isEmpty else {
            throw CommandError(
                .data, "\(files.joined(separator: ", ")) hold no run of Sabil; measure with benchmarks/scale.sh")
        }
        let report = ScaleReport(series)
        if let output { try write(report.json(), to: output) }
        if let svg { try write(Array(report.svg.utf8), to: svg) }
        if let markdown {
            try write(Array(report.markdown.utf8), to: markdown)
        } else if output == nil, svg == nil {
            try Console.write(bytes: Array(report.markdown.utf8))
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandError(.inputOutput, "writing \(path) failed: \(ExitStatus.reason(of: error))")
        }
    }
}
