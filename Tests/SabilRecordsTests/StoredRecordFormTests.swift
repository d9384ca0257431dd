import SabilRecords
import Testing

@Suite struct StoredRecordFormTests {
    /// Records of the fixtures, read without a vocabulary.
    private func fixtures() throws -> [ResourceRecord] {
        let validator = RecordValidator(vocabulary: nil)
        return try ["en", "fr", "es", "ar"].flatMap { language in
            try Fixtures.bytes("corpus-fixtures/records/\(language).jsonl").split(separator: 0x0A)
                .compactMap { validator.validate(json: $0).record }
        }
    }

    private func expectSame(_ record: ResourceRecord, _ place: String) throws {
        let bytes = record.storedForm()
        let read = try ResourceRecord(storedForm: bytes)
        #expect(read == record, "\(place)")
        // Texts are equal when they mean the same characters; stored they are the same bytes.
        #expect(read.jsonLine() == record.jsonLine(), "\(place)")
        #expect(read.storedForm() == bytes, "\(place)")
    }

    @Test func `every record of the fixtures comes back as it was`() throws {
        let records = try fixtures()
        #expect(records.count > 700)
        for record in records { try expectSame(record, record.id.rawValue) }
    }

    @Test func `random records come back as they were`() throws {
        let vocabulary = try Fixtures.vocabulary()
        for seed: UInt64 in 1...500 {
            var random = SeededGenerator(seed: seed)
            try expectSame(RandomRecord.record(vocabulary, &random), "seed \(seed)")
        }
    }

    @Test(arguments: [
        FieldValue.integer(.max), .integer(.min), .integer(0), .integer(-1), .number(-0.0), .number(.infinity),
        .number(.leastNonzeroMagnitude), .strings([]), .strings([""]), .text(""), .boolean(true), .boolean(false),
    ])
    func `edges of field values come back`(value: FieldValue) throws {
        var record = ResourceRecord(id: RecordID("a"), type: "x", title: "t", fields: ["e\u{301}": value])
        record.work = WorkID("e\u{301}")
        record.title = ""
        #expect(try ResourceRecord(storedForm: record.storedForm()) == record)
    }

    @Test func `a work that only looks like the id is kept`() throws {
        let record = ResourceRecord(id: RecordID("\u{E9}"), work: WorkID("e\u{301}"), type: "x", title: "t")
        let read = try ResourceRecord(storedForm: record.storedForm())
        #expect(Array(read.work.rawValue.utf8) == Array("e\u{301}".utf8))
    }

    @Test func `every truncation is refused, and so is a byte too many`() throws {
        var random = SeededGenerator(seed: 5)
        let vocabulary = try Fixtures.vocabulary()
        for round in 0..<25 {
            let bytes = RandomRecord.record(vocabulary, &random).storedForm()
            for count in bytes.indices {
                #expect(throws: RecordError.self, "round \(round), \(count) of \(bytes.count)") {
                    _ = try ResourceRecord(storedForm: Array(bytes[..<count]))
                }
            }
            #expect(throws: RecordError.self) { _ = try ResourceRecord(storedForm: bytes + [0]) }
        }
    }

    @Test func `garbage is a record or an error, never the end of the program`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let vocabulary = try Fixtures.vocabulary()
        var refused = 0
        for round in 0..<6000 {
            var bytes = RandomRecord.record(vocabulary, &random).storedForm()
            if round % 3 == 0 { bytes = bytes.indices.map { _ in UInt8(truncatingIfNeeded: random.next()) } }
            bytes[0] = 1
            for _ in 0..<(1 + random.nextIndex(below: 4)) {
                let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, UInt8(truncatingIfNeeded: random.next())]
                bytes[1 + random.nextIndex(below: bytes.count - 1)] = extremes[random.nextIndex(below: extremes.count)]
            }
            do {
                // What is read can be written and read again.
                let record = try ResourceRecord(storedForm: bytes)
                let again = try ResourceRecord(storedForm: record.storedForm())
                #expect(again.storedForm() == record.storedForm(), "seed \(seed), round \(round)")
            } catch {
                #expect(error.code == .invalidStoredForm)
                refused += 1
            }
        }
        #expect(refused > 1000, "damage is noticed; seed \(seed)")
    }

    @Test(arguments: [
        ([], "cut off", "nothing at all"),
        ([0x7B, 0x7D], "another version", "JSON is for the validator"),
        ([2, 0, 0], "another version", "what a later program writes"),
        ([1, 5, 0], "its head is bent", "no such language"),
        ([1, 0x18, 0], "its head is bent", "no such visibility"),
        ([1, 0, 16], "its head is bent", "a part this version does not know"),
        ([1, 0, 0, 1, 0xC3], "no UTF-8", "half a character"),
        ([1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "too many digits", "over 64 bits"),
        ([1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0], "cut off", "longer than all memory"),
        ([1, 0x60, 0, 1, 0x61, 0, 0, 0, 0, 0xE2, 0x0F, 2, 30], "calendar", "30 February 2018"),
    ])
    func `a refusal says what is wrong, where, and what to do`(bytes: [UInt8], words: String, why: String) {
        let error = #expect(throws: RecordError.self) { _ = try ResourceRecord(storedForm: bytes) }
        #expect(error?.message.contains(words) == true, "\(why): \(error?.message ?? "")")
        #expect(error?.message.contains("of \(bytes.count)") == true && error?.message.contains("Rebuild") == true)
    }

    @Test func `the bytes of version 1 are these, today and later`() throws {
        let record = ResourceRecord(
            id: RecordID("a"), work: WorkID("w"), type: "news", language: .arabic, title: "é",
            date: PartialDate("2018-05"),
            countries: ["EGY"], concepts: [ConceptTag("g", source: .machine)], visibility: .community,
            fields: ["n": .integer(-2), "d": .date(try #require(PartialDate("0007")))])
        #expect(
            record.storedForm() == [
                1, 0b1_10_01_011, 8, 1, 0x61, 1, 0x77, 4, 0x6E, 0x65, 0x77, 0x73, 2, 0xC3, 0xA9, 0, 0, 0xE2, 0x0F, 5, 0,
                0,
                1, 3, 0x45, 0x47, 0x59, 0, 0, 1, 6, 0x67, 2, 1, 0x64, 8, 7, 1, 0x6E, 3, 3,
            ])
    }
}
