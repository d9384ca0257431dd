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
        var evidence = LanguageEvidence()
        var word = WeighedWords.Key()
        var index = 0
        while index < text.count {
            var entry: UInt32
            let byte = text[index]
            if byte < 0x80 {
                index += 1
                let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
                if lower &- 0x61 < 26 {
                    word.append(lower)
                    continue
                }
                entry = table[UInt32(byte)]
            } else {
                let (codePoint, length) = UTF8Bytes.decode(text, at: index)
                index += length
                entry = table[codePoint]
            }
            if entry == EvidenceTable.undecided { return nil }
            if entry & 0xFF < EvidenceTable.colon {
                for _ in 0..<entry & 0xFF {
                    entry >>= 8
                    word.append(UInt8(truncatingIfNeeded: entry))
                }
            } else if end(&word, entry, &words, &evidence) {
                return evidence
            }
        }
        _ = end(&word, EvidenceTable.gap, &words, &evidence)
        return evidence
    }

    /// Reads what ICU makes of the whole text, whatever it holds.
    func foldedEvidence(of text: borrowing Span<UInt8>, words: inout WeighedWords) -> LanguageEvidence {
        var evidence = LanguageEvidence()
        // Should ICU fail, the text shows nothing here, and analysing it reports why.
        guard let folded = try? UnicodeForms.caseFolded(text) else { return evidence }
        var word = WeighedWords.Key()
        var bytes: [UInt8] = []
        for codePoint in UTF8Bytes.codePoints(folded) {
            if EvidenceTable.isLetter(codePoint) {
                bytes.removeAll(keepingCapacity: true)
                for letter in EvidenceTable.written(codePoint) { UTF8Bytes.append(letter, to: &bytes) }
                for byte in bytes { word.append(byte) }
            } else if end(&word, EvidenceTable.gap(of: codePoint), &words, &evidence) {
                return evidence
            }
        }
        _ = end(&word, EvidenceTable.gap, &words, &evidence)
        return evidence
    }

    /// Ends the word, if there is one, at a gap of some kind.
    /// - Returns: whether enough was read.
    @inline(__always)
    private func end(
        _ word: inout WeighedWords.Key, _ gap: UInt32, _ words: inout WeighedWords, _ evidence: inout LanguageEvidence
    ) -> Bool {
        let isWord = !word.isEmpty
        defer { evidence.addSpacing(gap, behindWord: isWord) }
        if !isWord {
            evidence.addGap()
        } else {
            words.with(word) { letters in
                weighed(letters)
            } use: { weighed in
                let pair = endingPairs.weights(evidence.lastEnding, weighed.ending)
                evidence.add(weighed, pair, endsInApostrophe: gap == EvidenceTable.apostrophe)
            }
            word.removeAll()
            if evidence.words >= Self.maximumWords { return true }
        }
        if gap == EvidenceTable.spanish { evidence.hasSpanishPunctuation = true }
        return false
    }
}
