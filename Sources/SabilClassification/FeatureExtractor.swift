import SabilAnalysis
import SabilRecords

/// A feature where it occurs: which word or pair of words of the document it came from.
struct FeatureOccurrence: Sendable {
    /// Name of the feature; odd for character grams, even for words and pairs.
    var key: UInt64
    /// First token, in the order of `AnalysedText.tokens`.
    var token: Int32
    /// Tokens it covers: 1, 2 for a pair, as many as a meaning takes.
    var span: Int32
}

/// A document's tokens, title before text.
struct AnalysedText: Sendable {
    var tokens: [Token]
    /// Tokens that belong to the title.
    var titleCount: Int
    var language: Language

    /// Analyses a document; a language left open is detected first.
    init(title: String, text: String, language: Language, session: inout AnalysisSession) throws(ModelError) {
        do throws(AnalysisError) {
            var language = language
            if language == .undetermined { language = session.detect(title + "\n" + text, declared: nil).language }
            self.language = language
            tokens = title.isEmpty ? [] : try session.tokens(in: title, language: language)
            titleCount = tokens.count
            if !text.isEmpty { tokens += try session.documentTokens(in: text, language: language) }
        } catch {
            throw ModelError(code: .analysis, operation: "analyse a text", message: error.description)
        }
    }

    func field(ofToken token: Int) -> TextField { token < titleCount ? .title : .text }
}

/// What features a text has: stems, pairs of neighbouring stems, and character grams within words.
///
/// Features are named by a 64-bit digest of their text: with a million features two share a name once in 30,000,000 models.
struct FeatureExtractor: Sendable, Equatable {
    var usesWordPairs: Bool
    /// 0 = none.
    var gramLength: Int

    init(_ options: TrainingOptions) {
        usesWordPairs = options.usesWordPairs
        gramLength = options.characterGramLength
    }

    func occurrences(in text: AnalysedText) -> [FeatureOccurrence] {
        var found: [FeatureOccurrence] = []
        found.reserveCapacity(text.tokens.count * 8)
        var scalars: [UInt8] = []
        var scalarStarts: [Int] = []
        var previous: Digest?
        for (index, token) in text.tokens.enumerated() {
            if index == text.titleCount { previous = nil }
            var stem = Digest()
            stem.add(bytes: token.stem.utf8)
            found.append(FeatureOccurrence(key: stem.value & ~1, token: Int32(index), span: 1))
            if usesWordPairs {
                if var pair = previous {
                    pair.add(byte: 0x1F)
                    pair.add(bytes: token.stem.utf8)
                    found.append(FeatureOccurrence(key: pair.value & ~1, token: Int32(index - 1), span: 2))
                }
                previous = stem
            }
            if gramLength > 0 {
                scalars.removeAll(keepingCapacity: true)
                scalarStarts.removeAll(keepingCapacity: true)
                scalars.append(0x20)
                scalars.append(contentsOf: token.surface.utf8)
                scalars.append(0x20)
                for (offset, byte) in scalars.enumerated() where byte & 0xC0 != 0x80 { scalarStarts.append(offset) }
                scalarStarts.append(scalars.count)
                let gramCount = max(1, scalarStarts.count - gramLength)
                for first in 0..<gramCount {
                    var gram = Digest()
                    let end = scalarStarts[min(first + gramLength, scalarStarts.count - 1)]
                    for offset in scalarStarts[first]..<end { gram.add(byte: scalars[offset]) }
                    found.append(FeatureOccurrence(key: gram.value | 1, token: Int32(index), span: 1))
                }
            }
        }
        return found
    }

    /// The distinct features of a text, increasing, with how often each occurs.
    func counts(in text: AnalysedText) -> FeatureCounts { FeatureCounts(occurrences(in: text)) }
}

/// Features of one text before a vocabulary is known: increasing keys and their counts.
struct FeatureCounts: Sendable {
    var keys: [UInt64] = []
    var counts: [Int32] = []
}

extension FeatureCounts {
    init(_ occurrences: [FeatureOccurrence]) {
        self.init()
        for key in occurrences.map(\.key).sorted() {
            if keys.last == key {
                counts[counts.count - 1] += 1
            } else {
                keys.append(key)
                counts.append(1)
            }
        }
    }
}
