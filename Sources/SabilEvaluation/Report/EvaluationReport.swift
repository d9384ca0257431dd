public import FoundationEssentials

/// What experiments found, for people: one page of HTML that needs nothing else, and the same in Markdown.
///
/// Every difference from a reference run is compared in pairs, and all comparisons of the report are corrected as one
/// family; no figure of probability stands alone.
public struct EvaluationReport: Sendable {
    /// What is known besides the results.
    public struct Context: Sendable {
        /// Texts of queries by collection and id, to be shown beside their values.
        public var queries: [String: [String: String]]
        public var history: SpeedHistory?
        /// When the report was written.
        public var written: Date
        /// Measures to show; empty for all that the results have.
        public var measures: [String]
        /// How many of the queries that changed most are listed for each experiment.
        public var changes: Int
        public var sampling: ComparisonReport.Sampling
        /// What else the reader must know, such as files that could not be read; a sentence each.
        public var notes: [String]

        public init(
            queries: [String: [String: String]] = [:], history: SpeedHistory? = nil, written: Date,
            measures: [String] = [], changes: Int = 10, sampling: ComparisonReport.Sampling = .init(),
            notes: [String] = []
        ) {
            self.queries = queries
            self.history = history
            self.written = written
            self.measures = measures
            self.changes = changes
            self.sampling = sampling
            self.notes = notes
        }
    }

    let document: ReportDocument

    /// - Complexity: that of the comparisons, O(experiments · measures · (permutations + resamples) · queries).
    public init(_ results: [ExperimentResult], context: Context) {
        let findings = ReportFindings(results, context: context)
        var sections = [SummarySection(findings).section]
        if !findings.positions(of: .rank).isEmpty { sections.append(RankingSection(findings).section) }
        if !findings.positions(of: .classify).isEmpty { sections.append(ClassificationSection(findings).section) }
        if !results.isEmpty || context.history != nil { sections.append(CostSection(findings).section) }
        document = ReportDocument(
            title: "Evaluation of search and classification", facts: SummarySection(findings).facts, sections: sections)
    }

    /// A page of HTML, well-formed as XML too; it loads nothing and runs nothing.
    public var html: String { ReportHTML(document).page }

    /// The words and tables; charts are left to the page.
    public var markdown: String { ReportMarkdown(document).text }
}

/// The results in the order of the report, with what follows from them.
struct ReportFindings: Sendable {
    /// By kind, language and name.
    let results: [ExperimentResult]
    /// Measures of each result that are shown, in their order.
    let measures: [[String]]
    let comparisons: ExperimentComparisons
    let context: EvaluationReport.Context

    init(_ results: [ExperimentResult], context: EvaluationReport.Context) {
        self.results = results.sorted { one, other in
            let keys = { (result: ExperimentResult) in
                (result.kind.rawValue == "rank" ? 0 : 1, ReportLanguage.rank(result.language), result.experiment)
            }
            if keys(one) != keys(other) { return keys(one) < keys(other) }
            return (one.finished, one.digest) < (other.finished, other.digest)
        }
        measures = self.results.map { result in
            let known = ReportMeasures.sorted(result.measures.keys, of: result.kind)
            return context.measures.isEmpty ? known : context.measures.filter { result.measures[$0] != nil }
        }
        comparisons = ExperimentComparisons(self.results, measures: measures, sampling: context.sampling)
        self.context = context
    }

    func positions(of kind: ExperimentResult.Kind) -> [Int] { results.indices.filter { results[$0].kind == kind } }

    /// The measure by which an experiment is judged, if it is shown.
    func mainMeasure(_ position: Int) -> String? {
        guard let main = ReportMeasures.main(of: results[position]) else { return nil }
        return measures[position].contains(main) ? main : measures[position].first { !ReportMeasures.isNoQuality($0) }
    }

    /// The comparison with the reference run that counts: that of the main measure, or of the first that has values for
    /// single queries.
    func mainComparison(_ position: Int) -> ExperimentComparisons.Entry? {
        ([mainMeasure(position)].compactMap { $0 } + measures[position]).lazy
            .compactMap { comparisons[position, $0] }.first
    }

    /// The name of the experiment; with its commit where several results have that name.
    func name(_ position: Int) -> String {
        let result = results[position]
        let namesakes = results.indices.filter { results[$0].experiment == result.experiment }
        guard namesakes.count > 1 else { return result.experiment }
        let commit = result.commit ?? "commit unknown"
        let isUnique = namesakes.count { results[$0].commit == result.commit } == 1
        return "\(result.experiment) (\(isUnique ? commit : "\(commit), \(result.digest.prefix(8))"))"
    }
}

extension ReportFindings {
    /// For drawings, which have little room: without the kind that names of experiments begin with.
    func shortName(_ position: Int) -> String {
        let name = name(position)
        let prefix = results[position].kind.rawValue + "-"
        return name.hasPrefix(prefix) && name.count > prefix.count ? String(name.dropFirst(prefix.count)) : name
    }
}

enum ReportLanguage {
    /// Languages by tag, then several at once, then one into another.
    static func rank(_ tag: String) -> String {
        switch tag {
        case "many": "~1"
        case "cross": "~2"
        default: tag
        }
    }

    static func name(_ tag: String) -> String {
        switch tag {
        case "ar": "Arabic"
        case "en": "English"
        case "es": "Spanish"
        case "fr": "French"
        case "many": "several languages"
        case "cross": "across languages"
        default: tag
        }
    }
}
