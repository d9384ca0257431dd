import SabilRecords
import Testing

@testable import SabilSearch

/// Titles in the order that readers of each language expect: CLDR's collations, as dictionaries and catalogues have them.
@Suite struct TitleOrderTests {
    static let table: [(reader: Language, titles: [String], reason: String)] = [
        (
            .english, ["« Cash »", "Cash, again", "\"cash plus\"", "Zebra"],
            "quotation marks, commas and spaces do not count"
        ),
        (.english, ["Part 2", "Part 10", "Part 100"], "numbers go by their value"),
        (.english, ["resume", "Resume", "résumé", "resumed"], "letters first, then accents, then case"),
        (.french, ["cote", "coté", "côte", "côté", "coter"], "accents from the front, as in CLDR's French"),
        (.french, ["œdème", "oeil", "ouvrir"], "œ is o and e"),
        (.spanish, ["nación", "nube", "ñandú", "oficio"], "ñ is a letter of its own after n"),
        (.english, ["nación", "ñandú", "nube", "oficio"], "ñ is an n with an accent for the others"),
        (
            .arabic, ["١٠ أسئلة", "أسرة", "إسكان", "بطالة", "Access", "Zebra"],
            "Arabic before Latin for readers of Arabic"
        ),
        (.english, ["10 questions", "Access", "Zebra", "أسرة", "بطالة"], "Latin before Arabic for the others"),
        (.arabic, ["آباء", "أبناء", "الأسرة"], "alef with madda and hamza are alefs"),
    ]

    @Test(arguments: table.indices) func `titles are in order`(row: Int) async throws {
        let (reader, titles, reason) = Self.table[row]
        let records = titles.enumerated().reversed().map { index, title in
            ResourceRecord(id: RecordID("\(index)"), type: "news", language: reader, title: title)
        }
        try await SearchFixture.withService(records + [ResourceRecord(id: "last", type: "news", title: "!?")]) {
            service in
            let page = try await service.search(SearchRequest(sort: .title, limit: 50, readerLanguage: reader))
            #expect(page.hits.map(\.title) == titles + ["!?"], "\(reason)")
        }
    }

    @Test func `programmes and events go by when they begin, the others last`() async throws {
        func record(_ id: String, _ start: String?) -> ResourceRecord {
            var record = ResourceRecord(id: RecordID(id), type: "programme", title: id)
            if let date = start.flatMap({ PartialDate($0) }) { record.fields["start"] = .date(date) }
            return record
        }
        let records = [record("a", "2003"), record("b", nil), record("c", "2019-04"), record("d", "2019-04-02")]
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(SearchRequest(sort: .start))
            #expect(SearchFixture.ids(page) == ["d", "c", "a", "b"])
        }
    }
}
