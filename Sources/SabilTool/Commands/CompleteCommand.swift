import ArgumentParser
import SabilEvaluation
import SabilRecords
import SabilSearch
import SabilServer

/// `sabil complete`: what a text may become.
struct CompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "Complete the beginning of a query.",
        discussion: """
            Names of concepts, countries, programmes and organisations in every language, titles of records, and queries that \
            others ask often. With a space at its end, the last word is whole.

              sabil complete 'transf' --reader fr
              sabil complete 'الحماي' --reader ar --kinds concept,title
              sabil complete 'cash' --query-log queries.tsv --query-minimum 10
            """)

    @Argument(help: "What was typed so far.")
    var text: String

    @Option(help: "Whose names come first.")
    var reader = "en"

    @Option(help: "How many completions.")
    var limit = 10

    @Option(help: "Kinds, with commas between: \(Completion.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kinds = ""

    @Flag(help: "Also titles of community and unpublished records.")
    var all = false

    @Option(help: "text or json.")
    var format = OutputFormat.text

    @OptionGroup var frequent: FrequentQueryOptions
    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard (1...CompletionRequest.maximumLimit).contains(limit) else {
            throw ValidationError("--limit must be between 1 and \(CompletionRequest.maximumLimit).")
        }
        _ = try chosenKinds()
        _ = try chosenReader()
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let service = try SearchService(
            indexPath: locations.index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, lanes: 1,
            frequentQueries: try frequent.queries(), leastAskings: frequent.queryMinimum)
        var request = CompletionRequest(
            text, language: try chosenReader(), limit: limit, visibility: all ? Set(Visibility.allCases) : [.public])
        if let kinds = try chosenKinds() { request.kinds = kinds }
        let page = try await service.complete(request)
        switch format {
        case .json:
            try Console.write(bytes: CommandAnswers.completions(page, of: request) + [UInt8(ascii: "\n")])
        case .text:
            for completion in page.completions {
                let label = completion.label.map { "  (\($0))" } ?? ""
                Console.output("\(completion.kind.rawValue)  \(completion.text)\(label)")
            }
            if page.looksAtSomeTitles { Console.diagnose("not all titles that hold it were looked at") }
        }
    }

    private func chosenReader() throws -> Language {
        guard let language = Language(bcp47: reader) else {
            throw ValidationError("'\(reader)' is no language of the engine; use en, fr, es or ar.")
        }
        return language
    }

    private func chosenKinds() throws -> Set<Completion.Kind>? {
        let names = kinds.split(separator: ",").map(String.init)
        guard !names.isEmpty else { return nil }
        return Set(
            try names.map { name in
                guard let kind = Completion.Kind(rawValue: name) else {
                    let known = Completion.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("'\(name)' is no kind; known are \(known).")
                }
                return kind
            })
    }
}

/// Where the queries that many ask come from.
struct FrequentQueryOptions: ParsableArguments {
    @Option(
        help: "File of queries to complete with: a query a line, or a table with text, lang and count (.tsv, .jsonl).")
    var queryLog: String?

    @Option(help: "Queries asked fewer times than this are shown to nobody.")
    var queryMinimum = FrequentQuery.usualMinimum

    func validate() throws {
        guard queryMinimum >= 2 else {
            throw ValidationError("--query-minimum must be 2 or more: what one person asked is nobody else's business.")
        }
    }

    func queries() throws -> [FrequentQuery] {
        guard let queryLog else { return [] }
        let log = try QueryLog(path: queryLog)
        let rare = log.rarer(than: queryMinimum)
        if rare > 0 {
            Console.diagnose(
                "\(rare) of \(log.entries.count) queries in \(queryLog) were asked fewer than \(queryMinimum) times "
                    + "(--query-minimum): they are shown only where other spellings of the same make up for it")
        }
        return log.entries.map {
            FrequentQuery($0.text, language: $0.language, count: $0.count)
        }
    }
}
