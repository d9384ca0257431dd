import SabilRecords
import Testing

/// Through the validator: what the grammar check says about a line.
@Suite struct JSONSyntaxTests {
    private func first(_ bytes: [UInt8]) -> RecordIssue? {
        RecordValidator(vocabulary: nil).validate(json: bytes).issues.first
    }

    @Test(arguments: [
        (#"{"id":"a",}"#, "byte 10", "Foundation takes a trailing comma, RFC 8259 does not"),
        (#"{"id":01}"#, "byte 7", "leading zero"),
        (#"{"id":NaN}"#, "byte 6", "no such literal"),
        (#"{'id':1}"#, "byte 1", "single quotes"),
        (#"{"id":"a"} x"#, "byte 11", "text after the object"),
        (#"{"id":"a"#, "byte 6", "the string that never ends is named by its beginning"),
        (#"{"id" "a"}"#, "byte 6", "no colon"),
        (#"{"id":[1 2]}"#, "byte 9", "no comma"),
        (#"{"id":"\x"}"#, "byte 7", "no such escape"),
        (#"{"id":"\u12g4"}"#, "byte 11", "not hexadecimal"),
        (#"{"id":"\ud800"}"#, "byte 7", "high surrogate alone"),
        (#"{"id":"\udc00"}"#, "byte 7", "low surrogate alone"),
        (#"{"id":"\ud800\u0041"}"#, "byte 7", "high surrogate before a letter"),
        (#"{"id":1.}"#, "byte 8", "no digit after the point"),
        (#"{"id":1e}"#, "byte 8", "no digit in the exponent"),
        (#"{"id":-}"#, "byte 7", "a sign alone"),
        (#"{"id":tru}"#, "byte 6", "half a word"),
        ("{\"id\":\"a\tb\"}", "byte 8", "raw tab"),
        ("{", "byte 1", "end of text"),
        ("", "byte 0", "nothing at all"),
    ])
    func `a break of the grammar is named by its byte`(json: String, place: String, why: String) {
        let issue = first(Array(json.utf8))
        #expect(issue?.code == .invalidJSON)
        #expect(issue?.message.contains("(\(place) of the line)") == true, "\(why): \(issue?.message ?? "")")
    }

    @Test func `deep nesting is refused without harm to the stack`() {
        let deep = [UInt8](repeating: 0x5B, count: 1_000_000)
        #expect(first(deep)?.message.contains("deeper than 64") == true)
    }

    @Test func `a repeated key is found at any depth and in any spelling, and the first one counts`() throws {
        let outcome = RecordValidator(vocabulary: nil).validate(
            json: #"{"id":"a","\u0069d":"b","type":"t","title":"x","fields":{"k":1,"o":{"p":1,"p":2},"k":2}}"#.utf8)
        let repeated = outcome.issues.filter { $0.code == .duplicateKey }.map(\.path)
        #expect(repeated == ["$.id", "$.fields.o.p", "$.fields.k"])
        #expect(outcome.record?.id == RecordID("a"))
        #expect(outcome.record?.fields["k"] == .integer(1))
    }

    @Test func `an invalid byte is named by its place, and UTF-16 is recognised`() {
        #expect(first([0x7B, 0x22, 0xC3, 0x28])?.message.contains("byte 2 ") == true)
        #expect(first([0xFF, 0xFE, 0x7B, 0x00])?.remedy.contains("UTF-16") == true)
        #expect(first(Array("{\"a\":\"".utf8) + [0xED, 0xA0, 0x80])?.code == .invalidUTF8, "a surrogate in UTF-8")
    }

    @Test func `numbers beyond Double are a defect of their key, not of the line`() throws {
        let outcome = RecordValidator(vocabulary: nil).validate(
            json: #"{"id":"a","type":"t","title":"x","date":1e400}"#.utf8)
        #expect(outcome.issues.map(\.path) == ["$.date"])
    }

    @Test func `sound JSON of every kind passes`() {
        let json =
            #" { "id" : "a\ud83d\ude00\/\n" , "type":"t","title":"x","fields":{"a":[],"b":{},"c":-0.5e-3,"d":null} } "#
        let outcome = RecordValidator(vocabulary: nil).validate(json: json.utf8)
        #expect(outcome.issues.map(\.code) == [.controlCharacter, .wrongKind], "\(outcome.issues)")
    }
}
