import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct QueryParserTests {
    /// Query, tree, codes of notes, why the row is here.
    static let table: [(query: String, tree: QueryTree, notes: [QueryNote.Code], reason: String)] = [
        ("", .nothing, [], "nothing typed"),
        ("   \t ", .nothing, [], "only spaces"),
        ("cash transfers", .words("cash transfers", at: 0), [], "words side by side are one run"),
        (
            "\"cash transfers\" kenya",
            .group(required: [], optional: [.phrase("cash transfers", at: 0), .words("kenya", at: 17)], excluded: []),
            [], "a phrase beside a word"
        ),
        ("«transferts monétaires»", .phrase("transferts monétaires", at: 0), [], "French quotation marks"),
        ("\"cash", .phrase("cash", at: 0), [.unclosedQuote], "a quote without a partner"),
        ("\"\"", .nothing, [], "an empty phrase"),
        (
            "+cash transfers",
            .group(required: [.words("cash", at: 1)], optional: [.words("transfers", at: 6)], excluded: []), [],
            "a word that must match"
        ),
        (
            "cash -food", .group(required: [], optional: [.words("cash", at: 0)], excluded: [.words("food", at: 6)]),
            [], "a word that must not match"
        ),
        (
            "cash NOT food", .group(required: [], optional: [.words("cash", at: 0)], excluded: [.words("food", at: 9)]),
            [], "NOT is a minus"
        ),
        ("cash-for-work", .words("cash-for-work", at: 0), [], "a hyphen inside a word is no operator"),
        ("a - b", .words("a - b", at: 0), [], "a dash between spaces is text"),
        ("cash AND food", .and([.words("cash", at: 0), .words("food", at: 9)]), [], "AND"),
        (
            "cash AND NOT food",
            .group(required: [.words("cash", at: 0)], optional: [], excluded: [.words("food", at: 13)]), [], "AND NOT"
        ),
        ("a b OR c", .or([.words("a b", at: 0), .words("c", at: 7)]), [], "OR is the loosest"),
        ("CASH AND FOOD", .words("CASH AND FOOD", at: 0), [], "a title in capitals has no operators"),
        ("AND cash", .words("cash", at: 4), [.danglingOperator], "an operator with nothing before it"),
        ("cash OR", .words("cash", at: 0), [.danglingOperator], "an operator with nothing after it"),
        (
            "(cash OR food) AND aid",
            .and([.or([.words("cash", at: 1), .words("food", at: 9)]), .words("aid", at: 19)]), [], "parentheses"
        ),
        ("(cash", .words("cash", at: 1), [.unbalancedParenthesis], "an open parenthesis"),
        ("cash)", .words("cash", at: 0), [.unbalancedParenthesis], "a closing parenthesis"),
        ("transf*", .prefix("transf", at: 0), [], "a beginning"),
        ("t*", .words("t", at: 0), [.shortPrefix], "a beginning too short"),
        ("*", .nothing, [.shortPrefix], "an asterisk alone"),
        (
            "title:water", .group(required: [.field(.title, .words("water"), at: 0)], optional: [], excluded: []), [],
            "a field"
        ),
        (
            "título:agua", .group(required: [.field(.title, .words("agua"), at: 0)], optional: [], excluded: []), [],
            "a field by its Spanish name"
        ),
        (
            "title:\"social pension\"",
            .group(required: [.field(.title, .phrase("social pension"), at: 0)], optional: [], excluded: []), [],
            "a phrase in a field"
        ),
        (
            "year:2018..2022", .group(required: [.field(.year, .range(2018, 2022), at: 0)], optional: [], excluded: []),
            [], "years"
        ),
        (
            "year:٢٠١٨..", .group(required: [.field(.year, .range(2018, nil), at: 0)], optional: [], excluded: []), [],
            "years in Arabic digits, open at the end"
        ),
        (
            "year:2022..2018", .group(required: [.field(.year, .words(""), at: 0)], optional: [], excluded: []),
            [.invalidRange], "years the wrong way round"
        ),
        (
            "type:news type:event aid",
            .group(
                required: [.or([.field(.type, .words("news"), at: 0), .field(.type, .words("event"), at: 10)])],
                optional: [.words("aid", at: 21)], excluded: []), [], "values of one field are alternatives"
        ),
        ("foo:bar", .words("foo:bar", at: 0), [.unknownField], "an unknown field"),
        ("https://example.org/a", .words("https://example.org/a", at: 0), [], "an address is no field"),
        ("12:30", .words("12:30", at: 0), [], "a time is no field"),
        (
            "نقد -غذاء", .group(required: [], optional: [.words("نقد", at: 0)], excluded: [.words("غذاء", at: 8)]), [],
            "places are bytes"
        ),
        (
            "cash NEAR/5 \"school meals\"",
            .near([.words("cash", at: 0), .phrase("school meals", at: 12)], gaps: [5]), [], "a word near a phrase"
        ),
        (
            "old cash NEAR food new",
            .group(
                required: [],
                optional: [
                    .words("old", at: 0), .near([.words("cash", at: 4), .words("food", at: 14)], gaps: [10]),
                    .words("new", at: 19),
                ], excluded: []), [], "NEAR takes the words beside it and no others"
        ),
        (
            "a NEAR/2 b NEAR/7 c AND d",
            .and([
                .near([.words("a", at: 0), .words("b", at: 9), .words("c", at: 18)], gaps: [2, 7]), .words("d", at: 24),
            ]), [], "a chain goes by its widest distance, and binds closer than AND"
        ),
        (
            "a NEAR/0 b", .near([.words("a", at: 0), .words("b", at: 9)], gaps: [1]), [.cutNearness],
            "nearer than beside one another is not possible"
        ),
        (
            "a NEAR/99999999999999999999 b", .near([.words("a", at: 0), .words("b", at: 28)], gaps: [100]),
            [.cutNearness], "a number too large for any machine"
        ),
        ("a NEAR/x b", .words("a NEAR/x b", at: 0), [], "no distance, no operator"),
        ("NEAR a", .words("a", at: 5), [.danglingOperator], "NEAR with nothing before it"),
        ("a NEAR", .words("a", at: 0), [.danglingOperator], "NEAR with nothing after it"),
        ("WORK NEAR HOME", .words("WORK NEAR HOME", at: 0), [], "a title in capitals"),
        (
            "a NEAR (b OR c)",
            .and([.words("a", at: 0), .or([.words("b", at: 8), .words("c", at: 13)])]), [.nearTakesWords],
            "what NEAR cannot join is still required"
        ),
        ("org*ation", .pattern("org*ation", at: 0), [], "letters left open within a word"),
        ("*ation", .pattern("*ation", at: 0), [], "and before it"),
        ("*ati*", .pattern("*ati*", at: 0), [], "or all around"),
        ("wom?n", .pattern("wom?n", at: 0), [], "one letter left open"),
        (
            "soci*al, soci*.",
            .group(required: [], optional: [.pattern("soci*al", at: 0), .prefix("soci", at: 9)], excluded: []),
            [], "marks that end a sentence are no part of it"
        ),
        ("why women?", .words("why women?", at: 0), [], "a question mark after a word asks"),
        ("soci**", .prefix("soci", at: 0), [], "asterisks side by side are one"),
        (
            "ح*ية حم*ية",
            .group(required: [], optional: [.words("ح*ية", at: 0), .pattern("حم*ية", at: 8)], excluded: []),
            [.innerAsterisk], "two letters in any script, and one is too few"
        ),
        ("a*n", .words("a*n", at: 0), [.innerAsterisk], "too few letters: the asterisk is said to part words"),
        ("2*3 tons", .words("2*3 tons", at: 0), [.innerAsterisk], "no letters at all"),
        ("who.int/?q=aid", .words("who.int/?q=aid", at: 0), [], "an address is none"),
        ("\"soci*al\"", .phrase("soci*al", at: 0), [], "quoted it is text"),
        (
            "title:soci*al", .group(required: [.field(.title, .pattern("soci*al"), at: 0)], optional: [], excluded: []),
            [], "in a field"
        ),
        (
            "cash -soci*al",
            .group(required: [], optional: [.words("cash", at: 0)], excluded: [.pattern("soci*al", at: 6)]),
            [], "left out"
        ),
        (
            "a NEAR soci*al", .and([.words("a", at: 0), .pattern("soci*al", at: 7)]), [.nearTakesWords],
            "NEAR takes words"
        ),
        (
            "date:2018-05..2019",
            .group(required: [.field(.date, .range(20_180_500, 20_199_999), at: 0)], optional: [], excluded: []), [],
            "days from the first of one month to the last of a year"
        ),
        (
            "fecha:٢٠٢٠-٠٢",
            .group(required: [.field(.date, .range(20_200_200, 20_200_299), at: 0)], optional: [], excluded: []), [],
            "a month in Arabic digits"
        ),
        (
            "date:2019-13", .group(required: [.field(.date, .words(""), at: 0)], optional: [], excluded: []),
            [.invalidRange], "no such month"
        ),
        (
            "access:public label_source:human programme:\"Bolsa Família\"",
            .group(
                required: [
                    .field(.access, .words("public"), at: 0), .field(.labelSource, .words("human"), at: 14),
                    .field(.programme, .phrase("Bolsa Família"), at: 33),
                ], optional: [], excluded: []), [], "who may read, who tagged, which programme"
        ),
    ]

    @Test(arguments: table.indices) func `a query is read as`(row: Int) {
        let (query, tree, notes, reason) = Self.table[row]
        let outcome = QueryParser.parse(query)
        #expect(outcome.tree == tree, "\(query): \(reason)")
        #expect(outcome.notes.map(\.code) == notes, "\(query): \(reason)")
    }

    @Test func `nesting and length are bounded with a note`() {
        let deep = QueryParser.parse(String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000))
        #expect(deep.notes.contains { $0.code == .cutNesting })
        let long = QueryParser.parse(String(repeating: "é", count: 20_000))
        #expect(long.notes.contains { $0.code == .cutQuery })
    }

    @Test func `random strings are read without a crash and notes lie in the query`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "cash", "النقد", "é", "e\u{301}", "\"", "«", "»", "(", ")", "+", "-", "*", ":", "AND", "OR", "NOT",
            " ", "NEAR", "NEAR/3", "date:", "abstract:", "access:", "programme:",
            "  ", "title:", "year:", "20", "..", "\0", "\u{202E}", "😀", "'", "type:", ",", "&&", "||", "\n", "“", "”",
        ]
        for _ in 0..<2000 {
            var query = ""
            for _ in 0..<generator.nextIndex(below: 14) { query += pieces[generator.nextIndex(below: pieces.count)] }
            let outcome = QueryParser.parse(query)
            for note in outcome.notes {
                guard let place = note.place else { continue }
                #expect(place.lowerBound >= 0 && place.upperBound <= query.utf8.count, "seed \(seed): \(query)")
            }
            _ = try QueryPlanner.plan(
                query, language: nil, expansion: .concepts, expander: nil, filters: nil, taxonomy: nil,
                analyzer: SearchFixture.analyzer)
        }
    }
}
