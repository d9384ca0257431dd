import ArgumentParser
import SabilAnalysis
import SabilRecords
import SabilServer

/// `sabil analyze`: what the chain makes of a text, step by step.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Show every step from a text to the words it is found by.",
        discussion: """
              sabil analyze --lang ar 'والحماية الاجتماعية'
              sabil analyze 'l’emploi des jeunes'            the language is guessed
              sabil analyze --lang en universal university   two words meet when their stems are equal

            Offsets are bytes of UTF-8. The surface is what quoted words match, the stem what others match. A query asks
            for the other spellings of compounds besides, where the index has them.
            GET /v1/analyze answers the same as --format json.
            """)

    @Argument(help: "The text; several arguments are joined by spaces.")
    var text: [String]

    @Option(
        name: [.customLong("lang"), .customLong("language")], help: "en, fr, es, ar or und; guessed when not given.")
    var language: String?

    @Option(help: "text or json.")
    var format = OutputFormat.text

    func validate() throws {
        if let language, Language(bcp47: language) == nil {
            throw ValidationError("'\(language)' is no language of the engine; use en, fr, es, ar or und.")
        }
    }

    func run() throws {
        let text = text.joined(separator: " ")
        let analyzer = Analyzer()
        let declared = language.flatMap { Language(bcp47: $0) }
        switch format {
        case .json:
            try Console.write(
                bytes: try CommandAnswers.analysis(of: text, declared: declared, analyzer: analyzer) + [0x0A])
        case .text:
            var session = analyzer.makeSession()
            let guess = session.detect(text, declared: nil)
            if declared == nil {
                let plausible = guess.plausible.map(\.rawValue).joined(separator: ", ")
                Console.diagnose("language \(guess.language.rawValue) (guessed; plausible: \(plausible))")
            }
            let explained = try session.explain(text, language: declared ?? guess.language)
            for word in explained { Self.show(word) }
            for compound in try session.explainCompounds(
                of: explained, in: text, language: declared ?? guess.language)
            {
                Self.show(compound)
            }
            if explained.isEmpty { Console.diagnose("no words") }
        }
    }

    private static func show(_ compound: ExplainedCompound) {
        let range = "\(compound.form.utf8Range.lowerBound)–\(compound.form.utf8Range.upperBound)"
        if let joined = compound.joined {
            Console.output("\(range)  in queries also as one word: surface \(joined.surface)  stem \(joined.stem)")
        } else {
            Console.output(
                "\(range)  in queries also as two words: \(compound.texts.joined(separator: ", "))")
        }
    }

    private static func show(_ word: ExplainedToken) {
        let token = word.token
        let range = "\(token.utf8Range.lowerBound)–\(token.utf8Range.upperBound)"
        let notes = [token.isStopword ? "function word" : nil, token.isQuestionWord ? "asks" : nil].compactMap(\.self)
        let head = ["\(token.position)", range, "surface \(token.surface)", "stem \(token.stem)"] + notes
        Console.output(head.joined(separator: "  "))
        for step in word.steps { Console.output("    \(Self.name(of: step.rule))\(step.text)") }
    }

    /// What a step is called, in a column.
    private static func name(of rule: AnalysisStep.Rule) -> String {
        let name =
            switch rule {
            case .word: "word"
            case .part: "part"
            case .joined: "joined"
            case .normal: "normal form"
            case .folded: "folded"
            case .cut: "too long, cut"
            case .number: "number"
            case .stopword: "function word"
            case .questionWord: "asks"
            case .givenStem: "stem by list"
            case .irregular: "irregular form"
            case .respelled: "respelled"
            case .withoutPrefix: "without prefix"
            case .withoutPlural: "without plural"
            case .snowball: "Snowball"
            case .stem: "stem"
            }
        return name + String(repeating: " ", count: max(1, 16 - name.count))
    }
}
