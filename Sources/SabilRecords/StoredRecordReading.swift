extension ResourceRecord {
    /// Reads a record from the form in which an index keeps it; see ``storedForm()``.
    ///
    /// - Throws: `RecordError` with code `invalidStoredForm` for bytes that are none: of another version, cut off, too long,
    ///   bent. No bytes trap.
    /// - Complexity: O(bytes).
    public init(storedForm bytes: [UInt8]) throws(RecordError) {
        var reading = StoredRecordReading(bytes)
        do throws(StoredRecordReading.Fault) {
            self = try reading.record()
        } catch {
            throw RecordError(
                code: .invalidStoredForm, operation: "read a stored record",
                message: "Reading a stored record failed: \(error.words) (byte \(error.offset) of \(bytes.count)). "
                    + "Rebuild the index.")
        }
    }
}

/// Reads ``StoredRecordForm`` from its first byte to its last.
private struct StoredRecordReading {
    typealias Form = StoredRecordForm

    struct Fault: Error {
        let offset: Int
        let words: String
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func record() throws(Fault) -> ResourceRecord {
        guard try byte() == Form.version else { throw fault("it is of another version", at: 0) }
        let head = try byte()
        let parts = try byte()
        let languageNumber = Int(head & 7)
        let visibilityNumber = Int(head >> 3 & 3)
        guard languageNumber < Form.languages.count, visibilityNumber < Form.visibilities.count, parts < 16 else {
            throw fault("its head is bent", at: 1)
        }
        let id = try text()
        let work = head & 0x80 != 0 ? try text() : id
        var record = ResourceRecord(
            id: RecordID(id), work: WorkID(work), type: try text(), language: Form.languages[languageNumber],
            title: try text(), abstract: try text(), body: try text())
        if parts & Form.Part.series != 0 { record.series = try text() }
        if parts & Form.Part.documentType != 0 { record.documentType = try text() }
        record.date = try date(parts: head >> 5 & 3)
        record.authors = try texts()
        record.organisations = try texts()
        record.countries = try texts()
        record.regions = try list { (reading) throws(Fault) in ConceptID(try reading.text()) }
        record.populationGroups = try list { (reading) throws(Fault) in ConceptID(try reading.text()) }
        record.concepts = try list { (reading) throws(Fault) in try reading.tag() }
        record.visibility = Form.visibilities[visibilityNumber]
        if parts & Form.Part.url != 0 { record.url = try text() }
        if parts & Form.Part.fields != 0 { record.fields = try fields() }
        guard index == bytes.count else { throw fault("bytes follow its end") }
        return record
    }

    private func fault(_ words: String, at offset: Int? = nil) -> Fault { Fault(offset: offset ?? index, words: words) }

    @inline(__always)
    private mutating func byte() throws(Fault) -> UInt8 {
        guard index < bytes.count else { throw fault("it is cut off") }
        index += 1
        return bytes[index - 1]
    }

    @inline(__always)
    private mutating func number() throws(Fault) -> UInt64 {
        let start = index
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            guard shift < 63 || byte < 2 else { throw fault("a number has too many digits", at: start) }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    @inline(__always)
    private mutating func text(bytes count: UInt64) throws(Fault) -> String {
        guard count <= UInt64(bytes.count - index) else { throw fault("it is cut off") }
        let start = index
        index += Int(count)
        do throws(Unicode.UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: bytes.span.extracting(start..<index)))
        } catch {
            throw fault("a text is no UTF-8", at: start)
        }
    }

    @inline(__always)
    private mutating func text() throws(Fault) -> String { try text(bytes: try number()) }

    private mutating func texts() throws(Fault) -> [String] {
        try list { (reading) throws(Fault) in try reading.text() }
    }

    /// A number of elements, and they.
    @inline(__always)
    private mutating func list<Element>(
        _ element: (inout Self) throws(Fault) -> Element
    ) throws(Fault) -> [Element] {
        let count = try number()
        // Each takes a byte at least; a bent number must not ask for all memory.
        guard count <= UInt64(bytes.count - index) else { throw fault("it is cut off") }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<Int(count) { elements.append(try element(&self)) }
        return elements
    }

    private mutating func tag() throws(Fault) -> ConceptTag {
        let number = try number()
        guard number & 3 < Form.sources.count else { throw fault("a concept has no such source") }
        return ConceptTag(ConceptID(try text(bytes: number >> 2)), source: Form.sources[Int(number & 3)])
    }

    /// A date of so many parts, 0…3.
    private mutating func date(parts: UInt8) throws(Fault) -> PartialDate? {
        guard parts > 0 else { return nil }
        let start = index
        let year = try number()
        let month = parts > 1 ? Int(try byte()) : nil
        let day = parts > 2 ? Int(try byte()) : nil
        guard year < 10_000, let date = PartialDate(year: Int(year), month: month, day: day) else {
            throw fault("a date is none of the calendar", at: start)
        }
        return date
    }

    private mutating func fields() throws(Fault) -> [String: FieldValue] {
        var fields: [String: FieldValue] = [:]
        for _ in 0..<(try number()) {
            let start = index
            let name = try text()
            guard fields.updateValue(try value(), forKey: name) == nil else {
                throw fault("a field stands there twice", at: start)
            }
        }
        return fields
    }

    private mutating func value() throws(Fault) -> FieldValue {
        let kind = try byte()
        switch kind {
        case Form.Kind.text: return .text(try text())
        case Form.Kind.strings: return .strings(try texts())
        case Form.Kind.number:
            var pattern: UInt64 = 0
            for shift in stride(from: 0, to: 64, by: 8) { pattern |= UInt64(try byte()) << UInt64(shift) }
            return .number(Double(bitPattern: pattern))
        case Form.Kind.integer:
            let number = try number()
            return .integer(Int(truncatingIfNeeded: number >> 1) ^ -Int(truncatingIfNeeded: number & 1))
        case Form.Kind.no: return .boolean(false)
        case Form.Kind.yes: return .boolean(true)
        default:
            guard kind > Form.Kind.date, kind <= Form.Kind.date + 3, let date = try date(parts: kind - Form.Kind.date)
            else { throw fault("a field holds no such value", at: index - 1) }
            return .date(date)
        }
    }
}
