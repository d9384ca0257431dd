/// The two forms of a word: normal, which stemmers read, and folded, which is matched.
struct WordForms {
    /// Longest folded form, in code points; the rest is cut.
    static let maximumLength = 64
    /// Longest folded form, in bytes; the rest is cut. The index takes 245 with prefixes.
    static let maximumBytes = 200
    /// Bytes of a word that are read at all.
    private static let maximumRead = 1024

    var normal: [UInt8] = []
    var folded: [UInt8] = []
    /// Whether something was cut off.
    var isCut = false

    /// Replaces the forms by those of a word; false if the table does not decide and `general` must be asked.
    mutating func fill(from word: borrowing Span<UInt8>, table: borrowing LetterTable) -> Bool {
        normal.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        isCut = false
        guard word.count <= Self.maximumRead else { return false }
        var index = 0
        while index < word.count {
            let byte = word[index]
            if byte < 0x80 {
                let isUpper = byte &- 0x41 < 26
                let isKnown = isUpper || byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2C
                guard isKnown else { return false }
                let lower = isUpper ? byte | 0x20 : byte
                normal.append(lower)
                folded.append(lower)
                index += 1
                continue
            }
            let (codePoint, length) = UTF8Bytes.decode(word, at: index)
            guard codePoint < LetterTable.end else { return false }
            let first = table.normal[Int(codePoint)]
            guard first != LetterTable.undecided else { return false }
            LetterTable.append(first, to: &normal)
            LetterTable.append(table.folded[Int(codePoint)], to: &folded)
            index += length
        }
        // A separator at an edge, or Arabic ones beside no digit, is for the general way.
        guard let head = folded.first, let tail = folded.last else { return true }
        guard head != 0x2E, head != 0x2C, tail != 0x2E, tail != 0x2C else { return false }
        if folded.count > Self.maximumLength { cut() }
        return true
    }

    /// The forms of a word whatever it holds; several when normalisation reveals that it was several words.
    static func general(
        _ word: borrowing Span<UInt8>, _ orthography: Orthography = .standard
    ) throws(AnalysisError) -> [WordForms] {
        var isCut = false
        var read = word.count
        if read > maximumRead {
            isCut = true
            read = maximumRead
            while read > 0, word[read] & 0xC0 == 0x80 { read -= 1 }
        }
        let whole = try normal(word.extracting(0..<read), orthography)
        var result: [WordForms] = []
        for part in parts(UTF8Bytes.codePoints(whole)) {
            var bytes: [UInt8] = []
            for codePoint in part { UTF8Bytes.append(codePoint, to: &bytes) }
            // Folding can lay bare what has to be parted again; nothing parts thrice.
            let foldedParts = parts(UTF8Bytes.codePoints(try folded(bytes.span, orthography)))
            for foldedPart in foldedParts {
                var forms = WordForms()
                for codePoint in foldedPart { UTF8Bytes.append(codePoint, to: &forms.folded) }
                forms.normal = foldedParts.count == 1 ? bytes : forms.folded
                forms.isCut = isCut
                if foldedPart.count > maximumLength || forms.folded.count > maximumBytes { forms.cut() }
                result.append(forms)
            }
        }
        return result
    }

    /// Cuts the folded form on a code point boundary; the normal form follows, since such a word is not stemmed.
    private mutating func cut() {
        var count = 0
        var end = 0
        let whole = folded
        let span = whole.span
        while end < span.count {
            let length = UTF8Bytes.decode(span, at: end).length
            guard count < Self.maximumLength, end + length <= Self.maximumBytes else { break }
            end += length
            count += 1
        }
        guard end < whole.count else { return }
        folded.removeSubrange(end...)
        while let last = folded.last, last == 0x2E || last == 0x2C { folded.removeLast() }
        normal = folded
        isCut = true
    }

    /// Normal form of a stretch: NFKC with case folded, then `Orthography.normal`.
    static func normal(
        _ word: borrowing Span<UInt8>, _ orthography: Orthography = .standard
    ) throws(AnalysisError) -> [UInt8] {
        rewritten(try UnicodeForms.caseFolded(word), by: orthography.normal)
    }

    /// Folded form of a normal form.
    static func folded(
        _ normal: borrowing Span<UInt8>, _ orthography: Orthography = .standard
    ) throws(AnalysisError) -> [UInt8] {
        let decomposed = try UnicodeForms.decomposed(normal)
        var before: UInt32 = 0
        let bare = rewritten(decomposed) { codePoint in
            defer { before = codePoint }
            return orthography.isFoldedAway(codePoint, after: before) ? [] : nil
        }
        return rewritten(try UnicodeForms.composed(bare.span), by: orthography.folded)
    }

    private static func rewritten(_ bytes: [UInt8], by rule: (UInt32) -> [UInt32]?) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for codePoint in UTF8Bytes.codePoints(bytes) {
            if let replacement = rule(codePoint) {
                for replaced in replacement { UTF8Bytes.append(replaced, to: &result) }
            } else {
                UTF8Bytes.append(codePoint, to: &result)
            }
        }
        return result
    }

    /// Parts at whatever is neither letter, mark nor digit, but for separators between digits; drops bare
    /// marks in front.
    private static func parts(_ codePoints: [UInt32]) -> [[UInt32]] {
        var result: [[UInt32]] = []
        var part: [UInt32] = []
        func isDigit(_ index: Int) -> Bool {
            codePoints.indices.contains(index) && (0x30...0x39).contains(codePoints[index])
        }
        for (index, codePoint) in codePoints.enumerated() {
            let separates = (codePoint == 0x2E || codePoint == 0x2C) && isDigit(index - 1) && isDigit(index + 1)
            if separates || Orthography.isWordCharacter(codePoint) {
                if part.isEmpty, (6...8).contains(UnicodeForms.category(codePoint)) { continue }
                part.append(codePoint)
            } else if !part.isEmpty {
                result.append(part)
                part = []
            }
        }
        if !part.isEmpty { result.append(part) }
        return result
    }
}
