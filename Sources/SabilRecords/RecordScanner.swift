/// Reads a record straight from its line, as long as all in it is as the format and the vocabulary want it.
///
/// One pass, no tree of values, no text that is not kept. At the first thing that would be an issue it gives up, and
/// ``RecordReading`` says what it is: a record read here is the one that would be read there, without an issue.
struct RecordScanner {
    typealias Stop = JSONCursor.Stop

    private var cursor: JSONCursor
    private let names: ScannedNames
    private var record = ResourceRecord(id: RecordID(""), type: "", title: "")
    private var work: String?
    private var type: ScannedNames.TypeNames?
    /// Where `fields` stands when it comes before `type`, which says what its values are.
    private var postponedFields: Range<Int>?

    /// - Returns: `nil` when anything is wrong, or unusual enough to be read the slow way.
    static func record(in line: ValidText, names: ScannedNames) -> ResourceRecord? {
        var scanner = RecordScanner(cursor: JSONCursor(line), names: names)
        do {
            return try scanner.scan()
        } catch {
            return nil
        }
    }

    private init(cursor: JSONCursor, names: ScannedNames) {
        self.cursor = cursor
        self.names = names
    }

    private mutating func scan() throws(Stop) -> ResourceRecord {
        var seen: UInt32 = 0
        cursor.skipSpace()
        guard try cursor.open(0x7B, 0x7D) else { throw Stop() }
        repeat {
            guard let position = names.keys.table.position(of: cursor.line.bytes, try cursor.key()),
                seen & 1 << UInt32(position) == 0
            else { throw Stop() }
            seen |= 1 << UInt32(position)
            let key = names.keys.values[position]
            // Nothing stands there; of required keys the end of the scan tells.
            if try cursor.takeNull() { continue }
            // A visibility that is empty is a defect: it must not make a record public.
            if key.shape == .text, key != .visibility, cursor.takeEmptyString() { continue }
            try read(key)
        } while try cursor.takeComma(or: 0x7D)
        cursor.skipSpace()
        guard cursor.isAtEnd, !record.id.rawValue.isEmpty, !record.type.isEmpty, !record.title.isEmpty else {
            throw Stop()
        }
        if let place = postponedFields {
            cursor.go(to: place.lowerBound)
            record.fields = try fields()
            guard cursor.index == place.upperBound else { throw Stop() }
        }
        record.work = WorkID(work ?? record.id.rawValue)
        return record
    }

    private mutating func read(_ key: RecordKey) throws(Stop) {
        switch key {
        case .id: record.id = RecordID(try identifier())
        case .uuid: work = try identifier()
        case .type: record.type = try contentType()
        case .language: record.language = try language()
        case .title: record.title = try text() ?? ""
        case .abstract: record.abstract = try text() ?? ""
        case .body: record.body = try text() ?? ""
        case .authors: record.authors = try texts()
        case .organisations: record.organisations = try texts()
        case .series: record.series = try text()
        case .documentType: record.documentType = try documentType()
        case .date: record.date = try date()
        case .countries: record.countries = try countries()
        case .regions: record.regions = try concepts(names.regions)
        case .populationGroups: record.populationGroups = try concepts(names.populationGroups)
        case .concepts: record.concepts = try tags()
        case .visibility: record.visibility = try word(Visibility.init(rawValue:))
        case .url: record.url = try url()
        case .fields:
            if names.vocabulary == nil || type != nil {
                record.fields = try fields()
            } else {
                let start = cursor.index
                guard cursor.peek == 0x7B else { throw Stop() }
                try cursor.skipObject()
                postponedFields = start..<cursor.index
            }
        }
    }

    // MARK: Texts

    /// A text; `nil` when it is blank.
    private mutating func text() throws(Stop) -> String? {
        let text = try cursor.string()
        return text.isBlank ? nil : text
    }

    /// A text that is not blank.
    @inline(__always)
    private mutating func entry() throws(Stop) -> String {
        let text = try cursor.string()
        if text.isBlank { throw Stop() }
        return text
    }

    private mutating func identifier() throws(Stop) -> String {
        let text = try entry()
        guard text.utf8.count <= RecordReading.maximumIDBytes, !text.hasControlCharacter else { throw Stop() }
        return text
    }

    private mutating func date() throws(Stop) -> PartialDate {
        guard let date = PartialDate(try entry()) else { throw Stop() }
        return date
    }

    private mutating func url() throws(Stop) -> String {
        let text = try entry()
        guard text.isWebAddress else { throw Stop() }
        return text
    }

    private mutating func language() throws(Stop) -> Language {
        try word { Language(rawValue: $0) ?? Language(bcp47: $0) }
    }

    private mutating func word<Value>(_ value: (String) -> Value?) throws(Stop) -> Value {
        guard let value = value(try entry()) else { throw Stop() }
        return value
    }

    /// The elements of a list, each taken by `element`.
    @inline(__always)
    private mutating func list(_ element: (inout Self) throws(Stop) -> Void) throws(Stop) {
        guard try cursor.open(0x5B, 0x5D) else { return }
        repeat { try element(&self) } while try cursor.takeComma(or: 0x5D)
    }

    private mutating func texts() throws(Stop) -> [String] {
        var texts: [String] = []
        try list { (scanner) throws(Stop) in texts.append(try scanner.entry()) }
        return texts
    }

    // MARK: Names

    /// The name that stands here, as the list has it.
    @inline(__always)
    private mutating func name<Name>(_ known: ScannedNames.List<Name>) throws(Stop) -> Name {
        let raw = try cursor.raw()
        guard !raw.hasEscape, let position = known.table.position(of: cursor.line.bytes, raw.range) else {
            throw Stop()
        }
        return known.values[position]
    }

    private mutating func contentType() throws(Stop) -> String {
        guard names.vocabulary != nil else { return try entry() }
        let type = try name(names.types)
        self.type = type
        return type.id
    }

    private mutating func documentType() throws(Stop) -> String {
        guard let known = names.documentTypes else { return try entry() }
        return try name(known)
    }

    private mutating func countries() throws(Stop) -> [String] {
        var countries: [String] = []
        try list { (scanner) throws(Stop) in
            let country = try scanner.country()
            if countries.contains(country) { throw Stop() }
            countries.append(country)
        }
        return countries
    }

    private mutating func country() throws(Stop) -> String {
        if let known = names.countries { return try name(known) }
        let code = try entry()
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { throw Stop() }
        return code
    }

    private mutating func concept(_ known: ScannedNames.List<ConceptID>?) throws(Stop) -> ConceptID {
        if let known { return try name(known) }
        return ConceptID(try entry())
    }

    private mutating func concepts(_ known: ScannedNames.List<ConceptID>?) throws(Stop) -> [ConceptID] {
        var concepts: [ConceptID] = []
        try list { (scanner) throws(Stop) in
            let concept = try scanner.concept(known)
            if concepts.contains(concept) { throw Stop() }
            concepts.append(concept)
        }
        return concepts
    }

    private mutating func tags() throws(Stop) -> [ConceptTag] {
        var tags: [ConceptTag] = []
        try list { (scanner) throws(Stop) in
            let tag = try scanner.tag()
            if tags.contains(where: { $0.concept == tag.concept }) { throw Stop() }
            tags.append(tag)
        }
        return tags
    }

    /// A concept: a name alone, or an object with a source.
    private mutating func tag() throws(Stop) -> ConceptTag {
        guard cursor.peek == 0x7B else { return ConceptTag(try concept(names.concepts)) }
        var id: ConceptID?
        var source: LabelSource?
        guard try cursor.open(0x7B, 0x7D) else { throw Stop() }
        repeat {
            switch names.tagKeys.position(of: cursor.line.bytes, try cursor.key()) {
            case 0 where id == nil: id = try concept(names.concepts)
            case 1 where source == nil: source = try cursor.takeNull() ? .human : name(names.sources)
            default: throw Stop()
            }
        } while try cursor.takeComma(or: 0x7D)
        guard let id else { throw Stop() }
        return ConceptTag(id, source: source ?? .human)
    }

    // MARK: Extra fields

    private mutating func fields() throws(Stop) -> [String: FieldValue] {
        var fields: [String: FieldValue] = [:]
        guard try cursor.open(0x7B, 0x7D) else { return fields }
        var seen: Set<String> = []
        repeat {
            let key = try cursor.key()
            guard seen.insert(cursor.line.text(key, isASCII: false)).inserted else { throw Stop() }
            if try cursor.takeNull() { continue }
            if names.vocabulary == nil {
                fields[cursor.line.text(key, isASCII: false)] = try untyped()
            } else {
                guard let type, let position = type.fields.table.position(of: cursor.line.bytes, key) else {
                    throw Stop()
                }
                let field = type.fields.values[position]
                fields[field.name] = try typed(field.kind)
            }
        } while try cursor.takeComma(or: 0x7D)
        return fields
    }

    private mutating func typed(_ kind: ContentType.FieldKind) throws(Stop) -> FieldValue {
        switch kind {
        case .string, .text: return .text(try cursor.string())
        case .strings: return .strings(try texts())
        case .urls:
            var urls: [String] = []
            try list { (scanner) throws(Stop) in urls.append(try scanner.url()) }
            return .strings(urls)
        case .integer:
            guard case .integer(let number) = try cursor.number() else { throw Stop() }
            return .integer(number)
        case .number:
            switch try cursor.number() {
            case .integer(let number): return .number(Double(number))
            case .fraction(let number): return .number(number)
            }
        case .boolean: return .boolean(try cursor.boolean())
        case .date: return .date(try date())
        case .url: return .text(try url())
        }
    }

    private mutating func untyped() throws(Stop) -> FieldValue {
        switch cursor.peek {
        case 0x22: return .text(try cursor.string())
        case 0x74, 0x66: return .boolean(try cursor.boolean())
        case 0x5B:
            var texts: [String] = []
            try list { (scanner) throws(Stop) in texts.append(try scanner.cursor.string()) }
            return .strings(texts)
        default:
            switch try cursor.number() {
            case .integer(let number): return .integer(number)
            case .fraction(let number): return .number(number)
            }
        }
    }
}
