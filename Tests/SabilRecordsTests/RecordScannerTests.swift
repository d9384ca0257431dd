import Testing

@testable import SabilRecords

/// The scanner is there for speed alone: whatever it takes, the way over a tree of values takes, with the same record.
@Suite struct RecordScannerTests {
    /// With the small vocabulary, with one that knows the fixtures' names, and with none.
    private func validators() throws -> [RecordValidator] {
        var wide = try Fixtures.vocabulary()
        for line in try lines("ar") + lines("en") {
            guard let record = RecordValidator(vocabulary: nil).validate(json: line).record else { continue }
            wide.concepts.formUnion(record.concepts.map(\.concept))
            wide.regions.formUnion(record.regions)
            wide.populationGroups.formUnion(record.populationGroups)
            wide.countries.formUnion(record.countries)
        }
        return [
            RecordValidator(vocabulary: try Fixtures.vocabulary()), RecordValidator(vocabulary: wide),
            RecordValidator(vocabulary: nil),
        ]
    }

    private func lines(_ name: String) throws -> [[UInt8]] {
        try Fixtures.bytes("corpus-fixtures/records/\(name).jsonl").split(separator: 0x0A).map { Array($0) }
    }

    /// Compares both ways; returns whether the scanner took the line.
    @discardableResult
    private func compare(_ line: [UInt8], _ validator: RecordValidator, _ place: @autoclosure () -> String) -> Bool {
        guard let text = try? ValidText(line) else { return false }
        guard let scanned = RecordScanner.record(in: text, names: validator.scannedNames) else { return false }
        let read = validator.read(line)
        #expect(read.issues.isEmpty && read.record == scanned, "\(place()): \(String(decoding: line, as: UTF8.self))")
        // Equal texts may differ in bytes.
        #expect(read.record?.jsonLine() == scanned.jsonLine(), "\(place())")
        return true
    }

    @Test func `sound lines of the fixtures are scanned, and defective ones are not`() throws {
        let validators = try validators()
        var scanned = [0, 0, 0]
        var count = 0
        for name in ["ar", "en", "es", "fr", "invalid"] {
            for (number, line) in try lines(name).enumerated() {
                if name == "ar" || name == "en" { count += 1 }
                for (place, validator) in validators.enumerated() {
                    let isScanned = compare(line, validator, "\(name) line \(number + 1)")
                    if name == "ar" || name == "en" { scanned[place] += isScanned ? 1 : 0 }
                    if name == "invalid", place == 0 { #expect(!isScanned, "invalid line \(number + 1)") }
                }
            }
        }
        #expect(scanned[1] > count * 98 / 100 && scanned[2] > count * 98 / 100, "\(scanned) of \(count)")
        #expect(scanned[0] < count, "names the small vocabulary does not know are issues")
    }

    @Test(arguments: [
        // (what stands in an object beside id, type and title; whether the scanner takes it; why)
        (#""uuid":null,"date":"","fields":{"pages":null}"#, true, "nothing is no issue"),
        (#""abstract":"\u00e9\ud83d\ude00\/\n\"\\""#, true, "escapes"),
        (#""abstract":"\ud83d""#, false, "half a pair"),
        (#""abstract":"\ude00\ud83d""#, false, "a pair the wrong way round"),
        (#""abstract":"\x""#, false, "no such escape"),
        (#""abstract":"\u12""#, false, "an escape that the quote ends"),
        (#""\u0061bstract":"x""#, false, "a key with an escape"),
        (#""abstract":"x","abstract":"y""#, false, "a key twice"),
        (#""fields":{"pages":1,"pages":2}"#, false, "a field twice"),
        (#""fields":{"pages":1,"pages":null}"#, false, "a field twice, once as nothing"),
        (#""fields":{"pages":-12}"#, true, "a negative number"),
        (#""fields":{"pages":-0}"#, false, "left to the other way"),
        (#""fields":{"pages":1.5}"#, false, "no whole number"),
        (#""fields":{"pages":01}"#, false, "a leading zero"),
        (#""fields":{"pages":1e2}"#, false, "left to the other way"),
        (#""fields":{"pages":9223372036854775808}"#, false, "over Int"),
        (#""fields":{"page":1}"#, false, "no such field"),
        (#""fields":{"files":["https://a.org","ftp://b"]}"#, false, "no address of the web"),
        (#""fields":{"publishers":["a"," "]}"#, false, "a blank entry"),
        (#""concepts":["gender",{"id":"social-pensions","source":null}]"#, true, "both ways to name a concept"),
        (#""concepts":["gender",{"id":"gender"}]"#, false, "a concept twice"),
        (#""concepts":[{"source":"human"}]"#, false, "no id"),
        (#""concepts":[{"id":"gender","source":"human","x":1}]"#, false, "a key too many"),
        (#""concepts":[{"id":"gender","id":"gender"}]"#, false, "an id twice"),
        (#""concepts":["welfare"]"#, false, "retired"),
        (#""countries":["egy","KE"]"#, true, "either case, either code"),
        (#""countries":["egy","EG"]"#, false, "the same country by two codes"),
        (#""language":"fr-CA""#, true, "a tag with a region"), (#""language":"pt""#, false, "no chain"),
        (#""authors":[]"#, true, "an empty list"), (#""authors":["a",]"#, false, "a comma too many"),
        (#""authors":"a""#, false, "no list"), (#""url":"HTTPS:\/\/a.org\/é""#, true, "an address with escapes"),
        (#""url":"https://""#, false, "no address behind the scheme"), (#""url":"https://a b""#, false, "white space"),
        (#""date":"2019-02-29""#, false, "no day of the calendar"), (#""visibility":"community""#, true, "a word"),
        (#""visibility":"Community""#, false, "another word"), (#""visibility":"""#, false, "a word that is not there"),
        (#""visibility":null"#, true, "nothing"), (#""x":1"#, false, "no such key"),
    ])
    func `each thing is scanned or left to the other way`(members: String, isScanned: Bool, why: String) throws {
        let validators = try validators()
        for (before, after) in [("", ""), (" ", "\t\r\n"), ("\n", " ")] {
            let json =
                #"\#(before){"id":"a","type":"publication"\#(after),\#(before)"title" : "t",\#(members)}\#(after)"#
            for (place, validator) in validators.enumerated() {
                let taken = compare(Array(json.utf8), validator, why)
                if place < 2 { #expect(taken == isScanned, "\(why): \(json)") }
            }
        }
    }

    @Test func `fields are read by the type whether it stands before or behind them`() throws {
        let validator = try validators()[0]
        for fields in [#"{"pages":3,"isbn":"}\"{"}"#, #"{"pages":"3"}"#, #"{"pages":3"#, "[]", #"{"a":{"b":1}}"#] {
            let json = #"{"fields":\#(fields),"id":"a","title":"t","type":"publication"}"#
            let isScanned = compare(Array(json.utf8), validator, fields)
            #expect(isScanned == fields.hasPrefix(#"{"pages":3,"#), "\(fields)")
        }
    }

    @Test func `random records are scanned as they were written`() throws {
        let vocabulary = try Fixtures.vocabulary()
        let validator = RecordValidator(vocabulary: vocabulary)
        var scanned = 0
        for seed: UInt64 in 1...400 {
            var random = SeededGenerator(seed: seed)
            let record = RandomRecord.record(vocabulary, &random)
            if compare(record.jsonLine(), validator, "seed \(seed)") { scanned += 1 }
        }
        #expect(scanned > 200, "not too many are left to the other way: \(scanned)")
    }

    @Test(arguments: [1, .random(in: 0...UInt64.max)] as [UInt64])
    func `damaged lines are read the same on both ways`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let validators = try validators()
        let lines = try ["ar", "en", "es", "fr", "invalid"].flatMap { try self.lines($0) }
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\u0061", "\\ud800", "\\n", "null", "true", "false", "0",
            "-1",
            "1.5", "1.0", "1e3", "[]", "{}", "\"\"", "\" \"", "\"x\"", " ", "\t", "\u{A0}", "é", "e\u{301}", "\u{0}",
            "\"id\"",
            "\"type\"", "\"title\"", "\"fields\":{}", "\"date\":null,", "\"2019\"", "\"en\"",
        ].map { Array($0.utf8) }
        var scanned = 0
        for round in 0..<1500 {
            var line = lines[random.nextIndex(below: lines.count)]
            // Short lines, so that damage meets what is not the middle of a text.
            if random.next() % 2 == 0 { line = shortened(line) }
            for _ in 0..<(1 + random.nextIndex(below: 3)) {
                let place = random.nextIndex(below: line.count)
                switch random.nextIndex(below: 5) {
                case 0: line.remove(at: place)
                case 1: line.insert(contentsOf: pieces[random.nextIndex(below: pieces.count)], at: place)
                case 2: line[place] = UInt8(truncatingIfNeeded: random.next())
                case 3: line.removeSubrange(place..<min(line.count, place + 1 + random.nextIndex(below: 12)))
                default: line.swapAt(place, random.nextIndex(below: line.count))
                }
                if line.isEmpty { line = [0x7B] }
            }
            if compare(line, validators[round % validators.count], "seed \(seed), round \(round)") { scanned += 1 }
        }
        #expect(scanned > 50, "some damage leaves a sound record: \(scanned), seed \(seed)")
    }

    /// The line with its long texts cut to some letters, escapes and all that is not ASCII left out.
    private func shortened(_ line: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var run = 0
        for byte in line where byte < 0x80 {
            run = byte == 0x22 ? 0 : run + 1
            if run < 24 || !(byte == 0x20 || (0x61...0x7A).contains(byte) || byte == 0x5C) { result.append(byte) }
        }
        return result
    }
}
