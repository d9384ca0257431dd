import SabilRecords
import XapianIndex

/// The tags of one record on their way into its document.
struct RecordTags {
    private typealias Slot = IndexSchema.Slot

    /// Tags that the taxonomy does not know.
    private(set) var unknown = 0

    private let table: TagTable
    private var own: [(number: UInt32, isByPerson: Bool)] = []
    /// Everything tagged and all above it, some more than once; so are the lists below.
    private var reached: [UInt32] = []
    private var reachedByPerson: [UInt32] = []
    /// What a person tagged, without what is above it: counts twice.
    private var ownByPerson: [UInt32] = []
    private var subjects: [UInt32] = []
    private var subjectsByPerson: [UInt32] = []
    private var populations: [UInt32] = []
    private var regions: [UInt32] = []
    private var countries: [UInt32] = []
    private var sources: [LabelSource] = []

    init(_ record: ResourceRecord, _ table: TagTable) {
        self.table = table
        addConcepts(of: record)
        addPlaces(of: record)
        sources = [.confirmed, .human, .machine].filter { source in record.concepts.contains { $0.source == source } }
    }

    private mutating func addConcepts(of record: ResourceRecord) {
        var tagged: [(entry: TagTable.Entry, isByPerson: Bool)] = []
        tagged.reserveCapacity(record.concepts.count + record.populationGroups.count)
        func note(_ id: ConceptID, isByPerson: Bool) {
            if let entry = table[id] { tagged.append((entry, isByPerson)) } else { unknown += 1 }
        }
        for tag in record.concepts { note(tag.concept, isByPerson: tag.source.isByPerson) }
        for id in record.populationGroups { note(id, isByPerson: true) }
        for (entry, isByPerson) in tagged {
            // A machine's tag beside a person's one says nothing more.
            if !isByPerson, tagged.contains(where: { $0.isByPerson && $0.entry.number == entry.number }) { continue }
            own.append((entry.number.rawValue, isByPerson))
            reach(entry.chain, byPerson: isByPerson)
            if entry.isPopulation {
                populations += entry.chain
            } else {
                subjects += entry.chain
                if isByPerson { subjectsByPerson += entry.chain }
            }
        }
    }

    private mutating func addPlaces(of record: ResourceRecord) {
        for code in record.countries {
            guard let country = table[country: code] ?? table[country: code.uppercased()] else {
                unknown += 1
                continue
            }
            countries.append(country.number.rawValue)
            reach([country.number.rawValue], byPerson: true)
            for region in country.regions { add(region: region) }
        }
        for id in record.regions {
            if let region = table[id] { add(region: region) } else { unknown += 1 }
        }
    }

    private mutating func add(region: TagTable.Entry) {
        regions += region.chain
        reach(region.chain, byPerson: true)
    }

    private mutating func reach(_ chain: [UInt32], byPerson isByPerson: Bool) {
        reached += chain
        guard isByPerson else { return }
        reachedByPerson += chain
        ownByPerson += chain.prefix(1)
    }

    func write(to document: inout IndexDocument) {
        for (number, isByPerson) in own {
            let terms = table.terms(number)
            document.addBooleanTerm(isByPerson ? terms.assigned : terms.suggested)
        }
        for number in Self.distinct(reached) { document.addTerm(table.terms(number).reaches) }
        for number in Self.distinct(reachedByPerson) {
            document.addTerm(table.terms(number).reachesByPerson, wdf: ownByPerson.contains(number) ? 1 : 0)
        }
        document.setList(slot: Slot.concepts, subjects)
        document.setList(slot: Slot.conceptsByPerson, subjectsByPerson)
        document.setList(slot: Slot.populations, populations)
        document.setList(slot: Slot.regions, regions)
        document.setList(slot: Slot.countries, countries)
        document.setList(slot: Slot.labelSources, sources.map(IndexSchema.labelSourceNumber))
        for source in sources { document.addBooleanTerm(IndexSchema.labelSource(source)) }
    }

    private static func distinct(_ numbers: [UInt32]) -> [UInt32] {
        var last: UInt32?
        return numbers.sorted().filter { number in
            defer { last = number }
            return number != last
        }
    }
}
