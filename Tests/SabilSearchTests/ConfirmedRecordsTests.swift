import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct ConfirmedRecordsTests {
    private static func record(
        _ id: RecordID, _ title: String, _ abstract: String, _ concepts: [ConceptTag], work: WorkID? = nil,
        language: Language = .english, visibility: Visibility = .public
    ) -> ResourceRecord {
        ResourceRecord(
            id: id, work: work, type: "news", language: language, title: title, abstract: abstract, concepts: concepts,
            visibility: visibility)
    }

    private static let text =
        "Herders of northern Kenya receive drought insurance when satellite pictures show that pasture has withered."

    private static let records: [ResourceRecord] = [
        record(
            "near", "Drought insurance for herders", "Satellite pictures of pasture trigger payments in Kenya.",
            [ConceptTag("poverty", source: .human)]),
        record(
            "near-fr", "Une assurance contre la sécheresse pour les éleveurs", "Le satellite observe le pâturage.",
            [ConceptTag("poverty", source: .human)], work: "near", language: .french),
        record(
            "nearer", "Herders, drought, insurance", "Pasture withered: northern Kenya, satellite pictures.",
            [ConceptTag("poverty", source: .confirmed), ConceptTag("gender", source: .machine)]),
        record(
            "far", "School meals", "Children of Lima eat at school; nothing is said of drought.",
            [ConceptTag("poverty", source: .human), ConceptTag("pensions", source: .human)]),
        record(
            "hidden", "Drought insurance for herders in Kenya", "Satellite pictures of withered pasture.",
            [ConceptTag("poverty", source: .human)], visibility: .unpublished),
        record("other", "Herders and drought", "Insurance for pasture in Kenya.", [ConceptTag("health")]),
        record("filler", "Old-age pensions", "A pension for all who are old.", [ConceptTag("pensions")]),
    ]

    private func request(_ concepts: [ConceptID], except: RecordID? = nil) -> ConfirmedRequest {
        ConfirmedRequest(text: Self.text, language: .english, concepts: concepts, except: except)
    }

    @Test func `the records most like a text are found among those that people gave the concept`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let found = try await service.confirmed(request(["poverty", "gender", "pensions", "health"]))
            let poverty = try #require(found["poverty"])
            #expect(poverty.map(\.id) == ["nearer", "near"], "the likelier first; not what shares one word")
            #expect(poverty[0].likeness > poverty[1].likeness && poverty[0].likeness <= 1)
            #expect(poverty[1].likeness >= SearchService.leastLikeness)
            #expect(poverty[0].shared.contains("withered") && !poverty[1].shared.contains("withered"))
            #expect(poverty.allSatisfy { $0.shared.contains("drought") && $0.shared.contains("pasture") })
            #expect(found["gender"] == nil, "a machine's tag confirms nothing")
            #expect(found["pensions"] == nil, "people gave it records, but none is like the text")
            #expect(found["health"]?.map(\.id) == ["other"])
        }
    }

    @Test func `what one may not see is no evidence, nor a record of itself`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            var all = request(["poverty"])
            all.limit = 10
            let seen = try await service.confirmed(all)["poverty"] ?? []
            #expect(!seen.contains { $0.id == "hidden" })
            all.visibility = Set(Visibility.allCases)
            let whole = try await service.confirmed(all)["poverty"] ?? []
            #expect(whole.contains { $0.id == "hidden" })
            all.except = "hidden"
            let others = try await service.confirmed(all)["poverty"] ?? []
            #expect(!others.isEmpty && !others.contains { $0.id == "hidden" })
            #expect(whole.count { $0.work == "near" } <= 1, "versions of a work count once")
        }
    }

    @Test func `a text of another language is found by the concepts it names`() async throws {
        let records = [
            Self.record(
                "ar", "التحويلات النقدية ومعاشات الشيخوخة", "معاشات الشيخوخة والتحويلات النقدية في المغرب.",
                [ConceptTag("poverty")], language: .arabic),
            Self.record(
                "ar2", "معاشات الشيخوخة", "التحويلات النقدية", [ConceptTag("health")], language: .arabic),
            Self.record("en", "Rivers", "Water flows to the sea.", [ConceptTag("health")]),
        ]
        try await SearchFixture.withService(records) { service in
            let found = try await service.confirmed(
                ConfirmedRequest(
                    text: "Cash transfers and old-age pensions", language: .english, concepts: ["poverty"]))
            let hit = try #require(found["poverty"]?.first)
            #expect(hit.id == "ar")
            #expect(hit.shared.contains("Cash transfers"), "\(hit.shared)")
        }
    }

    @Test func `no text, no concepts and unknown ones find nothing; a wrong limit is refused`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for nothing in [
                ConfirmedRequest(text: "", concepts: ["poverty"]), ConfirmedRequest(text: Self.text, concepts: []),
                ConfirmedRequest(text: Self.text, concepts: ["no-such"]),
            ] {
                let found = try await service.confirmed(nothing)
                #expect(found.isEmpty)
            }
            var wrong = request(["poverty"])
            wrong.limit = 0
            await #expect(throws: SearchError.self) { try await service.confirmed(wrong) }
        }
    }

    /// Words are looked for in the stored texts again.
    @Test func `what is said to be shared stands in the record, and each record carries the concept`()
        async throws
    {
        let records = SearchFixture.records
        let asked = try #require(records.first { $0.language == .english && !$0.concepts.isEmpty })
        try await SearchFixture.withService(records) { service in
            let concepts = asked.concepts.map(\.concept)
            var request = ConfirmedRequest(
                title: asked.title, text: asked.abstract + "\n\n" + asked.body, language: asked.language,
                concepts: concepts, except: asked.id)
            request.visibility = Set(Visibility.allCases)
            request.limit = 3
            let found = try await service.confirmed(request)
            #expect(!found.isEmpty)
            var session = SearchFixture.analyzer.makeSession()
            for (concept, nearest) in found {
                for hit in nearest {
                    let record = try #require(records.first { $0.id == hit.id })
                    #expect(record.concepts.contains { $0.concept == concept && $0.source.isByPerson })
                    let text =
                        ([record.title, record.abstract, record.body] + record.authors + record.organisations
                        + [record.series].compactMap(\.self)
                        + record.fields.values.flatMap { value -> [String] in
                            switch value {
                            case .text(let text): [text]
                            case .strings(let texts): texts
                            default: []
                            }
                        }).joined(separator: "\n")
                    let stems = Set(try session.tokens(in: text, language: record.language).map(\.stem))
                    for word in hit.shared where word.first?.isLowercase == true {
                        let stem = try session.tokens(in: word, language: asked.language).first?.stem ?? word
                        let isName = hit.language != asked.language
                        #expect(stems.contains(stem) || isName || word.contains(" "), "\(hit.id): \(word)")
                    }
                }
                #expect(nearest.map(\.likeness) == nearest.map(\.likeness).sorted(by: >))
            }
        }
    }
}
