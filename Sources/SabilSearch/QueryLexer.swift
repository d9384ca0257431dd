import SabilRecords

/// The pieces of a query as typed.
enum QueryToken: Sendable, Hashable {
    case word(String)
    case phrase(String, isClosed: Bool)
    case field(QueryField, FieldValueSyntax)
    case open, close
    case and, or, not
    /// At most so many words from one to the next.
    case near(Int)
    case plus, minus
}

/// A piece with its place in bytes.
struct PlacedToken: Sendable, Hashable {
    var token: QueryToken
    var place: Range<Int>
}

/// Cuts a query into pieces; whatever is typed gives some.
struct QueryLexer {
    private let text: [Unicode.Scalar]
    /// Byte offset of each scalar, and of the end.
    private let offsets: [Int]
    /// Operators in capitals mean nothing where everything is in capitals.
    let hasWordOperators: Bool
    private var at = 0
    private(set) var tokens: [PlacedToken] = []
    private(set) var notes: [QueryNote] = []

    init(_ query: String) {
        text = Array(query.unicodeScalars)
        var offsets: [Int] = []
        offsets.reserveCapacity(text.count + 1)
        var offset = 0
        for scalar in text {
            offsets.append(offset)
            offset += String(scalar).utf8.count
        }
        offsets.append(offset)
        self.offsets = offsets
        hasWordOperators = text.contains {
            $0.properties.isLowercase || ($0.value > 0x24F && $0.properties.isAlphabetic)
        }
    }

    mutating func run() {
        while at < text.count {
            let scalar = text[at]
            if Self.isSpace(scalar) {
                at += 1
            } else if Self.closing(of: scalar) != nil {
                quoted()
            } else if scalar == "(" || scalar == ")" {
                append(scalar == "(" ? .open : .close, from: at, to: at + 1)
                at += 1
            } else if (scalar == "+" || scalar == "-") && isAtWordStart && at + 1 < text.count
                && !Self.isSpace(text[at + 1]) && text[at + 1] != ")"
            {
                append(scalar == "+" ? .plus : .minus, from: at, to: at + 1)
                at += 1
            } else {
                word()
            }
        }
    }

    private var isAtWordStart: Bool {
        at == 0 || Self.isSpace(text[at - 1]) || text[at - 1] == "("
    }

    private mutating func append(_ token: QueryToken, from start: Int, to end: Int) {
        tokens.append(PlacedToken(token: token, place: offsets[start]..<offsets[end]))
    }

    /// The text between a quotation mark and its partner, or the end.
    private mutating func quotedText() -> (text: String, isClosed: Bool) {
        let closings = Self.closing(of: text[at]) ?? []
        let start = at + 1
        var end = start
        while end < text.count && !closings.contains(text[end]) { end += 1 }
        at = min(end + 1, text.count)
        return (string(start, end), end < text.count)
    }

    private mutating func quoted() {
        let start = at
        let (content, isClosed) = quotedText()
        if !isClosed { noteUnclosed(from: start) }
        append(.phrase(content, isClosed: isClosed), from: start, to: at)
    }

    private mutating func noteUnclosed(from start: Int) {
        notes.append(
            QueryNote(
                .unclosedQuote, "A quotation mark has no partner: the phrase was taken to go to the end.",
                place: offsets[start]..<offsets[text.count]))
    }

    private mutating func word() {
        let start = at
        while at < text.count, !Self.isSpace(text[at]), text[at] != "(", text[at] != ")",
            Self.closing(of: text[at]) == nil
        {
            at += 1
            if text[at - 1] == ":" && fieldEnding(at: at - 1, from: start) { return }
        }
        let word = string(start, at)
        switch word {
        case "AND" where hasWordOperators: append(.and, from: start, to: at)
        case "OR" where hasWordOperators: append(.or, from: start, to: at)
        case "NOT" where hasWordOperators: append(.not, from: start, to: at)
        case "&&": append(.and, from: start, to: at)
        case _ where hasWordOperators && (word == "NEAR" || word.hasPrefix("NEAR/")): near(word, from: start)
        case "||": append(.or, from: start, to: at)
        default:
            if word.unicodeScalars.dropLast().contains("*"), OpenWord(word) == nil {
                notes.append(Self.innerAsterisk(word, offsets[start]..<offsets[at]))
            }
            append(.word(word), from: start, to: at)
        }
    }

    /// What an asterisk says that stands for no letters.
    static func innerAsterisk(_ word: String, _ place: Range<Int>) -> QueryNote {
        QueryNote(
            .innerAsterisk,
            "An asterisk within a word needs \(OpenWord.leastAtStart) letters before it, or \(OpenWord.leastInRow) side by side: "
                + "in \"\(word)\" it only parts words.", place: place)
    }

    /// `NEAR`, `NEAR/5`.
    private mutating func near(_ word: String, from start: Int) {
        let digits = word.utf8.dropFirst(5)
        let most = QueryParser.maximumNearness
        guard word != "NEAR" else { return append(.near(QueryParser.usualNearness), from: start, to: at) }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return append(.word(word), from: start, to: at)
        }
        let number = Int(String(digits) ?? "") ?? Int.max
        if !(1...most).contains(number) {
            notes.append(
                QueryNote(
                    .cutNearness, "NEAR/n takes 1 to \(most) words: it was taken as \(number < 1 ? 1 : most).",
                    place: offsets[start]..<offsets[at]))
        }
        append(.near(max(1, min(number, most))), from: start, to: at)
    }

    /// Reads a field's value if what stands before the colon may be a field's name.
    private mutating func fieldEnding(at colon: Int, from start: Int) -> Bool {
        let name = string(start, colon)
        guard !name.isEmpty, colon + 1 < text.count, !Self.isSpace(text[colon + 1]), text[colon + 1] != ")",
            name.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0 == "_" || $0 == "-" })
        else { return false }
        guard let field = QueryField(name: name[...]) else {
            // Addresses and times hold colons too.
            if text[colon + 1] != "/" {
                notes.append(
                    QueryNote(
                        .unknownField, "There is no field of the name \"\(name)\": it was searched as a word.",
                        place: offsets[start]..<offsets[colon]))
            }
            return false
        }
        at = colon + 1
        let value: FieldValueSyntax
        if Self.closing(of: text[at]) != nil {
            let quote = at
            let (content, isClosed) = quotedText()
            if !isClosed { noteUnclosed(from: quote) }
            value = .phrase(content)
        } else if text[at] == "(" {
            let open = at + 1
            while at < text.count && text[at] != ")" { at += 1 }
            value = .words(string(open, at))
            at = min(at + 1, text.count)
        } else {
            let valueStart = at
            while at < text.count, !Self.isSpace(text[at]), text[at] != "(", text[at] != ")" { at += 1 }
            value = self.value(string(valueStart, at), of: field, place: offsets[start]..<offsets[at])
        }
        append(.field(field, value), from: start, to: at)
        return true
    }

    private mutating func value(_ text: String, of field: QueryField, place: Range<Int>) -> FieldValueSyntax {
        if field == .year {
            if let range = YearRange(text) { return .range(range.from, range.to) }
            notes.append(
                QueryNote(
                    .invalidRange,
                    "\"\(text)\" is no year and no range of years, such as 2018..2022: nothing matches it.",
                    place: place))
            return .words("")
        }
        if field == .date {
            if let range = DateRange(text) { return .range(range.from, range.to) }
            notes.append(
                QueryNote(
                    .invalidRange,
                    "\"\(text)\" is no date and no range of dates, such as 2018-05..2019: nothing matches it.",
                    place: place))
            return .words("")
        }
        guard !field.isFilter else { return .words(text) }
        switch OpenWord(text) {
        case .beginning(let start): return .prefix(start)
        case .pattern(let pattern): return .pattern(pattern)
        case nil: break
        }
        return .words(text)
    }

    private func string(_ start: Int, _ end: Int) -> String {
        var scalars = String.UnicodeScalarView()
        if start < end { scalars.append(contentsOf: text[start..<end]) }
        return String(scalars)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\0" }

    /// The marks that end what this one begins; nil if it begins nothing.
    private static func closing(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        switch scalar {
        case "\"": ["\""]
        case "\u{201C}", "\u{201E}", "\u{201D}", "\u{201F}": ["\u{201D}", "\u{201C}"]
        case "\u{AB}": ["\u{BB}"]
        case "\u{BB}": ["\u{AB}"]
        default: nil
        }
    }
}

/// Years from and to, both included: `2018`, `2018..2022`, `2018..`, `..2022`.
struct YearRange: Sendable, Hashable {
    var from: Int?
    var to: Int?

    /// - Returns: nil for anything else, and where the end comes before the start.
    init?(_ text: String) {
        func year(_ text: Substring) -> Int? {
            text.utf8.count <= 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
        }
        let digits = text.withWesternDigits
        guard let dots = digits.firstRange(of: "..") else {
            guard let only = year(digits[...]) else { return nil }
            from = only
            to = only
            return
        }
        let (before, after) = (digits[..<dots.lowerBound], digits[dots.upperBound...])
        from = year(before)
        to = year(after)
        guard before.isEmpty || from != nil, after.isEmpty || to != nil, from != nil || to != nil else { return nil }
        if let from, let to, from > to { return nil }
    }
}

/// Days from and to, both included, as ordinals: `2018-05`, `2018-05-30..2019`, `2018..`, `..2019-01`.
///
/// A date known to the month or the year stands before its days, as records' dates do.
struct DateRange: Sendable, Hashable {
    var from: Int?
    var to: Int?

    /// - Returns: nil for anything else, and where the end comes before the start.
    init?(_ text: String) {
        let digits = text.withWesternDigits
        guard let dots = digits.firstRange(of: "..") else {
            guard let only = PartialDate(digits) else { return nil }
            (from, to) = (only.ordinal, Self.last(of: only))
            return
        }
        let (before, after) = (digits[..<dots.lowerBound], digits[dots.upperBound...])
        from = PartialDate(String(before))?.ordinal
        to = PartialDate(String(after)).map(Self.last)
        guard before.isEmpty || from != nil, after.isEmpty || to != nil, from != nil || to != nil else { return nil }
        if let from, let to, from > to { return nil }
    }

    private static func last(of date: PartialDate) -> Int {
        date.ordinal + (date.month == nil ? 9_999 : date.day == nil ? 99 : 0)
    }
}

extension String {
    /// Arabic-Indic and Persian digits as ASCII.
    fileprivate var withWesternDigits: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x660...0x669: Unicode.Scalar(scalar.value - 0x660 + 0x30) ?? scalar
                    case 0x6F0...0x6F9: Unicode.Scalar(scalar.value - 0x6F0 + 0x30) ?? scalar
                    default: scalar
                    }
                }))
    }
}
