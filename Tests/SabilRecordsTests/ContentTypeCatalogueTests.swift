import SabilRecords
import Testing

@Suite struct ContentTypeCatalogueTests {
    @Test func `the platform has its 23 content types, 20 document types and three pillars`() throws {
        let catalogue = try Fixtures.catalogue()
        #expect(catalogue.types.count == 23)
        #expect(catalogue.documentTypes.count == 20)
        #expect(catalogue.pillars.map(\.id) == ["discover", "connect", "learn"])
        #expect(catalogue.pillar(ofType: "webinar")?.id == "learn")
        #expect(catalogue.type("publication")?.fields["pages"] == .integer)
    }

    @Test func `an alias names its type`() throws {
        let catalogue = try Fixtures.catalogue()
        #expect(catalogue.type("blog")?.id == "blog_post")
        #expect(catalogue.type("programme_profile")?.id == "programme")
        #expect(catalogue.type("nothing") == nil)
    }

    @Test func `labels fall back to English and then to the id`() throws {
        let catalogue = try Fixtures.catalogue()
        #expect(catalogue.type("news")?.label(in: .french) == "Actualité")
        #expect(catalogue.type("news")?.label(in: .undetermined) == "News")
        #expect(catalogue.documentType("thesis")?.label(in: .spanish) == "Tesis")
    }

    @Test(arguments: [
        ("[", "valid JSON"),
        (#"{"format":2,"pillars":[],"document_types":[],"content_types":[]}"#, "format 2"),
        (#"{"format":1,"pillars":[],"document_types":[]}"#, "content_types"),
        (
            #"{"format":1,"pillars":[],"document_types":[],"content_types":[{"id":"a","pillar":"p","labels":{}}]}"#,
            "unknown pillar"
        ),
        (
            #"{"format":1,"pillars":[{"id":"p","labels":{"de":"x"}}],"document_types":[],"content_types":[]}"#,
            "unknown language \"de\""
        ),
        (
            #"""
            {"format":1,"pillars":[{"id":"p","labels":{}}],"document_types":[],"content_types":[
            {"id":"a","pillar":"p","labels":{},"fields":{"f":{"kind":"colour"}}}]}
            """#, "unknown kind \"colour\""
        ),
        (
            #"""
            {"format":1,"pillars":[{"id":"p","labels":{}}],"document_types":[],"content_types":[
            {"id":"a","pillar":"p","labels":{}},{"id":"b","pillar":"p","labels":{},"aliases":["a"]}]}
            """#, "twice"
        ),
    ])
    func `a broken catalogue is refused in words`(json: String, words: String) {
        let error = #expect(throws: RecordError.self) { try ContentTypeCatalogue(json: Array(json.utf8)) }
        #expect(error?.code == .invalidCatalogue)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
}
