public import SabilRecords

/// Checks the fixtures against what they promise. Reads nothing: everything is in the collection and the context.
///
/// The checks are in extensions, one file a subject.
public struct FixtureCheck: Sendable {
    let collection: FixtureCollection
    let context: FixtureContext
    let requirements: FixtureRequirements
    /// Beside `collection.records`, one each.
    let facts: [TextFacts]
    /// The first record of each id.
    let records: [RecordID: FixtureCollection.Located<ResourceRecord>]
    /// The versions of each work, in the order of files and lines; works sorted by id.
    let works: [(id: WorkID, versions: [FixtureCollection.Located<ResourceRecord>])]

    /// - Parameter facts: reads the text of a record, given with the language of its file.
    public init(
        _ collection: FixtureCollection, context: FixtureContext, requirements: FixtureRequirements = .init(),
        facts: (ResourceRecord, Language) throws -> TextFacts
    ) rethrows {
        self.collection = collection
        self.context = context
        self.requirements = requirements
        self.facts = try collection.records.map { try facts($0.value, $0.textLanguage) }
        records = Dictionary(collection.records.map { ($0.value.id, $0) }) { first, _ in first }
        works = Dictionary(grouping: collection.records) { $0.value.work }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Everything that is wrong, by file and line.
    ///
    /// - Complexity: O(bytes of the texts), and O(pairs of records that share a 5-word shingle).
    public func findings() -> [FixtureFinding] {
        let all =
            collection.findings + identityFindings() + translationFindings() + lengthFindings() + countFindings()
            + labelFindings() + languageFindings() + noiseFindings() + duplicateFindings() + queryFindings()
            + judgementFindings() + splitFindings() + secondReadingFindings()
        return all.sorted()
    }

    /// A finding about a whole folder or file that holds too few of something.
    func shortage(
        _ check: FixtureFinding.Check, in file: String, of what: String, _ count: Int, least: Int, remedy: String
    ) -> [FixtureFinding] {
        guard count < least else { return [] }
        return [
            FixtureFinding(
                check, file: file, "There are \(count) \(what), at least \(least) are asked for.", remedy: remedy)
        ]
    }
}

extension FixtureCollection.Located {
    /// A finding at the place of this entry.
    func finding(_ check: FixtureFinding.Check, _ message: String, remedy: String) -> FixtureFinding {
        FixtureFinding(check, file: file, line: line, message, remedy: remedy)
    }

    /// `records/en.jsonl:3`
    var place: String { "\(file):\(line)" }
}

extension FixtureCollection {
    /// Findings about entries that name something a second time.
    static func repeated<Value, Key: Hashable>(
        _ entries: [Located<Value>], _ check: FixtureFinding.Check, by key: (Value) -> Key,
        _ message: (Value, String) -> String, remedy: String
    ) -> [FixtureFinding] {
        var places: [Key: String] = [:]
        var findings: [FixtureFinding] = []
        for entry in entries {
            let name = key(entry.value)
            if let earlier = places[name] {
                findings.append(entry.finding(check, message(entry.value, earlier), remedy: remedy))
            } else {
                places[name] = entry.place
            }
        }
        return findings
    }
}
