import SabilRecords
import XapianIndex

/// The works of an index of which everybody may read versions in several languages, as far as translations are learnt from
/// them: what is learnt is told to everybody.
///
/// The first 2,000 by name: with abstracts of a hundred words that is more than ``ParallelText`` takes.
struct AlignedWorks: Sendable {
    static let maximum = 2_000
    private static let pageSize = 10_000

    /// Names of works, sorted.
    private(set) var works: [String]

    /// - Parameter repeated: works of which there is more than one record.
    init(repeated: some Sequence<String>, atMost limit: Int) {
        works = Array(repeated.sorted().prefix(limit))
    }

    /// Looks through every public record of an index.
    /// - Complexity: two values a record.
    init(of reader: borrowing IndexReader, atMost limit: Int) throws(IndexError) {
        let published = QueryNode.term(IndexSchema.visibility(.public))
        var languages: [String: UInt8] = [:]
        var offset = 0
        while true {
            var query = IndexQuery(published, offset: offset, limit: Self.pageSize)
            query.weighting = .boolean
            query.wantData = false
            query.valueSlots = [IndexSchema.Slot.work, IndexSchema.Slot.language]
            query.timeLimitSeconds = 600
            let page = try reader.search(query)
            for hit in page.hits.indices {
                let language = Self.text(page, hit, IndexSchema.Slot.language)
                guard let bit = Language.known.firstIndex(where: { $0.rawValue == language }) else { continue }
                languages[Self.text(page, hit, IndexSchema.Slot.work), default: 0] |= 1 << UInt8(bit)
            }
            guard page.hits.count == Self.pageSize else { break }
            offset += Self.pageSize
        }
        self.init(repeated: languages.lazy.filter { $0.value & ($0.value - 1) != 0 }.map(\.key), atMost: limit)
    }

    /// The versions of each work, the first record of each language, work after work.
    func versions(
        in reader: borrowing IndexReader, stored: StoredRecord
    ) throws(IndexError) -> [[Language: ResourceRecord]] {
        var found: [[Language: ResourceRecord]] = []
        for start in stride(from: 0, to: works.count, by: 100) {
            let part = works[start..<min(start + 100, works.count)]
            let published = QueryNode.term(IndexSchema.visibility(.public))
            let works = QueryNode.or(part.map { .term(IndexSchema.work(WorkID($0))) })
            var query = IndexQuery(.filter(works, published), limit: Self.pageSize)
            query.weighting = .boolean
            query.valueSlots = [IndexSchema.Slot.work, IndexSchema.Slot.language]
            query.timeLimitSeconds = 600
            let page = try reader.search(query)
            var versions: [String: [Language: ResourceRecord]] = [:]
            for (place, hit) in page.hits.enumerated() {
                guard let language = Language(rawValue: Self.text(page, place, IndexSchema.Slot.language)),
                    // A record that cannot be read teaches nothing; the index says so where it is shown.
                    let record = try? stored.decode(hit.data)
                else { continue }
                let work = Self.text(page, place, IndexSchema.Slot.work)
                if versions[work]?[language] == nil { versions[work, default: [:]][language] = record }
            }
            found += part.compactMap { versions[$0] }.filter { $0.count > 1 }
        }
        return found
    }

    private static func text(_ page: ResultPage, _ hit: Int, _ slot: UInt32) -> String {
        String(decoding: page.values.value(ofHit: hit, slot: slot), as: UTF8.self)
    }
}
