import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct SpellingTests {
    /// Optimal string alignment by its definition, with the whole table.
    private static func distance(_ first: [UInt16], _ second: [UInt16]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: second.count + 1), count: first.count + 1)
        for line in 0...first.count { table[line][0] = line }
        for column in 0...second.count { table[0][column] = column }
        for line in stride(from: 1, through: first.count, by: 1) {
            for column in stride(from: 1, through: second.count, by: 1) {
                let cost = first[line - 1] == second[column - 1] ? 0 : 1
                table[line][column] = min(
                    table[line - 1][column - 1] + cost, table[line - 1][column] + 1, table[line][column - 1] + 1)
                if line > 1, column > 1, first[line - 1] == second[column - 2], first[line - 2] == second[column - 1] {
                    table[line][column] = min(table[line][column], table[line - 2][column - 2] + 1)
                }
            }
        }
        return table[first.count][second.count]
    }

    private static func randomWord(_ generator: inout SeededGenerator, from letters: String, upTo length: Int) -> String
    {
        let letters = Array(letters.unicodeScalars)
        var word = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &generator) {
            word.append(letters[Int.random(in: 0..<letters.count, using: &generator)])
        }
        return String(word)
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 7])
    func `the bounded distance is that of the whole table`(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<4_000 {
            let first = Array(Self.randomWord(&generator, from: "abcء", upTo: 8).utf16)
            let second = Array(Self.randomWord(&generator, from: "abcء", upTo: 8).utf16)
            let limit = Int.random(in: 0...3, using: &generator)
            let expected = Self.distance(first, second)
            let found = EditDistance(to: second[...]).distance(of: first[...], upTo: limit)
            #expect(found == (expected <= limit ? expected : nil), "seed \(seed): \(first) \(second) up to \(limit)")
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 11])
    func `the list finds what comparing with every word finds`(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var words: [String: Int] = [:]
        for _ in 0..<800 {
            words[Self.randomWord(&generator, from: "abcdeéسلا", upTo: 12)] = Int.random(in: 1...50, using: &generator)
        }
        var builder = WordList.Builder(documents: 100)
        for word in words.keys.sorted() { builder.add(word, documents: words[word] ?? 0) }
        let list = builder.list
        let held = words.filter { WordList.lengths.contains($0.key.unicodeScalars.count) }
        #expect(list.count == held.count)
        for _ in 0..<100 {
            let wanted = Self.randomWord(&generator, from: "abcdeéسلا", upTo: 12)
            let limit = Int.random(in: 1...2, using: &generator)
            guard WordList.letters(of: wanted) != nil else { continue }
            let distances = held.keys.map { ($0, Self.distance(Array($0.utf16), Array(wanted.utf16))) }
                .filter { (1...limit).contains($0.1) }
            let nearest = distances.map(\.1).min()
            let expected = Set(distances.filter { $0.1 == nearest }.map(\.0))
            let found = list.nearest(to: wanted, upTo: limit)
            #expect(Set(found.map(\.word)) == expected, "seed \(seed): \(wanted) up to \(limit)")
            #expect(found.allSatisfy { $0.documents == words[$0.word] && $0.distance == nearest }, "seed \(seed)")
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.documents >= $1.documents }, "seed \(seed)")
        }
    }

    @Test func `places of the text searched for lead back to the text typed`() {
        let words = [
            Spelling.Word(place: 2..<5, typed: "abc", meant: "lönger", isUsed: true),
            Spelling.Word(place: 7..<9, typed: "zz", meant: "z", isUsed: true),
        ]
        let typed = "- abc, zz end"
        #expect(Spelling.searched(words, in: typed) == "- lönger, z end")
        // "lönger" has seven bytes.
        let table: [(Range<Int>, Range<Int>)] = [
            (0..<1, 0..<1), (2..<9, 2..<5), (4..<6, 2..<5), (2..<12, 2..<9), (11..<12, 7..<9), (13..<16, 10..<13),
            (9..<10, 5..<6),
        ]
        for (searched, expected) in table {
            #expect(Spelling.place(searched, before: words) == expected, "\(searched)")
        }
    }

    // MARK: In answers

    private static let records: [ResourceRecord] = [
        ResourceRecord(
            id: "en-1", type: "news", language: .english, title: "Government pensions in Kenya",
            abstract: "The government pays pensions of 1250 shillings. Droughts happen."),
        ResourceRecord(
            id: "fr-1", type: "news", language: .french, title: "Développement des ménages",
            abstract: "Le développement rural et la qualité de vie."),
        ResourceRecord(
            id: "es-1", type: "news", language: .spanish, title: "Desarrollo infantil",
            abstract: "El desarrollo de los niños y la inclusión."),
        ResourceRecord(
            id: "ar-1", type: "news", language: .arabic, title: "التنمية المستدامة",
            abstract: "تعمل الحكومة على التنمية المستدامة في الأرياف."),
        ResourceRecord(
            id: "ar-2", type: "news", language: .arabic, title: "اللهم وسلام"),
        ResourceRecord(
            id: "hidden", type: "news", language: .english, title: "Zeppelins confidential", visibility: .unpublished),
    ]

    /// Query, language, words as corrected, why the row is here.
    static let corrections: [(query: String, language: Language?, meant: [String], reason: String)] = [
        ("goverment", .english, ["government"], "a letter left out"),
        ("govrenment pensions", .english, ["government"], "letters swapped, beside a word that is right"),
        ("fovernment", .english, ["government"], "the first letter may be wrong"),
        ("developement", .french, ["développement"], "accents as the record writes them"),
        ("développemant", .french, ["développement"], "accents typed"),
        ("desarollo", .spanish, ["desarrollo"], "a doubled letter"),
        ("المستدمة", .arabic, ["المستدامة"], "Arabic, a letter left out"),
        ("المسدتامة", .arabic, ["المستدامة"], "Arabic, letters swapped"),
        ("\"goverment\"", .english, [], "quoted words are exact"),
        ("goverm*", .english, [], "beginnings stay"),
        ("-goverment kenya", .english, [], "what is to be left out is not guessed"),
        ("1251", .english, [], "numbers are exact"),
        ("1250s", .english, [], "so is what holds digits"),
        ("xylophonist", .english, [], "nothing is near"),
        ("kenia pensions", .english, [], "a name of the taxonomy is spelt right"),
        ("zepelins", .english, [], "what only others may read is not proposed"),
        ("zeppelins", .english, [], "nor does it count as known: nothing is near"),
        ("pension", .english, [], "another form of a word that is there"),
        ("goverment +shilings", .english, ["government", "shillings"], "what must match is planned first"),
        (
            "goverment +shilings droghts", .english, ["government", "shillings", "droughts"],
            "and what may match around it"
        ),
    ]

    @Test func `words that no record has are searched for as the nearest one`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for row in Self.corrections {
                let page = try await service.search(SearchRequest(row.query, language: row.language))
                #expect((page.spelling?.words.map(\.meant) ?? []) == row.meant, "\(row.query): \(row.reason)")
                guard !row.meant.isEmpty else { continue }
                #expect(page.spelling?.isUsed == true && page.total.lowerBound > 0, "\(row.query)")
                let notes = page.notes.filter { $0.code == .corrected }
                #expect(notes.map(\.names) == row.meant.map { [$0] })
                for word in page.spelling?.words ?? [] {
                    let bytes = Array(row.query.utf8)[word.place]
                    #expect(String(decoding: bytes, as: UTF8.self) == word.typed)
                }
            }
        }
    }

    @Test func `a letter that stands for several words is exchanged once at most`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            // It is four words, of which two have neighbours here; all four have the place of the letter.
            let page = try await service.search(SearchRequest("+ﷺ goverment", language: .arabic))
            let words = try #require(page.spelling?.words)
            #expect(words.count == 2 && words.last?.meant == "government", "\(words)")
            #expect(page.spelling?.text == "+\(words[0].meant) government")
        }
    }

    @Test func `a correction gives the hits of the word meant, and only where it is asked for`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let right = try await service.search(SearchRequest("government shillings", language: .english))
            let wrong = try await service.search(SearchRequest("goverment shillings", language: .english))
            #expect(SearchFixture.ids(wrong) == SearchFixture.ids(right))
            #expect(wrong.hits.map(\.score) == right.hits.map(\.score))
            var request = SearchRequest("goverment", language: .english)
            request.spelling = .suggest
            let suggested = try await service.search(request)
            #expect(suggested.hits.isEmpty && suggested.spelling?.isUsed == false)
            #expect(suggested.spelling?.text == "government" && suggested.notes.contains { $0.code == .didYouMean })
            request.spelling = .off
            let off = try await service.search(request)
            #expect(off.hits.isEmpty && off.spelling == nil && !off.notes.contains { $0.code == .didYouMean })
        }
    }

    @Test func `a rare word with a frequent neighbour is proposed another, never exchanged`() async throws {
        var records = (0..<40).map {
            ResourceRecord(
                id: RecordID("a\($0)"), type: "news", language: .english, title: "Formal training number \($0)")
        }
        records.append(ResourceRecord(id: "rare", type: "news", language: .english, title: "Formol in laboratories"))
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(SearchRequest("formol", language: .english))
            #expect(SearchFixture.ids(page) == ["rare"])
            #expect(page.spelling?.isUsed == false && page.spelling?.text == "formal")
        }
    }

    @Test func `the words are those of the last commit`() async throws {
        try await SearchFixture.withDirectory { directory in
            let indexer = SearchFixture.indexer(directory + "/index")
            _ = try await indexer.update(Self.records)
            let service = try SearchFixture.service(directory + "/index")
            let before = try await service.search(SearchRequest("orphanagee", language: .english))
            #expect(before.spelling == nil)
            _ = try await indexer.update([
                ResourceRecord(id: "new", type: "news", language: .english, title: "Orphanage places")
            ])
            let after = try await service.search(SearchRequest("orphanagee", language: .english))
            #expect(after.spelling?.text == "orphanage" && SearchFixture.ids(after) == ["new"])
            _ = try await indexer.delete(["new"])
            let gone = try await service.search(SearchRequest("orphanagee", language: .english))
            #expect(gone.spelling == nil)
        }
    }
}
