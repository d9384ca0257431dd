import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct ExportWriterTests {
    private static func writer(_ format: ExportFormat, _ reader: Language = .english) -> ExportWriter {
        ExportWriter(format, taxonomy: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes, reader: reader)
    }

    private static let record: ResourceRecord = {
        var record = ResourceRecord(
            id: "en/1_a", work: "w1", type: "publication", language: .english, title: "Cash & \"care\":\t100% {of} C_2",
            abstract: "First line,\r\nsecond \\ line.", authors: ["Amina Diallo", "Rock and Roll Institute"],
            organisations: ["World Bank"], series: "Notes #7", documentType: "report", date: PartialDate("2018-05"),
            countries: ["EGY"], concepts: [ConceptTag("cash-transfers", source: .machine), ConceptTag("poverty")],
            url: "https://example.org/{a}?b=%20c")
        record.fields["doi"] = .text("10.1000/x_1")
        return record
    }()

    @Test func `a record is a row of values`() {
        let text = String(decoding: Self.writer(.csv, .french).bytes(of: Self.record), as: UTF8.self)
        #expect(
            text == "en/1_a,w1,publication,Publication,en,\"Cash & \"\"care\"\":\t100% {of} C_2\","
                + "\"First line,\r\nsecond \\ line.\",2018-05,Amina Diallo | Rock and Roll Institute,World Bank,Notes #7,report,Rapport,EGY,Égypte,,,,,"
                + "cash-transfers | poverty,Transferts monétaires | Pauvreté,machine | human,"
                + "public,https://example.org/{a}?b=%20c\r\n")
        let beginning = Self.writer(.csv).beginning
        #expect(beginning.starts(with: [0xEF, 0xBB, 0xBF] + Array("id,work,type,".utf8)))
        #expect(beginning.count { $0 == UInt8(ascii: ",") } == 23)
    }

    @Test(arguments: [
        ("plain", "plain", "nothing to quote"), ("a,b", "\"a,b\"", "a comma"),
        ("a\"b", "\"a\"\"b\"", "a quotation mark"),
        ("a\nb", "\"a\nb\"", "a line end"), ("a\rb", "\"a\rb\"", "half a line end"),
        (" a", "\" a\"", "a space at an edge"),
        ("=1+1", "'=1+1", "a formula"), ("+1", "'+1", "a formula by its sign"), ("-1", "'-1", "a formula by its sign"),
        ("@SUM(A1)", "'@SUM(A1)", "a formula of old"), ("\t=1", "'\t=1", "a tab that is cut"),
        ("\r\n=1", "\"'\r\n=1\"", "a line end before a formula, one character to Swift"),
        ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"", "a formula to quote"),
        ("＝1", "'＝1", "a wide sign"), ("=\u{301}1", "'=\u{301}1", "a sign with an accent is still a sign"),
        ("\0=1", "'=1", "a NUL is left out and hides nothing"), ("1-2", "1-2", "no formula"), ("", "", "nothing"),
    ])
    func `a field is quoted where it must be and never a formula`(_ text: String, _ written: String, _ reason: String) {
        var row: [UInt8] = []
        CSVForm.append(text, to: &row)
        #expect(row == Array(written.utf8), "\(reason)")
    }

    @Test func `a record is an entry of RIS`() {
        let text = String(decoding: Self.writer(.ris).bytes(of: Self.record), as: UTF8.self)
        let lines = [
            "TY  - RPRT", "ID  - en/1_a", "TI  - Cash & \"care\": 100% {of} C_2", "AU  - Amina Diallo",
            "AU  - Rock and Roll Institute", "PY  - 2018", "DA  - 2018/05//", "T2  - Notes #7", "PB  - World Bank",
            "M3  - Report", "AB  - First line, second \\ line.", "KW  - Cash transfers", "KW  - Poverty", "KW  - Egypt",
            "DO  - 10.1000/x_1", "LA  - en", "UR  - https://example.org/{a}?b=%20c", "ER  - ", "",
        ]
        #expect(text == lines.map { $0 + "\r\n" }.joined())
    }

    @Test func `a text cannot begin an entry of its own`() {
        let hostile = ResourceRecord(
            id: "x", type: "news",
            title: "A\r\nER  - \r\nTY  - BOOK\u{2028}TI  - B\u{85}C", abstract: "}\n@book{y,\n title = {z}")
        let ris = String(decoding: Self.writer(.ris).bytes(of: hostile), as: UTF8.self)
        let tags = ris.unicodeScalars.split { $0.properties.isWhitespace && $0 != " " }.map { String($0).prefix(6) }
        #expect(tags == ["TY  - ", "ID  - ", "TI  - ", "AB  - ", "ER  - "])
        let bibTeX = String(decoding: Self.writer(.bibTeX).bytes(of: hostile), as: UTF8.self)
        var depth = 0
        var ends = 0
        for byte in bibTeX.utf8 {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { ends += 1 }
            }
        }
        #expect(depth == 0 && ends == 1, "\(bibTeX)")
    }

    @Test func `a record is an entry of BibTeX`() {
        let text = String(decoding: Self.writer(.bibTeX).bytes(of: Self.record), as: UTF8.self)
        let expected = ##"""
            @techreport{en/1_5fa,
              title = {{Cash \& "care": 100\% \textbraceleft{}of\textbraceright{} C\_2}},
              author = {Amina Diallo and {Rock and Roll Institute}},
              year = {2018},
              month = {5},
              institution = {World Bank},
              series = {Notes \#7},
              type = {Report},
              doi = {10.1000/x_1},
              url = {https://example.org/%7Ba%7D?b=%20c},
              language = {english},
              keywords = {Cash transfers, Poverty, Egypt},
              abstract = {First line, second \textbackslash{} line.}
            }


            """##
        #expect(text == expected)
    }

    @Test(arguments: [
        ("Diallo, Amina", "Diallo, Amina", "last name, first name"),
        ("von Braun, Joachim", "von Braun, Joachim", "a last name of two words"),
        ("Ministry of Labour, Kenya", "{Ministry of Labour, Kenya}", "no last name has three words"),
        ("Sachs, Jeffrey, D.", "{Sachs, Jeffrey, D.}", "two commas"),
        ("Health, Nutrition and Population", "{Health, Nutrition and Population}", "and parts names"),
    ]) func `a name of BibTeX that would be taken apart stands in braces`(name: String, entry: String, reason: String) {
        let record = ResourceRecord(id: "x", type: "news", title: "T", authors: [name])
        let text = String(decoding: Self.writer(.bibTeX).bytes(of: record), as: UTF8.self)
        #expect(text.contains("  author = {\(entry)}"), "\(reason): \(text)")
    }

    @Test func `keys of BibTeX differ where ids do`() {
        let ids = ["a_b", "a b", "a_5fb", "a-b", "é", "e\u{301}", "A", "a", "{", "}", ","]
        #expect(Set(ids.map { BibTeXForm.key(RecordID($0)) }).count == ids.count)
    }

    @Test func `lines of JSON are read back as the records they were`() throws {
        let validator = RecordValidator(
            vocabulary: RecordVocabulary(scheme: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes))
        let writer = Self.writer(.jsonLines)
        for record in SearchFixture.records.prefix(200) {
            let bytes = writer.bytes(of: record)
            #expect(bytes.last == 0x0A && bytes.count { $0 == 0x0A } == 1)
            let read = try #require(validator.validate(json: Array(bytes.dropLast())).record)
            #expect(read == record)
        }
    }
}
