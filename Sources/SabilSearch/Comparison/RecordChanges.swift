public import SabilRecords
import XapianIndex

/// Which records two indexes have in common, and what became of them.
public struct RecordChanges: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public let id: RecordID
        /// The language it was analysed in.
        public let language: Language
        /// Empty when the record cannot be read.
        public let title: String
    }

    public struct Change: Sendable, Hashable {
        /// As in the second index.
        public let entry: Entry
        /// Keys of the record format whose values differ.
        public let fields: [String]
    }

    /// Records of the second index alone, by id in byte order; likewise the other lists.
    public internal(set) var added: [Entry] = []
    /// Records of the first index alone.
    public internal(set) var removed: [Entry] = []
    public internal(set) var changed: [Change] = []
    /// Records that are the same in both, however they were indexed.
    public internal(set) var unchanged = 0
    /// Unchanged records whose words were analysed to other terms.
    public internal(set) var analysedOtherwise: [RecordID] = []
    /// Unchanged records that were taken to be in another language.
    public internal(set) var inAnotherLanguage: [RecordID] = []
    /// Unchanged records that reach other concepts, countries or organisations: the taxonomy is another.
    public internal(set) var reachingOtherConcepts: [RecordID] = []
    /// Records in both, of which one cannot be read back: nobody can say whether they changed.
    public internal(set) var unreadable: [RecordID] = []

    /// Nothing differs, neither the records nor how they were indexed.
    public var isEmpty: Bool {
        added.isEmpty && removed.isEmpty && changed.isEmpty && analysedOtherwise.isEmpty && inAnotherLanguage.isEmpty
            && reachingOtherConcepts.isEmpty && unreadable.isEmpty
    }
}

/// The documents that hold the unchanged records, by number, with the language each was analysed in.
struct UnchangedDocuments {
    var from: [UInt64: Language] = [:]
    var to: [UInt64: Language] = [:]
}

extension RecordChanges {
    /// Goes through the records of two indexes side by side.
    struct Walk {
        private typealias Slot = IndexSchema.Slot

        private static let conceptSlots = [
            Slot.concepts, Slot.conceptsByPerson, Slot.populations, Slot.regions, Slot.countries, Slot.organisations,
        ]
        private static let slots = [Slot.language, Slot.wordStream] + conceptSlots

        private let stored = StoredRecord()
        private var changes = RecordChanges()
        private var documents = UnchangedDocuments()

        static func run(
            _ from: borrowing IndexReader, _ to: borrowing IndexReader, progress: (Int) -> Void
        ) throws(IndexError) -> (changes: RecordChanges, unchanged: UnchangedDocuments) {
            var walk = Walk()
            var count = 0
            try TermCursor.walk(from, to, prefix: IndexSchema.record(RecordID(""))) { (term) throws(IndexError) in
                let name = term.text
                let older = term.from == 0 ? nil : try from.document(uniqueTerm: name, valueSlots: slots)
                let newer = term.to == 0 ? nil : try to.document(uniqueTerm: name, valueSlots: slots)
                walk.add(RecordID(String(name.dropFirst())), older, newer)
                count += 1
                if count.isMultiple(of: 500) { progress(count) }
                return true
            }
            return (walk.changes, walk.documents)
        }

        private mutating func add(_ id: RecordID, _ older: Hit?, _ newer: Hit?) {
            switch (older, newer) {
            case (nil, nil): break
            case (let hit?, nil): changes.removed.append(entry(of: hit, record: record(hit), id: id))
            case (nil, let hit?): changes.added.append(entry(of: hit, record: record(hit), id: id))
            case (let older?, let newer?): compare(id, older, newer)
            }
        }

        private mutating func compare(_ id: RecordID, _ older: Hit, _ newer: Hit) {
            if older.data.isEmpty || newer.data.isEmpty { return changes.unreadable.append(id) }
            guard older.data == newer.data else {
                guard let before = record(older), let after = record(newer) else {
                    return changes.unreadable.append(id)
                }
                let fields = RecordKey.allCases.filter { before.jsonMembers([$0]) != after.jsonMembers([$0]) }
                if fields.isEmpty { return addUnchanged(id, older, newer) }
                return changes.changed.append(
                    Change(entry: entry(of: newer, record: after, id: id), fields: fields.map(\.rawValue)))
            }
            addUnchanged(id, older, newer)
        }

        private mutating func addUnchanged(_ id: RecordID, _ older: Hit, _ newer: Hit) {
            changes.unchanged += 1
            documents.from[older.documentID] = Self.language(of: older)
            documents.to[newer.documentID] = Self.language(of: newer)
            if older.values[Slot.wordStream] != newer.values[Slot.wordStream] { changes.analysedOtherwise.append(id) }
            if older.values[Slot.language] != newer.values[Slot.language] { changes.inAnotherLanguage.append(id) }
            if Self.conceptSlots.contains(where: { older.values[$0] != newer.values[$0] }) {
                changes.reachingOtherConcepts.append(id)
            }
        }

        private func record(_ hit: Hit) -> ResourceRecord? { try? stored.decode(hit.data) }

        private func entry(of hit: Hit, record: ResourceRecord?, id: RecordID) -> Entry {
            Entry(id: id, language: Self.language(of: hit), title: record?.title ?? "")
        }

        private static func language(of hit: Hit) -> Language {
            Language(rawValue: String(decoding: hit.values[Slot.language] ?? [], as: UTF8.self)) ?? .undetermined
        }
    }
}
