import SabilRecords

/// Ids, works, lengths.
extension FixtureCheck {
    /// Ids are unique, begin with the language of their file and follow one another from 0001 on.
    func identityFindings() -> [FixtureFinding] {
        // Within one file the reader of records says it already, as `duplicate-id`.
        var findings: [FixtureFinding] = []
        var places: [RecordID: FixtureCollection.Located<ResourceRecord>] = [:]
        for record in collection.records {
            if let earlier = places[record.value.id], earlier.file != record.file {
                findings.append(
                    record.finding(
                        .identity, "The id \(record.value.id) stands already at \(earlier.place).",
                        remedy: "Give the record the next free id of its file."))
            }
            places[record.value.id] = places[record.value.id] ?? record
        }
        var last: [String: Int] = [:]
        for record in collection.records {
            let prefix = record.textLanguage.rawValue + "-"
            let id = record.value.id.rawValue
            let digits = id.dropFirst(prefix.count)
            guard id.hasPrefix(prefix), digits.utf8.count == 4, let number = Int(digits) else {
                findings.append(
                    record.finding(
                        .identity, "The id \(id) is not \(prefix) and four digits.",
                        remedy: "Ids begin with the language of their file, that of the text."))
                continue
            }
            let expected = (last[record.file] ?? 0) + 1
            if number != expected {
                let wanted = String(expected)
                let padded = prefix + String(repeating: "0", count: max(0, 4 - wanted.count)) + wanted
                findings.append(
                    record.finding(
                        .identity, "The id \(id) stands where \(padded) is due.",
                        remedy: "Order the records of a file by id, without gaps."))
            }
            last[record.file] = number
        }
        return findings
    }

    /// Versions of one work: one a language, of one type, about the same countries, of about the same years.
    func translationFindings() -> [FixtureFinding] {
        var findings: [FixtureFinding] = []
        for work in works where work.versions.count > 1 {
            let first = work.versions[0]
            var languages: [Language: String] = [first.textLanguage: first.value.id.rawValue]
            for version in work.versions.dropFirst() {
                func differs(_ what: String, _ own: String, _ other: String) {
                    findings.append(
                        version.finding(
                            .translations,
                            "\(version.value.id) and \(first.value.id) are versions of work \(work.id) and differ in "
                                + "\(what): \(own), \(other).",
                            remedy: "Make them agree, or give the record a uuid of its own."))
                }
                let (own, other) = (version.value, first.value)
                if own.type != other.type { differs("type", own.type, other.type) }
                if Set(own.countries) != Set(other.countries) {
                    differs("countries", Self.list(own.countries), Self.list(other.countries))
                }
                if let earlier = languages.updateValue(own.id.rawValue, forKey: version.textLanguage) {
                    findings.append(
                        version.finding(
                            .translations,
                            "\(own.id) and \(earlier) are versions of work \(work.id) in the same language.",
                            remedy: "Give one of them a uuid of its own."))
                }
            }
            let dated = work.versions.compactMap { version in version.value.date.map { ($0, version) } }
            if let oldest = dated.min(by: { $0.0 < $1.0 }), let newest = dated.max(by: { $0.0 < $1.0 }),
                newest.0.year - oldest.0.year > requirements.yearsBetweenVersions
            {
                findings.append(
                    newest.1.finding(
                        .translations,
                        "\(newest.1.value.id) is of \(newest.0.year) and \(oldest.1.value.id), the same work, of "
                            + "\(oldest.0.year).",
                        remedy: "Versions lie at most \(requirements.yearsBetweenVersions) years apart; mend a date."))
            }
        }
        return findings
    }

    /// Abstracts of the asked length, and so many concepts a record.
    func lengthFindings() -> [FixtureFinding] {
        var findings: [FixtureFinding] = []
        for (record, facts) in zip(collection.records, facts) {
            let words = facts.abstractWords
            if !requirements.abstractWords.contains(words) {
                findings.append(
                    record.finding(
                        .counts, "The abstract of \(record.value.id) has \(words) words.",
                        remedy: "Write \(Self.span(requirements.abstractWords)) words."))
            }
            let concepts = Set(record.value.concepts.map(\.concept)).count
            if !requirements.conceptsPerRecord.contains(concepts) {
                findings.append(
                    record.finding(
                        .counts, "\(record.value.id) carries \(concepts) concepts.",
                        remedy: "Give it \(Self.span(requirements.conceptsPerRecord)), the narrowest that apply."))
            }
        }
        return findings
    }

    static func span(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

    static func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.sorted().joined(separator: " ") }
}
