import FoundationEssentials

/// What was measured, and in words what came of it.
struct SummarySection {
    private let findings: ReportFindings

    init(_ findings: ReportFindings) { self.findings = findings }

    private var results: [ExperimentResult] { findings.results }

    // MARK: Facts

    var facts: [ReportText] {
        guard !results.isEmpty else { return ["Written \(own: Self.time(findings.context.written)); no results."] }
        return [counts, origin, "Written \(own: Self.time(findings.context.written))."]
    }

    private var counts: ReportText {
        let ranking = findings.positions(of: .rank).map { results[$0] }
        let classifying = findings.positions(of: .classify).map { results[$0] }
        var parts: [String] = []
        if !ranking.isEmpty {
            let queries = ranking.compactMap(\.counts.queries).reduce(0, +)
            let documents = ranking.map(\.counts.documents).reduce(0, +)
            parts.append(
                "\(ReportNumber.count(ranking.count)) of ranking (\(ReportNumber.count(queries, "query", "queries")) over "
                    + "\(ReportNumber.count(documents, "document", "documents")))")
        }
        if !classifying.isEmpty {
            let documents = classifying.map(\.counts.documents).reduce(0, +)
            parts.append(
                "\(ReportNumber.count(classifying.count)) of classification "
                    + "(\(ReportNumber.count(documents, "test document", "test documents")))")
        }
        return .own(
            "\(ReportNumber.count(results.count, "experiment", "experiments")): " + parts.joined(separator: ", ") + ".")
    }

    private var origin: ReportText {
        let times = results.map(\.finished)
        var text: ReportText = "Measured "
        if let first = times.min(), let last = times.max() {
            let days = (Self.time(first), Self.time(last))
            text.parts.append(.own(days.0 == days.1 ? days.0 : "from \(days.0) to \(days.1)"))
        }
        text.parts.append(.own(" with "))
        text.parts += Self.list(Self.unique(results.map { "engine \($0.engine)" })).parts
        text.parts.append(.own(", "))
        let commits = Self.unique(results.map { $0.commit ?? "commit unknown" })
        text.parts += Self.list(commits.map { $0 == "commit unknown" ? $0 : "commit \($0)" }).parts
        text.parts.append(.own("."))
        return text
    }

    private var cautions: [ReportText] {
        var cautions: [ReportText] = []
        let commits = Self.unique(results.map { $0.commit ?? "?" })
        if commits.count > 1 {
            cautions.append(
                "The results come from \(own: ReportNumber.count(commits.count)) different commits: compare rows with care."
            )
        }
        if results.contains(where: { $0.commit?.hasSuffix("+") == true }) {
            cautions.append("A + after a commit says that the sources held changes that are not in it.")
        }
        let sampled = results.indices.filter { results[$0].settings.sample != nil }
        if !sampled.isEmpty {
            cautions.append("Only a sample was taken in \(Self.list(sampled.map(findings.name))).")
        }
        return cautions + findings.context.notes.map { .foreign($0) }
    }

    // MARK: Words

    var section: ReportSection {
        guard !results.isEmpty else {
            return ReportSection(
                id: "summary", title: "Summary",
                blocks: [
                    .paragraph(
                        "There are no results, so there is nothing to report. Run experiments, then write the report again."
                    )
                ] + (cautions.isEmpty ? [] : [.list(cautions)]))
        }
        var sentences: [ReportText] = []
        for kind in ExperimentResult.Kind.allCases { sentences += verdicts(of: kind) }
        sentences += unreferenced
        var blocks: [ReportBlock] = [.list(sentences)]
        if findings.comparisons.count > 0 {
            blocks.append(
                .paragraph(
                    """
                    A difference is called better or worse only if a paired randomisation test shows it after Holm's correction \
                    for all \(own: ReportNumber.count(findings.comparisons.count, "comparison", "comparisons")) of this report, \
                    at an error rate of 5 %, and the 95 % bootstrap interval of the mean difference leaves out zero. \
                    "Not shown" does not say that there is none.
                    """))
        }
        if !cautions.isEmpty { blocks.append(.list(cautions)) }
        return ReportSection(id: "summary", title: "Summary", blocks: blocks)
    }

    /// For each main measure and reference: on how many collections the verdict was which.
    private func verdicts(of kind: ExperimentResult.Kind) -> [ReportText] {
        let compared = findings.positions(of: kind).filter { findings.mainComparison($0) != nil }
        let family = { (position: Int) in
            "\(findings.mainComparison(position)?.line.measure ?? "")\t\(results[position].baseline?.name ?? "")"
        }
        return Self.unique(compared.map(family)).map { name in
            let members = compared.filter { family($0) == name }
            let measure = findings.mainComparison(members[0])?.line.measure ?? ""
            let baseline = results[members[0]].baseline?.name ?? ""
            var text: ReportText =
                "\(strong: kind == .rank ? "Ranking" : "Classification"), \(foreign: measure) beside \(foreign: baseline): "
            var isFirst = true
            for group in Self.groups {
                let names = members.filter {
                    group.codes.contains(findings.mainComparison($0)?.line.verdict.code ?? "")
                }
                guard !names.isEmpty else { continue }
                let verdict = findings.mainComparison(names[0])?.line.verdict ?? .identical
                let share = members.count == 1 ? "" : " on \(names.count) of \(members.count)"
                text.parts += [.own(isFirst ? "" : "; "), .verdict(verdict), .own("\(group.words)\(share) (")]
                text.parts += Self.list(names.map(findings.name)).parts
                text.parts.append(.own(")"))
                isFirst = false
            }
            let differences = members.compactMap { findings.mainComparison($0)?.line.comparison.difference }
            text.parts.append(
                .own(
                    members.count > 1
                        ? ". The mean difference is \(ReportNumber.signed(differences.mean))."
                        : ". The difference is \(ReportNumber.signed(differences.mean))."))
            return text
        }
    }

    /// The verdicts that are one group, and what is said besides the verdict's label.
    private static let groups: [(codes: [String], words: String)] = [
        (["better"], ""), (["worse"], ""), (["identical"], ""),
        (["not-shown"], ": no difference that could be told from chance"),
        (["too-few"], " queries with other values to tell"),
    ]

    /// Experiments that stand alone, with their figure.
    private var unreferenced: [ReportText] {
        results.indices.filter { findings.mainComparison($0) == nil }.map { position in
            let result = results[position]
            guard let measure = findings.mainMeasure(position) else {
                return "\(foreign: findings.name(position)): none of the measures asked for."
            }
            let value = ReportMeasures.text(result.measures[measure]?.mean, of: measure)
            return
                "\(foreign: findings.name(position)): \(foreign: measure) \(value), without a reference to compare with."
        }
    }

    // MARK: Pieces

    /// To the minute, in universal time.
    static func time(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return text.prefix(16).replacing("T", with: " ") + " UTC"
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    /// Names with commas between.
    static func list(_ names: [String]) -> ReportText {
        ReportText(
            names.enumerated().flatMap { position, name -> [ReportText.Part] in
                position == 0 ? [.foreign(name)] : [.own(", "), .foreign(name)]
            })
    }
}
