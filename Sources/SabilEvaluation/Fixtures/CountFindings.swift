import SabilRecords

/// How many records, types, countries, years, bodies, translations, and uses of each concept.
extension FixtureCheck {
    func countFindings() -> [FixtureFinding] {
        let asked = requirements
        let records = collection.records
        let write = "Write more records."
        var findings = shortage(
            .counts, in: "records", of: "records", records.count, least: asked.records, remedy: write)
        for language in Language.known {
            findings += shortage(
                .counts, in: "records/\(language.rawValue).jsonl", of: "records",
                records.count { $0.textLanguage == language }, least: asked.recordsPerLanguage, remedy: write)
        }
        let countries = Set(records.flatMap(\.value.countries)).count
        findings += shortage(
            .counts, in: "records", of: "countries", countries, least: asked.countries,
            remedy: "Write about countries that no record names.")
        let bodies = facts.count { asked.bodyWords.contains($0.bodyWords) }
        findings += shortage(
            .counts, in: "records", of: "bodies of \(Self.span(asked.bodyWords)) words", bodies, least: asked.bodies,
            remedy: "Give more records a body of that length.")
        findings += shortage(
            .counts, in: "records", of: "works in two to four languages", works.count { $0.versions.count > 1 },
            least: asked.translatedWorks, remedy: "Write further versions of works that stand in one language.")
        if asked.everyContentType {
            let types = Set(records.map(\.value.type))
            for type in context.vocabulary.contentTypes.types where !types.contains(type.id) {
                findings.append(
                    FixtureFinding(
                        .counts, file: "records", "No record is of type \(type.id).", remedy: "Write one."))
            }
        }
        let years = Set(records.compactMap(\.value.date?.year))
        for year in asked.years where !years.contains(year) {
            findings.append(
                FixtureFinding(.counts, file: "records", "No record is of \(year).", remedy: "Write one."))
        }
        return findings
    }

    /// Records that carry each concept of a facet, where that facet's concepts stand.
    func uses(of facet: FixtureContext.Facet) -> [(concept: ConceptID, records: Int)] {
        var counts: [ConceptID: Int] = [:]
        for record in collection.records {
            let carried =
                switch facet.place {
                case .concepts: record.value.concepts.map(\.concept)
                case .populationGroups: record.value.populationGroups
                case .regions: record.value.regions
                }
            for concept in Set(carried) { counts[concept, default: 0] += 1 }
        }
        return facet.concepts.map { ($0, counts[$0] ?? 0) }
    }

    /// Every concept is used, and enough of the subject concepts are used often.
    func labelFindings() -> [FixtureFinding] {
        var findings: [FixtureFinding] = []
        for facet in context.facets {
            for use in uses(of: facet) where use.records < requirements.usesOfEachConcept {
                let key =
                    switch facet.place {
                    case .concepts: "concepts"
                    case .populationGroups: "population_groups"
                    case .regions: "regions"
                    }
                findings.append(
                    FixtureFinding(
                        .counts, file: "records",
                        "The concept \(use.concept) (\(facet.id)) is on \(use.records) records, at least "
                            + "\(requirements.usesOfEachConcept) are asked for.",
                        remedy: "Put it under \(key) of records whose text supports it, or write some."))
            }
        }
        let subjects = context.facets.filter { $0.place == .concepts }.flatMap(uses).sorted {
            ($1.records, $0.concept) < ($0.records, $1.concept)
        }
        let rare = subjects.prefix(requirements.frequentConcepts).filter {
            $0.records < requirements.usesOfFrequentConcept
        }
        let frequent = subjects.prefix(requirements.frequentConcepts).count - rare.count
        if frequent < requirements.frequentConcepts {
            let nearest = rare.prefix(20).map { "\($0.concept) \($0.records)" }.joined(separator: ", ")
            findings.append(
                FixtureFinding(
                    .counts, file: "records",
                    "\(frequent) concepts of the subject facets are on \(requirements.usesOfFrequentConcept) records or "
                        + "more, \(requirements.frequentConcepts) are asked for.",
                    remedy: rare.isEmpty ? "Use more concepts." : "Nearest: \(nearest)."))
        }
        return findings
    }
}
