/// The compact form in which an index keeps a record: a fraction of the work of its line of JSON.
///
/// | bytes | meaning |
/// |---|---|
/// | 1 | version, ``version``; never `{`, with which a line of JSON starts |
/// | 1 | bits 0–2 language by its place in ``Language``, 3–4 visibility likewise, 5–6 parts of the date, 7 work is not the id |
/// | 1 | bits 0–3: series, document type, address, extra fields are there; the others 0 |
/// | … | id, work, type, title, abstract, body, series, document type: texts |
/// | … | year (number), month, day (one byte each) |
/// | … | authors, organisations, countries, regions, population groups: number of texts, texts |
/// | … | concepts: number; each a text whose length is 4·bytes + place of the source in ``LabelSource`` |
/// | … | address: text |
/// | … | extra fields by name: number; each a text, one byte for the kind of value, the value |
///
/// A number is a base-128 varint, lowest seven bits first; a text is its length in bytes and its UTF-8. What bits 5–7 and
/// the third byte say is not there takes no byte.
enum StoredRecordForm {
    static let version: UInt8 = 1

    static func languageNumber(_ language: Language) -> UInt8 {
        switch language {
        case .english: 0
        case .french: 1
        case .spanish: 2
        case .arabic: 3
        case .undetermined: 4
        }
    }
    static let languages: [Language] = [.english, .french, .spanish, .arabic, .undetermined]

    static func visibilityNumber(_ visibility: Visibility) -> UInt8 {
        switch visibility {
        case .public: 0
        case .community: 1
        case .unpublished: 2
        }
    }
    static let visibilities: [Visibility] = [.public, .community, .unpublished]

    static func sourceNumber(_ source: LabelSource) -> Int {
        switch source {
        case .human: 0
        case .confirmed: 1
        case .machine: 2
        }
    }
    static let sources: [LabelSource] = [.human, .confirmed, .machine]

    enum Part {
        static let series: UInt8 = 1
        static let documentType: UInt8 = 2
        static let url: UInt8 = 4
        static let fields: UInt8 = 8
    }

    enum Kind {
        static let text: UInt8 = 0
        static let strings: UInt8 = 1
        static let number: UInt8 = 2
        static let integer: UInt8 = 3
        static let no: UInt8 = 4
        static let yes: UInt8 = 5
        /// A date of so many parts: 7 + 1, 2 or 3.
        static let date: UInt8 = 7
    }
}

extension ResourceRecord {
    /// The record in the form in which an index keeps it; see ``init(storedForm:)``.
    ///
    /// The same record always gives the same bytes.
    /// - Complexity: O(bytes).
    public func storedForm() -> [UInt8] {
        typealias Form = StoredRecordForm
        var bytes: [UInt8] = []
        bytes.reserveCapacity(title.utf8.count + abstract.utf8.count + body.utf8.count + 768)
        let hasWork = work.rawValue.utf8.elementsEqual(id.rawValue.utf8) ? 0 : 1 as UInt8
        bytes.append(Form.version)
        bytes.append(
            Form.languageNumber(language) | Form.visibilityNumber(visibility) << 3 | (date?.parts ?? 0) << 5
                | hasWork << 7)
        bytes.append(
            (series == nil ? 0 : Form.Part.series) | (documentType == nil ? 0 : Form.Part.documentType)
                | (url == nil ? 0 : Form.Part.url) | (fields.isEmpty ? 0 : Form.Part.fields))
        bytes.append(text: id.rawValue)
        if hasWork != 0 { bytes.append(text: work.rawValue) }
        bytes.append(text: type)
        bytes.append(text: title)
        bytes.append(text: abstract)
        bytes.append(text: body)
        if let series { bytes.append(text: series) }
        if let documentType { bytes.append(text: documentType) }
        if let date { bytes.append(date: date) }
        bytes.append(texts: authors)
        bytes.append(texts: organisations)
        bytes.append(texts: countries)
        bytes.append(number: regions.count)
        for region in regions { bytes.append(text: region.rawValue) }
        bytes.append(number: populationGroups.count)
        for group in populationGroups { bytes.append(text: group.rawValue) }
        bytes.append(number: concepts.count)
        for tag in concepts {
            let name = tag.concept.rawValue.utf8
            bytes.append(number: name.count << 2 | Form.sourceNumber(tag.source))
            bytes.append(contentsOf: name)
        }
        if let url { bytes.append(text: url) }
        if !fields.isEmpty {
            bytes.append(number: fields.count)
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                bytes.append(text: name)
                bytes.append(value: value)
            }
        }
        return bytes
    }
}

extension PartialDate {
    /// How many of year, month and day are known: 1…3.
    fileprivate var parts: UInt8 { day != nil ? 3 : month != nil ? 2 : 1 }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int) {
        var rest = UInt(bitPattern: number)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    fileprivate mutating func append(text: String) {
        append(number: text.utf8.count)
        append(contentsOf: text.utf8)
    }

    fileprivate mutating func append(texts: [String]) {
        append(number: texts.count)
        for text in texts { append(text: text) }
    }

    fileprivate mutating func append(date: PartialDate) {
        append(number: date.year)
        for part in [date.month, date.day] { if let part { append(UInt8(truncatingIfNeeded: part)) } }
    }

    fileprivate mutating func append(value: FieldValue) {
        typealias Kind = StoredRecordForm.Kind
        switch value {
        case .text(let text):
            append(Kind.text)
            append(text: text)
        case .strings(let texts):
            append(Kind.strings)
            append(texts: texts)
        case .number(let number):
            append(Kind.number)
            for shift in stride(from: 0, to: 64, by: 8) {
                append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(shift)))
            }
        case .integer(let number):
            append(Kind.integer)
            // Small ones of either sign stay short.
            append(number: number << 1 ^ number >> 63)
        case .boolean(let flag):
            append(flag ? Kind.yes : Kind.no)
        case .date(let date):
            append(Kind.date + date.parts)
            append(date: date)
        }
    }
}
