import FoundationEssentials
import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct PlacementTests {
    static let header = "query\tlanguages\taction\trecord\tfrom\tto\tnote\n"
    static let boosts = "boost\tvalue\tpoints\thalf_life_years\nrecency\t\t4\t5\ncontent_type\tpublication\t2\n"

    /// Runs a body with a service over records, placements and boosts, on the tenth of May 2026.
    static func withService<Answer>(
        _ records: [ResourceRecord], placements: String = "", boosts: String = Self.boosts, day: String = "2026-05-10",
        _ body: (SearchService) async throws -> Answer
    ) async throws -> Answer {
        try await SearchFixture.withDirectory { directory in
            try Data((header + placements).utf8).write(to: URL(filePath: directory + "/placements.tsv"))
            try Data(boosts.utf8).write(to: URL(filePath: directory + "/boosts.tsv"))
            let path = directory + "/index"
            var batches = [records][...]
            _ = try await SearchFixture.indexer(path).rebuild(threads: 2) { () throws(SearchError) in batches.popFirst()
            }
            let today = try #require(PartialDate(day))
            let service = try SearchService(
                indexPath: path, taxonomy: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes,
                analyzer: SearchFixture.analyzer, lanes: 1, placements: .inFolder(directory),
                boosts: .inFolder(directory, contentTypes: SearchFixture.contentTypes), today: { today })
            return try await body(service)
        }
    }

    private static let records = (0..<30).map { number in
        ResourceRecord(
            id: RecordID("r\(number)"), work: WorkID("w\(number / 2)"), type: number % 3 == 0 ? "publication" : "news",
            language: number % 2 == 0 ? .english : .french,
            title: "Cash \(String(repeating: "transfer ", count: 1 + number % 5))",
            abstract: "Paper \(number)", date: PartialDate(year: 1990 + number),
            visibility: number == 7 ? .unpublished : .public)
    }

    @Test func `pinned records come first in order, hidden ones nowhere, counts are of what is shown`() async throws {
        let placements = """
            # of the editors
            Cash transfer!\t\tpin\tr20\t\t\tthe handbook
            cash TRANSFER\t\tpin\tr7\t\t\tunpublished: not shown
            cash transfer\t\tpin\tr3\t\t\t
            cash transfer\t\tpin\tno-such\t\t\t
            cash transfer\t\thide\tr4\t\t\t
            """
        try await Self.withService(Self.records, placements: placements) { service in
            var request = SearchRequest("cash transfer", facets: [.type, .language], limit: 200, explain: true)
            let placed = try await service.search(request)
            #expect(Array(SearchFixture.ids(placed).prefix(2)) == ["r20", "r3"])
            #expect(placed.hits.prefix(2).allSatisfy { $0.isPinned })
            #expect(placed.hits.count { $0.isPinned } == 2 && placed.hits.count == 28)
            let codes = placed.notes.map(\.code)
            #expect(codes.contains(.pinned) && codes.contains(.hidden))
            #expect(placed.total == .exact(28))
            for counts in placed.facets.values {
                let sum = counts.reduce(0) { $0 + $1.count }
                #expect(sum == 28)
            }
            request.usesPlacements = false
            let plain = try await service.search(request)
            #expect(plain.total == .exact(29) && !plain.hits.contains { $0.isPinned })
            let rest = SearchFixture.ids(plain).filter { !["r20", "r3", "r4"].contains($0) }
            #expect(Array(SearchFixture.ids(placed).dropFirst(2)) == rest, "the others keep their order")
            // Pages and files follow the same list.
            request = SearchRequest("cash transfer", limit: 3, highlight: false)
            var pages: [String] = []
            repeat {
                let page = try await service.search(request)
                pages += SearchFixture.ids(page)
                request.cursor = page.next
            } while request.cursor != nil
            #expect(pages == SearchFixture.ids(placed))
            var stream = try await service.records(matching: SearchRequest("cash transfer"))
            var exported: [String] = []
            while let records = try await stream.next() { exported += records.map(\.id.rawValue) }
            #expect(exported == pages)
            // Filters hold for pinned records, too, and an order by date has none.
            let news = try await service.search(
                SearchRequest("cash transfer", filters: [Filter(.type, ["news"])], facets: [.type], limit: 200))
            #expect(SearchFixture.ids(news).first == "r20" && !SearchFixture.ids(news).contains("r3"))
            let newest = try await service.search(SearchRequest("cash transfer", sort: .newest, limit: 200))
            #expect(newest.total == .exact(29) && !newest.hits.contains { $0.isPinned })
            let works = try await service.search(
                SearchRequest("cash transfer", limit: 200, collapsesTranslations: true, readerLanguage: .french))
            let shown = Set(works.hits.map(\.record.work))
            #expect(works.hits.first?.isPinned == true && shown.count == works.hits.count)
            #expect(works.total == .exact(works.hits.count))
            #expect(works.recordTotal == .exact(28), "records are counted by themselves, pinned works' others, too")
            let other = try await service.search(SearchRequest("cash transfer programme", limit: 200))
            #expect(!other.hits.contains { $0.isPinned }, "a query is matched as a whole")
        }
    }

    @Test func `a query that was misspelt is placed as it is searched for, on pages and in files`() async throws {
        let placements = "cash transfer\t\tpin\tr20\t\t\t\ncash transfer\t\thide\tr4\t\t\t\n"
        try await Self.withService(Self.records, placements: placements) { service in
            let request = SearchRequest("cash trasnfer", language: .english, limit: 200)
            let page = try await service.search(request)
            #expect(page.spelling?.isUsed == true)
            #expect(page.hits.first?.record.id == "r20" && page.hits.first?.isPinned == true)
            #expect(!SearchFixture.ids(page).contains("r4"))
            var stream = try await service.records(matching: request)
            var exported: [String] = []
            while let records = try await stream.next() { exported += records.map(\.id.rawValue) }
            #expect(exported == SearchFixture.ids(page))
        }
    }

    @Test func `what curators left out is told as far as it would have been found, and defines nothing`() async throws {
        let glossary = ResourceRecord(
            id: "g", type: "glossary_term", language: .english, title: "Cash transfer", abstract: "Money.")
        let placements = ["r4", "r7", "g", "no-such"].map { "cash transfer\t\thide\t\($0)\t\t\t\n" }.joined()
        try await Self.withService(Self.records + [glossary], placements: placements) { service in
            func page(_ filters: [Filter], shows: Bool = true) async throws -> FacetedPage {
                var request = SearchRequest(
                    "cash transfer", language: .english, filters: filters, expansion: .none, discovery: [.definitions])
                request.usesPlacements = shows
                return try await service.search(request)
            }
            func note(_ filters: [Filter]) async throws -> String? {
                try await page(filters).notes.first { $0.code == .hidden }?.message
            }
            // r7 is unpublished, and one is not there at all.
            let all = try await note([])
            #expect(all?.hasPrefix("Curators left 2 records out") == true)
            let news = try await note([Filter(.type, ["news"])])
            #expect(news?.hasPrefix("Curators left 1 record out") == true)
            let publications = try await note([Filter(.type, ["publication"])])
            #expect(publications == nil)
            let left = try await page([]).definitions.map(\.source)
            #expect(!left.contains(.record("g")))
            let defined = try await page([], shows: false).definitions.map(\.source)
            #expect(defined == [.record("g")])
        }
    }

    @Test(arguments: [
        ("2026-05-10", Language.english, true, "the first day"), ("2026-05-09", .english, false, "the day before"),
        ("2026-06-01", .french, true, "the last day"), ("2026-06-02", .french, false, "the day after"),
        ("2026-05-20", .arabic, false, "readers of another language"),
    ])
    func `a placement holds for its days and readers`(
        _ day: String, _ reader: Language, _ holds: Bool, _ reason: String
    ) async throws {
        let line = "cash\ten,fr\tpin\tr1\t2026-05-10\t2026-06-01\t\n"
        try await Self.withService(Array(Self.records.prefix(4)), placements: line, day: day) { service in
            let page = try await service.search(SearchRequest("cash", readerLanguage: reader))
            #expect(page.hits.contains { $0.isPinned } == holds, "\(reason)")
        }
    }

    @Test func `every defect of a file is told with its line`() async throws {
        let lines: [(String, String)] = [
            ("cash\t\tpin\tr1\t\t\t", ""), ("!?\t\tpin\tr1\t\t\t", "the query holds no word"),
            ("a\tpt\tpin\tr1\t\t\t", "\"pt\" is no language"), ("b\t\tpush\tr1\t\t\t", "write pin or hide"),
            ("c\t\tpin\t\t\t\t", "the record is missing"), ("d\t\tpin\tr1\t2026-05\t\t", "from is \"2026-05\""),
            ("e\t\tpin\tr1\t\t2026-02-30\t", "to is \"2026-02-30\""),
            ("f\t\tpin\tr1\t2026-05-02\t2026-05-01\t", "before it begins"),
            ("Cash\ten\thide\tr1\t\t\t", "line 2 places the record"),
            ("g\t\tpin\tr1\t\t\t\tx\ty", "9 cells of at most 7"),
            ("h\ten\tpin\tr1\t\t2026-05-01\t", ""), ("h\ten\thide\tr1\t2026-05-02\t\t", ""),
            ("h\tfr\thide\tr1\t\t\t", ""),
        ]
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/placements.tsv"
            try Data((Self.header + lines.map(\.0).joined(separator: "\n")).utf8).write(to: URL(filePath: path))
            do throws(SearchError) {
                _ = try PlacementList(path: path)
                Issue.record("the file has defects")
            } catch {
                #expect(error.code == .invalidPlacements)
                let told = error.message.split(separator: "; line ").count
                #expect(told == lines.count { !$0.1.isEmpty }, "\(error.message)")
                for (number, line) in lines.enumerated() where !line.1.isEmpty {
                    #expect(error.message.contains(line.1), "\(error.message)")
                    #expect(error.message.contains("line \(number + 2): "), "\(error.message)")
                }
            }
            try Data("query\taction\n".utf8).write(to: URL(filePath: path))
            do throws(SearchError) {
                _ = try PlacementList(path: path)
                Issue.record("the header is another")
            } catch {
                #expect(error.message.contains("the header must be"))
            }
            #expect(throws: SearchError.self) { try PlacementList(path: directory + "/none") }
            let none = try PlacementList.inFolder(directory + "/none")
            #expect(none.isEmpty)
        }
    }

    @Test func `boosts lift by date and type when asked, and say so`() async throws {
        func record(_ id: String, _ type: String, _ date: String?) -> ResourceRecord {
            ResourceRecord(
                id: RecordID(id), type: type, language: .english, title: "Pensions",
                date: date.flatMap { PartialDate($0) })
        }
        let records = [
            record("old", "news", "1990"), record("new", "news", "2026-05-10"), record("undated", "news", nil),
            record("paper", "publication", "1990"), record("coming", "news", "2030"),
        ]
        try await Self.withService(records) { service in
            func ids(_ boosts: Set<Boost>) async throws -> [String] {
                var request = SearchRequest("pensions", explain: true)
                request.boosts = boosts
                let page = try await service.search(request)
                let isTold = page.notes.contains { $0.code == .boosted }
                #expect(isTold == !boosts.isEmpty)
                for hit in page.hits {
                    let sum = hit.explanation.reduce(0) { $0 + $1.contribution }
                    #expect(abs(sum - hit.score) < 1e-9)
                }
                return SearchFixture.ids(page)
            }
            var found = try await ids([])
            #expect(found.count == 5)
            found = try await ids([.recency])
            #expect(Set(found.prefix(2)) == ["new", "coming"] && found.last == "undated")
            found = try await ids([.contentType])
            #expect(found.first == "paper")
            found = try await ids([.contentType, .recency])
            #expect(
                Set(found.prefix(2)) == ["new", "coming"] && Array(found.dropFirst(2)) == ["paper", "old", "undated"])
        }
    }

    @Test func `a boost that the table lacks is not said to lift`() async throws {
        let record = ResourceRecord(
            id: "a", type: "news", language: .english, title: "Pensions", date: PartialDate("2020"))
        func told(_ table: String, _ boosts: Set<Boost>) async throws -> [String] {
            try await Self.withService([record], boosts: table) { service in
                var request = SearchRequest("pensions")
                request.boosts = boosts
                return try await service.search(request).notes.filter { $0.code == .boosted }.map(\.message)
            }
        }
        let header = "boost\tvalue\tpoints\thalf_life_years\n"
        #expect(try await told(header, [.recency, .contentType]).isEmpty)
        #expect(try await told(header + "recency\t\t0\t5\n", [.recency]).isEmpty, "no points lift nothing")
        let one = try await told(header + "content_type\tnews\t1\t\n", [.recency, .contentType])
        #expect(one == ["Records were lifted by content_type, as was asked for."])
        #expect(try await told(header + "recency\t\t1\t5\n", [.contentType]).isEmpty)
    }

    @Test func `records in the query's language come before better ones in others, by so many points`() async throws {
        func record(_ id: String, _ language: Language, _ title: String) -> ResourceRecord {
            ResourceRecord(id: RecordID(id), type: "news", language: language, title: title)
        }
        let records = [
            record("es", .spanish, "Comedores escolares y sus cocinas en el campo"),
            record("en", .english, "Comedores"),
        ]
        try await SearchFixture.withDirectory { directory in
            try Data("boost\tvalue\tpoints\thalf_life_years\nlanguage\t\t4\n".utf8)
                .write(to: URL(filePath: directory + "/boosts.tsv"))
            let path = directory + "/index"
            _ = try await SearchFixture.indexer(path).update(records)
            let service = try SearchService(
                indexPath: path, taxonomy: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes,
                boosts: .inFolder(directory, contentTypes: nil))
            var request = SearchRequest("comedores", language: .spanish, expansion: .none, explain: true)
            #expect(SearchFixture.ids(try await service.search(request)) == ["en", "es"])
            request.boosts = [.language]
            let page = try await service.search(request)
            #expect(SearchFixture.ids(page) == ["es", "en"])
            #expect(page.hits.map { $0.explanation.filter { $0.kind == .language }.map(\.contribution) } == [[4], []])
            #expect(!page.notes.contains { $0.code == .boosted }, "the usual is not told")
            // Where the query's language is not known the reader's counts.
            request.language = nil
            request.text = "2024 comedores"
            request.readerLanguage = .english
            let other = try await service.search(request)
            #expect(other.queryLanguage != .undetermined || SearchFixture.ids(other).first == "en")
        }
    }

    @Test func `points halve with the years`() async throws {
        try await SearchFixture.withDirectory { directory in
            try Data(Self.boosts.utf8).write(to: URL(filePath: directory + "/boosts.tsv"))
            let table = try BoostTable.inFolder(directory, contentTypes: nil)
            let day = try #require(PartialDate("2026-01-01"))
            for (date, points) in [(20_260_101, 4.0), (20_210_101, 2), (20_160_101, 1), (20_300_000, 4)] {
                let part = table.parts([.recency], type: "news", dateOrdinal: date, on: day)
                #expect(abs((part.first?.contribution ?? 0) - points) < 1e-9, "\(date)")
            }
            #expect(table.parts([.recency, .contentType], type: "news", dateOrdinal: nil, on: day).isEmpty)
            let defects =
                "boost\tvalue\tpoints\thalf_life_years\nrecency\t\t-1\t0\nnovelty\t\t1\t\ncontent_type\tbanana\t1\t\n"
                + "language\tfr\t4\t7\ncontent_type\tnews\t1\t3\n"
            try Data(defects.utf8).write(to: URL(filePath: directory + "/boosts.tsv"))
            do throws(SearchError) {
                _ = try BoostTable.inFolder(directory, contentTypes: SearchFixture.contentTypes)
                Issue.record("the file has defects")
            } catch {
                for part in [
                    "line 2: the points", "line 2: the half-life", "line 3: \"novelty\"", "line 4: \"banana\"",
                    "line 5: language takes no value, and has \"fr\"", "line 5: language takes no half-life",
                    "line 6: content_type takes no half-life, and has \"3\"",
                ] {
                    #expect(error.message.contains(part), "\(error.message)")
                }
            }
        }
    }

    @Test(arguments: [
        (0, "1970-01-01"), (86_399, "1970-01-01"), (-1, "1969-12-31"), (951_782_400, "2000-02-29"),
        (1_779_321_600, "2026-05-21"), (4_107_542_400, "2100-03-01"),
    ])
    func `an instant has its day`(_ seconds: Int, _ day: String) {
        #expect(PartialDate.day(secondsSince1970: seconds).description == day)
    }

    @Test func `the shipped files hold`() throws {
        let folder = SearchFixture.root + "/taxonomy"
        let placements = try PlacementList.inFolder(folder)
        #expect(placements.isEmpty)
        let boosts = try BoostTable.inFolder(folder, contentTypes: SearchFixture.contentTypes)
        #expect(boosts != BoostTable.none)
    }
}
