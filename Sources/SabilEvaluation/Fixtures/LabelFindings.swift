import SabilRecords

/// The splits of the labelled records, and the second reader.
extension FixtureCheck {
    private static let splitFile = "labels/splits.tsv"
    private static let anew = "Make the table anew: sabil fixtures split --write."

    func splitFindings() -> [FixtureFinding] {
        typealias Row = FixtureCollection.Located<FixtureCollection.Split>
        // Without a row every record would be told. Where the file is missing, the reader told that.
        guard !collection.splits.isEmpty else {
            if collection.findings.contains(where: { $0.file == Self.splitFile }) { return [] }
            return [FixtureFinding(.splits, file: Self.splitFile, "The table has no row.", remedy: Self.anew)]
        }
        var findings = FixtureCollection.repeated(
            collection.splits, .splits, by: \.id, { "\($0.id) stands already at \($1)." }, remedy: Self.anew)
        var rows: [RecordID: Row] = [:]
        var parts: [WorkID: Row] = [:]
        for row in collection.splits {
            rows[row.value.id] = rows[row.value.id] ?? row
            guard let record = records[row.value.id]?.value else {
                findings.append(row.finding(.splits, "There is no record \(row.value.id).", remedy: Self.anew))
                continue
            }
            if record.work != row.value.work {
                findings.append(
                    row.finding(.splits, "\(record.id) is a version of \(record.work).", remedy: Self.anew))
            }
            if let other = parts[record.work]?.value,
                other.byDate != row.value.byDate || other.bySubject != row.value.bySubject
            {
                findings.append(
                    row.finding(
                        .splits, "\(record.id) and \(other.id), versions of one work, stand in different parts.",
                        remedy: Self.anew))
            }
            parts[record.work] = parts[record.work] ?? row
        }
        let labelled = collection.records.filter(\.value.isLabelledByPerson)
        for record in labelled where rows[record.value.id] == nil {
            findings.append(
                record.finding(.splits, "\(record.value.id) is labelled and in no split.", remedy: Self.anew))
        }
        findings += orderFindings(parts)
        for group in SubjectGroups(labelled.map(\.value), programmes: context.programmes).groups {
            let own = group.compactMap { parts[$0] }
            guard let first = own.first,
                let other = own.first(where: { $0.value.bySubject != first.value.bySubject })
            else { continue }
            findings.append(
                other.finding(
                    .splits,
                    "\(other.value.id) and \(first.value.id) are about one country or programme and stand in "
                        + "\(other.value.bySubject.rawValue) and \(first.value.bySubject.rawValue) by subject.",
                    remedy: Self.anew))
        }
        for (concept, parts) in absentees(\.bySubject) {
            findings.append(
                FixtureFinding(
                    .splits, file: Self.splitFile,
                    "By subject, \(concept) has \(requirements.examplesToStandInEveryPart) examples or more and none in "
                        + "\(parts.map(\.rawValue).joined(separator: ", ")).",
                    remedy: "Label records about other countries and programmes with it, and make the table anew."))
        }
        return findings
    }

    /// No work of an earlier part is newer than one of a later part.
    private func orderFindings(
        _ parts: [WorkID: FixtureCollection.Located<FixtureCollection.Split>]
    ) -> [FixtureFinding] {
        let dated = works.compactMap { work in
            parts[work.id].map { (row: $0, date: work.versions.compactMap(\.value.date?.ordinal).max() ?? 0) }
        }
        var findings: [FixtureFinding] = []
        for (earlier, later) in [(SplitPart.train, SplitPart.dev), (.train, .test), (.dev, .test)] {
            let newest = dated.filter { $0.row.value.byDate == earlier }.max { $0.date < $1.date }
            let oldest = dated.filter { $0.row.value.byDate == later }.min { $0.date < $1.date }
            guard let newest, let oldest, newest.date > oldest.date else { continue }
            findings.append(
                newest.row.finding(
                    .splits,
                    "By date, the work of \(newest.row.value.id) is in \(earlier.rawValue) and newer than that of "
                        + "\(oldest.row.value.id) in \(later.rawValue).",
                    remedy: Self.anew))
        }
        return findings
    }

    /// Concepts with enough examples that a part has none of, sorted.
    func absentees(
        _ column: KeyPath<FixtureCollection.Split, SplitPart>
    ) -> [(concept: ConceptID, parts: [SplitPart])] {
        var counts: [ConceptID: [SplitPart: Int]] = [:]
        for row in collection.splits {
            for concept in Set(records[row.value.id]?.value.concepts.map(\.concept) ?? []) {
                counts[concept, default: [:]][row.value[keyPath: column], default: 0] += 1
            }
        }
        return counts.sorted { $0.key < $1.key }.compactMap { concept, parts in
            guard parts.values.reduce(0, +) >= requirements.examplesToStandInEveryPart else { return nil }
            let absent = SplitPart.allCases.filter { parts[$0] == nil }
            return absent.isEmpty ? nil : (concept, absent)
        }
    }

    // MARK: Second reader

    func secondReadingFindings() -> [FixtureFinding] {
        let file = "labels/second-reader.jsonl"
        var findings = FixtureCollection.repeated(
            collection.secondReadings, .secondReading, by: \.id, { "\($0.id) stands already at \($1)." },
            remedy: "Keep one of the two lines.")
        let subjects = context.subjects
        var languages: [Language: Int] = [:]
        for reading in collection.secondReadings {
            guard let record = records[RecordID(reading.value.id)] else {
                findings.append(
                    reading.finding(.secondReading, "There is no record \(reading.value.id).", remedy: "Mend the id."))
                continue
            }
            languages[record.textLanguage, default: 0] += 1
            if reading.value.concepts.isEmpty || Set(reading.value.concepts).count < reading.value.concepts.count {
                findings.append(
                    reading.finding(
                        .secondReading, "The concepts of \(reading.value.id) are none, or one of them stands twice.",
                        remedy: "Name each concept once."))
            }
            for concept in reading.value.concepts where !subjects.contains(ConceptID(concept)) {
                findings.append(
                    reading.finding(
                        .secondReading, "\(reading.value.id): \"\(concept)\" is no concept of the subject facets.",
                        remedy: "Use a local name of one of them."))
            }
        }
        let more = "Have more records read a second time, without sight of the first labels."
        findings += shortage(
            .secondReading, in: file, of: "second readings", collection.secondReadings.count,
            least: requirements.secondReadings, remedy: more)
        for language in Language.known where !collection.secondReadings.isEmpty {
            findings += shortage(
                .secondReading, in: file, of: "second readings in \(language.rawValue)", languages[language] ?? 0,
                least: requirements.secondReadingsPerLanguage, remedy: more)
        }
        return findings
    }
}
