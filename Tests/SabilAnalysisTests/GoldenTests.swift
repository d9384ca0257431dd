import SabilAnalysis
import SabilRecords
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The tables of `corpus-fixtures/analysis`: text, expected terms, reason.
struct GoldenTable {
    struct Row {
        var line: Int
        var text: String
        var expected: [String]
        var reason: String
    }

    var rows: [Row] = []

    init(_ language: Language) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "corpus-fixtures/analysis")
        let text = try String(contentsOf: folder.appending(path: "\(language.rawValue).tsv"), encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("# ") { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(columns.count == 3, "line \(index + 1) of \(language) needs three columns")
            rows.append(
                Row(
                    line: index + 1, text: columns[0], expected: columns[1].split(separator: " ").map(String.init),
                    reason: columns[2]))
        }
    }
}

/// A token as the tables write it.
func written(_ token: Token) -> String {
    "\(token.surface)|\(token.stem)" + (token.isStopword ? "*" : "") + (token.isQuestionWord ? "?" : "")
}

@Suite struct `Golden tables` {
    static let languages: [Language] = Language.known + [.undetermined]

    @Test(arguments: languages) func `each row gives the expected terms, for its reason`(language: Language) throws {
        let table = try GoldenTable(language)
        #expect(table.rows.count >= 25)
        var session = Analyzer().makeSession()
        for row in table.rows {
            let terms = try session.tokens(in: row.text, language: language).map(written)
            #expect(terms == row.expected, "\(language) line \(row.line): \(row.reason)")
            #expect(!row.reason.isEmpty)
        }
    }

    @Test(arguments: languages) func `the invariants hold of golden texts in every language`(language: Language) throws
    {
        let table = try GoldenTable(language)
        var session = Analyzer().makeSession()
        for row in table.rows {
            // Thai, Han and kana go by dictionary.
            let isStable = !row.reason.contains("dictionary") && row.reason != "kana"
            for other in Self.languages { try expectInvariants(of: row.text, other, &session, isStable: isStable) }
        }
    }

    @Test func `ranges point at what a reader would underline`() throws {
        var session = Analyzer().makeSession()
        let text = "Jusqu’à l’École d'Ali's « salarié·e·s » U.N. aujourd’hui"
        let tokens = try session.tokens(in: text, language: .french)
        let bytes = Array(text.utf8)
        let underlined = tokens.map { String(decoding: bytes[$0.utf8Range], as: UTF8.self) }
        #expect(underlined == ["à", "École", "Ali", "s", "salarié", "U.N", "aujourd’hui"])
        let english = "The ministry’s plan"
        let narrowed = try session.tokens(in: english, language: .english)
        #expect(narrowed.map(\.utf8Range) == [0..<3, 4..<12, 17..<21])
    }

    @Test func `kinds are told apart`() throws {
        var session = Analyzer().makeSession()
        let tokens = try session.tokens(in: "G20 2030 1,5 ١٢ 日本", language: .english)
        #expect(tokens.map(\.kind) == [.word, .number, .number, .number, .other])
    }
}
