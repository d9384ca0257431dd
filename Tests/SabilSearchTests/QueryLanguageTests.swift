import SabilRecords
import Testing

@testable import SabilSearch

/// What queries find: nearness and the fields of a record.
@Suite struct QueryLanguageTests {
    private static let records: [ResourceRecord] = [
        ResourceRecord(
            id: "a", work: "w", type: "news", language: .english, title: "Droughts and herders",
            abstract: "Rain fails and herders lose cattle before the next school term.",
            body: "Takaful and Karama pays cash to herders.", authors: ["Amina Hassan"],
            organisations: ["Herders Union"], series: "Dry Notes", documentType: "report",
            date: PartialDate("2018-05-30"), countries: ["KEN"],
            concepts: [ConceptTag("cash-transfers", source: .machine)]),
        ResourceRecord(
            id: "b", work: "w", type: "event", language: .english, title: "School meals",
            abstract:
                "Children eat at school. Cattle and rain are not on the menu; far away, at the very end, herders.",
            body: "Meals cost money.", date: PartialDate("2019"), countries: ["MAR"],
            concepts: [ConceptTag("school-feeding", source: .human)]),
        ResourceRecord(
            id: "c", type: "news", language: .english, title: "Hidden herders", abstract: "Nobody reads this.",
            date: PartialDate("2020-02-29"), visibility: .unpublished),
    ]

    /// Query, ids found by a reader who may see everything, why.
    static let table: [(query: String, ids: Set<String>, reason: String)] = [
        ("rain NEAR/3 herders", ["a"], "three words on"),
        ("herders NEAR/3 rain", ["a"], "in either order"),
        ("rain NEAR/2 herders", [], "not within two"),
        ("rain NEAR/20 herders", ["a", "b"], "wide enough for both"),
        ("cattle NEAR/5 \"school term\"", ["a"], "a phrase is near as a whole"),
        ("cattle NEAR/9 \"term school\"", [], "and stays a phrase"),
        ("\"not on\" NEAR/4 cattle", ["b"], "a phrase is near by its nearer end"), ("\"not on\" NEAR/3 cattle", [], ""),
        ("\"at the\" NEAR/4 far", ["b"], "or from its beginning"), ("\"at the\" NEAR/1 far", [], "and no further"),
        ("\"at school\" NEAR/12 end", [], "not over the end of the phrase"),
        ("\"at school\" NEAR/15 \"very end\"", ["b"], "two phrases"),
        ("\"the menu\" NEAR/2 at", [], "a phrase is near where it stands, whatever its words do elsewhere"),
        ("at NEAR/2 school NEAR/2 at", [], "a word asked for twice stands twice"),
        ("at NEAR/12 school NEAR/12 at", ["b"], ""),
        ("rain NEAR/3 herders NEAR/2 cattle", ["a"], "each near the next"),
        ("fails NEAR/4 rain NEAR/4 cattle", [], "no distance makes up for another"),
        ("rain NEAR/10 fails NEAR/1 herders", [], "each distance counts where it stands"),
        ("rain NEAR/10 fails NEAR/2 herders", ["a"], "and no further"),
        ("cattle NEAR/5 \"school term\" NEAR/5 herders", [], "a phrase keeps its place between words"),
        ("herders NEAR/2 cattle NEAR/5 \"school term\"", ["a"], "or after them"),
        ("rain NEAR/2 ! NEAR/1 herders", ["a"], "what holds no word joins the distances beside it"),
        ("droughts NEAR/50 rain", [], "nothing is near over the end of a field"),
        ("title:herders", ["a", "c"], "title"), ("abstract:herders", ["a", "b"], "abstract"),
        ("abstract:droughts", [], "the title is not the abstract"), ("body:herders", ["a"], "body"),
        ("abstract:\"rain fails\"", ["a"], "a phrase of the abstract"),
        ("body:\"rain fails\"", [], "is none of the body"),
        ("abstract:herd*", ["a", "b", "c"], "a beginning is searched for anywhere, with a note"),
        ("author:hassan", ["a"], "author"), ("organisation:\"Herders Union\"", ["a"], "organisation"),
        ("series:\"Dry Notes\"", ["a"], "series"), ("document_type:report", ["a"], "document type"),
        ("type:event", ["b"], "type"), ("country:KEN", ["a"], "country by code"),
        ("pays:Maroc", ["b"], "country by its name in another language"), ("concept:school-feeding", ["b"], "concept"),
        ("programme:\"Takaful wa Karama\"", ["a"], "a programme that the text names"),
        ("programme:Nowhere", [], "an unknown programme"), ("label_source:machine", ["a"], "who tagged"),
        ("access:unpublished", ["c"], "who may read"), ("language:en", ["a", "b", "c"], "language"),
        ("id:b", ["b"], "the record itself"), ("work:w", ["a", "b"], "the work"),
        ("year:2018..2019", ["a", "b"], "years"),
        ("date:2018-05", ["a"], "a month holds its days"), ("date:2018-06..2019", ["b"], "a year alone"),
        ("date:2018-06..2020-02-28", ["b"], "to the day before"), ("date:..2018-05-29", [], "a day too early"),
        ("date:2020-02-29", ["c"], "to the day"), ("herders access:public", ["a", "b"], "a filter beside words"),
        ("+herders +school", ["a", "b"], "both required"), ("herders -title:herders", ["b"], "a field left out"),
    ]

    @Test func `every field of a record can be asked for`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for row in Self.table {
                var request = SearchRequest(row.query, language: .english, expansion: .none, spelling: .off)
                request.visibility = Set(Visibility.allCases)
                let page = try await service.search(request)
                #expect(Set(SearchFixture.ids(page)) == row.ids, "\(row.query): \(row.reason)")
            }
            let hidden = try await service.search(SearchRequest("access:unpublished"))
            #expect(hidden.hits.isEmpty, "asking for what one may not see does not show it")
            let note = try await service.search(SearchRequest("access:secret"))
            #expect(note.hits.isEmpty && note.notes.map(\.code) == [.unknownValue])
            let anywhere = try await service.search(SearchRequest("abstract:herd*"))
            #expect(anywhere.notes.contains { $0.code == .unsuitedField })
        }
    }
}
