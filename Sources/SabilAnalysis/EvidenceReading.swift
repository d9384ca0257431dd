/// Reading what a text shows of its language.
extension LanguageDetector {
    /// What the first words of a text say: at most ``maximumWords`` of its first ``maximumBytes``.
    func evidence(of text: String, words: inout WeighedWords) -> LanguageEvidence {
        let beginning = Self.beginning(of: text)
        return decidedEvidence(of: beginning.span, words: &words) ?? foldedEvidence(of: beginning.span, words: &words)
    }

    /// The bytes that are read: a whole number of code points.
    static func beginning(of text: String) -> [UInt8] {
        guard text.utf8.count > maximumBytes else { return Array(text.utf8) }
        let rest = text.utf8.dropFirst(maximumBytes)
        return Array(text.utf8.prefix(maximumBytes)) + rest.prefix { $0 & 0xC0 == 0x80 }
    }

    /// Reads by the table, code point by code point; `nil` when there is one that the table does not decide.
    func decidedEvidence(of text: borrowing Span<UInt8>, words: inout WeighedWords) -> LanguageEvidence? {
        var reading = Reading()
        var index = 0
        while index < text.count {
            let (codePoint, length) = UTF8Bytes.decode(text, at: index)
            index += length
            let entry = table[codePoint]
            if entry == EvidenceTable.undecided { return nil }
            if entry & 0xFF < EvidenceTable.spanish {
                reading.append(entry)
            } else if reading.end(entry, self, &words) {
                return reading.evidence
            }
        }
        _ = reading.end(EvidenceTable.gap, self, &words)
        return reading.evidence
    }

    /// Reads what ICU makes of the whole text, whatever it holds.
    func foldedEvidence(of text: borrowing Span<UInt8>, words: inout WeighedWords) -> LanguageEvidence {
        var reading = Reading()
        // Should ICU fail, the text shows nothing here, and analysing it reports why.
        guard let folded = try? UnicodeForms.caseFolded(text) else { return reading.evidence }
        for codePoint in UTF8Bytes.codePoints(folded) {
            if EvidenceTable.isLetter(codePoint) {
                for letter in EvidenceTable.written(codePoint) { reading.append(letter: letter) }
            } else if reading.end(EvidenceTable.gap(of: codePoint), self, &words) {
                return reading.evidence
            }
        }
        _ = reading.end(EvidenceTable.gap, self, &words)
        return reading.evidence
    }

    /// The word that is being read, and what the words before it said.
    private struct Reading {
        private(set) var evidence = LanguageEvidence()
        private var letters: [UInt8] = []
        private var hash = WeighedWords.emptyHash

        /// Appends the letters of an entry of the table.
        @inline(__always)
        mutating func append(_ entry: UInt32) {
            var rest = entry >> 8
            for _ in 0..<entry & 0xFF {
                append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }

        mutating func append(letter codePoint: UInt32) {
            let start = letters.count
            UTF8Bytes.append(codePoint, to: &letters)
            for byte in letters[start...] { hash = WeighedWords.extended(hash, by: byte) }
        }

        @inline(__always)
        private mutating func append(_ byte: UInt8) {
            letters.append(byte)
            hash = WeighedWords.extended(hash, by: byte)
        }

        /// Ends the word at a gap of some kind.
        /// - Returns: whether enough was read.
        @inline(__always)
        mutating func end(_ gap: UInt32, _ detector: LanguageDetector, _ words: inout WeighedWords) -> Bool {
            if letters.isEmpty {
                evidence.addGap()
            } else {
                words.with(letters, hash: hash) { letters in
                    detector.weighed(letters)
                } use: { word in
                    evidence.add(word, endsInApostrophe: gap == EvidenceTable.apostrophe)
                }
                letters.removeAll(keepingCapacity: true)
                hash = WeighedWords.emptyHash
                if evidence.words >= LanguageDetector.maximumWords { return true }
            }
            if gap == EvidenceTable.spanish { evidence.hasSpanishPunctuation = true }
            return false
        }
    }
}
