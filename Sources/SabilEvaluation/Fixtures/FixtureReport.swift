import SabilRecords

/// A table of counts, printed in the form of Markdown so that README files can take it over.
public struct FixtureTable: Sendable, Hashable, CustomStringConvertible {
    public let title: String
    public let columns: [String]
    public let rows: [[String]]
    /// How many columns stand on the left, the others being numbers.
    public let textColumns: Int

    public init(_ title: String, columns: [String], textColumns: Int = 1, rows: [[String]]) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.textColumns = textColumns
    }

    public var description: String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let rule = columns.indices.map { $0 < textColumns ? "---" : "---:" }
        return (["## " + title, "", line(columns), line(rule)] + rows.map(line)).joined(separator: "\n")
    }
}

/// Tables of what the fixtures hold.
extension FixtureCheck {
    /// - Parameter seed: of the bootstrap intervals of the agreement.
    public func tables(seed: UInt64 = 1) -> [FixtureTable] {
        [recordTable(), yearTable(), facetTable(), noiseTable(), languageTable()] + searchTables()
            + [splitTable(), agreementTable(seed: seed)]
    }

    private static var codes: [String] { Language.known.map(\.rawValue) }

    /// Rows of counts with a column a key and one for all, with a last row for all.
    private func crossed(
        _ title: String, _ name: String, rows: [String], columns: [String], total: Bool = true,
        _ entries: [(row: String, column: String)]
    ) -> FixtureTable {
        var counts: [String: [String: Int]] = [:]
        for entry in entries { counts[entry.row, default: [:]][entry.column, default: 0] += 1 }
        func line(_ name: String, _ count: (String) -> Int) -> [String] {
            let values = columns.map(count)
            return [name] + (values + [values.reduce(0, +)]).map(String.init)
        }
        var lines = rows.map { row in line(row) { counts[row]?[$0] ?? 0 } }
        if total { lines.append(line("all") { column in rows.reduce(0) { $0 + (counts[$1]?[column] ?? 0) } }) }
        return FixtureTable(title, columns: [name] + columns + ["all"], rows: lines)
    }

    private func recordTable() -> FixtureTable {
        crossed(
            "Records by type and language of the text", "type", rows: context.vocabulary.contentTypes.types.map(\.id),
            columns: Self.codes, collection.records.map { ($0.value.type, $0.textLanguage.rawValue) })
    }

    private func yearTable() -> FixtureTable {
        let entries = collection.records.map {
            ($0.value.date.map { String($0.year) } ?? "none", $0.textLanguage.rawValue)
        }
        return crossed(
            "Records by year and language of the text", "year", rows: Set(entries.map(\.0)).sorted(),
            columns: Self.codes, entries)
    }

    private func facetTable() -> FixtureTable {
        let rows = context.facets.map { facet in
            let uses = uses(of: facet).sorted { ($1.records, $0.concept) < ($0.records, $1.concept) }
            func names(_ part: some Sequence<(concept: ConceptID, records: Int)>) -> String {
                part.map { "\($0.concept) \($0.records)" }.joined(separator: ", ")
            }
            return [
                facet.id, names(uses.prefix(6)), names(uses.suffix(6)), String(uses.count),
                String(uses.count { $0.records > 0 }), String(uses.reduce(0) { $0 + $1.records }),
            ]
        }
        return FixtureTable(
            "Labels by facet", columns: ["facet", "most used", "least used", "concepts", "used", "labels"],
            textColumns: 3, rows: rows)
    }

    private func noiseTable() -> FixtureTable {
        crossed(
            "Deliberate noise", "kind", rows: FixtureCollection.Noise.Kind.allCases.map(\.rawValue),
            columns: Self.codes, total: false,
            collection.noise.compactMap { entry in
                records[entry.value.id].map { (entry.value.kind.rawValue, $0.textLanguage.rawValue) }
            })
    }

    private func languageTable() -> FixtureTable {
        let declared = crossed(
            "", "", rows: Self.codes, columns: Self.codes + ["und"], total: false,
            collection.records.map { ($0.textLanguage.rawValue, $0.value.language.rawValue) })
        let seen = crossed(
            "", "", rows: Self.codes, columns: Self.codes + ["und"], total: false,
            zip(collection.records, facts).map { ($0.textLanguage.rawValue, $1.language.rawValue) })
        let rows = zip(declared.rows, seen.rows).map { $0.dropLast() + $1.dropFirst().dropLast() }
        let columns = ["declared ", "seen "].flatMap { kind in (Self.codes + ["und"]).map { kind + $0 } }
        return FixtureTable("Languages", columns: ["file"] + columns, rows: rows.map { Array($0) })
    }

    private func searchTables() -> [FixtureTable] {
        let queries = collection.queries.map(\.value)
        let splits = ["dev", "test"]
        let kinds = Set(queries.map(\.kind)).sorted()
        let grades = Set(collection.judgements.map(\.value.grade)).sorted(by: >)
        let parts = Dictionary(queries.map { ($0.id, $0.split) }) { first, _ in first }
        let relevant = Set(
            collection.judgements.filter { $0.value.grade >= requirements.relevantGrade }.map(\.value.record))
        let reached = Set(relevant.flatMap { records[RecordID($0)]?.value.concepts.map(\.concept) ?? [] })
        return [
            crossed(
                "Queries by language", "language", rows: Self.codes, columns: splits,
                queries.map { ($0.language, $0.split) }),
            crossed("Queries by kind", "kind", rows: kinds, columns: splits, queries.map { ($0.kind, $0.split) }),
            crossed(
                "Judgements by grade", "grade", rows: grades.map(String.init), columns: splits,
                collection.judgements.map { (String($0.value.grade), parts[$0.value.query] ?? "") }),
            FixtureTable(
                "Coverage of the judgements", columns: ["what", "count", "of"],
                rows: [
                    [
                        "records that answer a query", String(relevant.count), String(collection.records.count),
                    ],
                    [
                        "subject concepts on such a record", String(reached.intersection(context.subjects).count),
                        String(context.subjects.count),
                    ],
                ]),
        ]
    }

    private func splitTable() -> FixtureTable {
        let rows = collection.splits.map(\.value)
        func row(_ name: String, _ part: SplitPart?) -> [String] {
            let columns: [KeyPath<FixtureCollection.Split, SplitPart>] = [\.byDate, \.bySubject]
            return [name]
                + columns.flatMap { column in
                    let own = rows.filter { part == nil || $0[keyPath: column] == part }
                    let absent = absentees(column).count { part == nil || $0.parts.contains(part ?? .train) }
                    return [own.count, Set(own.map(\.work)).count, absent].map(String.init)
                }
        }
        let frequent = requirements.examplesToStandInEveryPart
        let titles = ["records", "works", "lacking"]
        return FixtureTable(
            "Splits (lacking: concepts with \(frequent) examples or more and none here)",
            columns: ["part"] + titles.map { "\($0) by date" } + titles.map { "\($0) by subject" },
            rows: SplitPart.allCases.map { row($0.rawValue, $0) } + [row("all", nil)])
    }

    private func agreementTable(seed: UInt64) -> FixtureTable {
        let readings = collection.secondReadings.compactMap { reading in
            records[RecordID(reading.value.id)].map { record in
                (
                    record.textLanguage,
                    LabelAgreement.Reading(
                        cluster: record.value.work.rawValue, first: Set(record.value.concepts.map(\.concept.rawValue)),
                        second: Set(reading.value.concepts))
                )
            }
        }
        let labels = Set(context.subjects.map(\.rawValue))
        let strata = Language.known.map { language in
            (language.rawValue, readings.filter { $0.0 == language }.map(\.1))
        }
        let rows = (strata + [("all", readings.map(\.1))]).compactMap { name, readings -> [String]? in
            guard let agreement = LabelAgreement(readings, labels: labels, seed: seed) else { return nil }
            let figures = [
                agreement.consistency, agreement.microF1, agreement.macroKappa, agreement.pooledKappa,
            ]
            return [name, String(agreement.count)] + figures.map(\.description)
        }
        return FixtureTable(
            "Agreement of the two readers (95 % interval over works)",
            columns: ["language", "records", "Rolling's consistency", "micro F1", "κ, mean of concepts", "κ, pooled"],
            rows: rows)
    }
}
