// Checks against other people's data: Snowball's vocabularies, and the language of short texts. See README.md of this folder.
import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords

@main struct AnalysisChecks {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "snowball" where arguments.count > 1: try SnowballCheck.run(Array(arguments.dropFirst()))
        case "languages" where arguments.count > 1: try LanguageCheck.run(Array(arguments.dropFirst()))
        case "titles" where arguments.count > 1:
            let half = ProcessInfo.processInfo.environment["HALF"].flatMap(TitleCheck.Half.init)
            try TitleCheck(Self.pairs(Array(arguments.dropFirst())), half: half).run(Analyzer())
        default:
            let usage = """
                usage: AnalysisChecks snowball LANGUAGE=FOLDER …    folders with voc.txt and output.txt
                       AnalysisChecks languages LANGUAGE=COLLECTION …   queries.jsonl and corpus.jsonl of each
                       AnalysisChecks titles LANGUAGE=COLLECTION|FILE.jsonl …   titles of each

                """
            FileHandle.standardError.write(Data(usage.utf8))
            exit(64)
        }
    }

    static func pairs(_ arguments: [String]) -> [(Language, String)] {
        arguments.map { argument in
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let language = Language(bcp47: parts[0]) else {
                FileHandle.standardError.write(Data("not LANGUAGE=FOLDER: \(argument)\n".utf8))
                exit(64)
            }
            return (language, parts[1])
        }
    }
}
