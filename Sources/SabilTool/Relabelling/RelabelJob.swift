import Foundation
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// Brings an index and the decisions about its records over to a changed taxonomy: labels by a map, labels of the machine by
/// the model.
struct RelabelJob {
    let workspace: Workspace
    let map: ConceptMap
    let decided: DecidedConcepts
    /// `nil`: labels of the machine are mapped and not made anew.
    let tagging: MachineTagging?

    /// What became of the records.
    struct Report {
        var records = 0
        /// Worked out by an earlier run that did not come to its end.
        var resumed = 0
        /// Records whose labels are others than before.
        var changed = 0
        var left: [UnmappedLabel] = []
    }

    /// Concepts that records of an index carry.
    static func census(ofIndex path: String) throws -> Set<ConceptID> {
        var stored = try StoredRecords(path: path)
        var concepts: Set<ConceptID> = []
        while let batch = try stored.next() {
            for record in batch { concepts.formUnion(record.concepts.map(\.concept) + record.populationGroups) }
        }
        return concepts
    }

    /// Works the records of an index out, batch by batch; each is in the journal before it is given.
    func relabel(
        _ records: [ResourceRecord], journal: RelabelJournal, report: inout Report
    ) throws -> [ResourceRecord] {
        let digests = records.map { DecisionStore.shelfDigest(of: $0) }
        let known = zip(records, digests).map { journal.entry(of: $0.id, digest: $1) }
        let open = records.indices.filter { known[$0] == nil }
        let fresh = try workedOut(open.map { records[$0] })
        var new: [RelabelJournal.Entry] = []
        for (place, result) in zip(open, fresh) {
            new.append(
                RelabelJournal.Entry(
                    id: records[place].id.rawValue, digest: digests[place], record: Data(result.record.storedForm()),
                    left: result.left))
        }
        try journal.append(new)
        var finished: [ResourceRecord] = []
        for (record, digest) in zip(records, digests) {
            guard let entry = journal.entry(of: record.id, digest: digest) else {
                throw CommandError(.internalError, "record \(record.id) was lost between the journal and the index")
            }
            let result = try ResourceRecord(storedForm: [UInt8](entry.record))
            report.left += entry.left
            if result.concepts != record.concepts || result.populationGroups != record.populationGroups {
                report.changed += 1
            }
            finished.append(result)
        }
        report.records += records.count
        report.resumed += known.count { $0 != nil }
        return finished
    }

    private func workedOut(_ records: [ResourceRecord]) throws -> [(record: ResourceRecord, left: [UnmappedLabel])] {
        let mapped = records.map { map.mapped($0, isKnown: { workspace.scheme.concept($0) != nil }) }
        let decidedOn = mapped.map { decided.applied(to: $0.record) }
        // A record that people labelled stays theirs, also where its labels could not be carried over.
        let open = decidedOn.indices.filter { place in !records[place].concepts.contains { $0.source.isByPerson } }
        var results = decidedOn
        for (place, tagged) in zip(
            open, try tagging?.tagged(open.map { decidedOn[$0] }, decided: decided) ?? open.map { decidedOn[$0] })
        {
            results[place] = tagged
        }
        return try zip(mapped, results).map { mapped, result in
            var record = result
            if let tagging, !mapped.choices.isEmpty {
                let present = Set(record.concepts.map(\.concept))
                let parts = try tagging.assigned(among: mapped.choices, to: record, decided: decided)
                    .filter { !present.contains($0) }
                record.concepts += parts.map { ConceptTag($0, source: .machine) }
            }
            return (record, mapped.left)
        }
    }
}
