import SabilAnalysis
import SabilRecords

/// From text to terms, on the fixtures' texts of one language.
struct AnalysisFigures {
    static var subjects: [Subject] { Language.known.map(subject) }

    private static func subject(_ language: Language) -> Subject {
        Subject(
            name: "analysis.\(language.rawValue)", unit: "MB/s", better: .higher,
            beside: [.xapian: "TermGenerator, which also gathers a document's terms"])
    }

    static func measure(_ bench: Bench) throws -> [Figure] {
        var figures: [Figure] = []
        let analyzer = Analyzer()
        for language in Language.known where bench.wants(subject(language).name) {
            bench.tell("analysis: \(language.rawValue)")
            let texts = bench.material.fixtures.filter { $0.language == language }
                .map { [$0.title, $0.abstract, $0.body].joined(separator: "\n") }
            let bytes = texts.reduce(0) { $0 + $1.utf8.count }
            guard bytes > 0 else { throw SpeedError("there is no text in \(language.rawValue)") }
            let yardstick = try XapianAnalysis(language: language.rawValue)
            var values: [Contestant: [Double]] = [:]
            for round in -1..<bench.settings.rounds {
                for contestant in Sample.turns([.sabil, .xapian], round: max(0, round)) {
                    let seconds = try Repetition.seconds(atLeast: bench.settings.quick ? 0.1 : 0.3) {
                        if contestant == .sabil {
                            // A session a pass, so that its cache of words begins empty as it does in a run.
                            var session = analyzer.makeSession()
                            for text in texts { _ = try session.tokens(in: text, language: language) }
                        } else {
                            for text in texts { _ = try yardstick.terms(in: text) }
                        }
                    }
                    if round >= 0 { values[contestant, default: []].append(Double(bytes) / 1e6 / seconds) }
                }
            }
            figures += subject(language).figures(values)
        }
        return figures
    }
}

/// Doing something so often that the clock can tell.
enum Repetition {
    /// Processor seconds of one repetition of work on one thread.
    static func seconds(atLeast limit: Double, _ work: () throws -> Void) rethrows -> Double {
        let started = Clocks.processor
        var times = 0.0
        repeat {
            try work()
            times += 1
        } while Clocks.processor - started < limit
        return (Clocks.processor - started) / times
    }
}
