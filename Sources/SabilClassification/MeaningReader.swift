import SabilAnalysis
import SabilRecords
import SabilTaxonomy

/// Finds meanings in texts: what each language says with words of its own is one feature for all of them.
///
/// A model that learnt a label from English texts so knows what Arabic ones say. The longest form wins; of a form with several
/// meanings each counts.
struct MeaningReader: Sendable {
    /// Its labels are meanings.
    let matcher: LabelMatcher
    /// Columns are the meanings that examples have.
    let vocabulary: Vocabulary

    init(matcher: LabelMatcher, vocabulary: Vocabulary) {
        self.matcher = matcher
        self.vocabulary = vocabulary
    }

    /// Analyses the forms of meanings; those of a language are looked for in its texts only, proper names in all.
    static func matcher(
        _ meanings: [WordEquivalents], session: inout AnalysisSession
    ) throws(ModelError) -> LabelMatcher {
        var positions: [String: Int32] = [:]
        var forms: [LabelName] = []
        for (position, meaning) in meanings.enumerated() {
            positions[String(position)] = Int32(position)
            for (language, texts) in meaning.forms.sorted(by: { $0.key < $1.key }) {
                forms += texts.map { LabelName(label: String(position), language: language, text: $0) }
            }
        }
        let names = try LabelMatcher(forms, labels: positions, session: &session).names
        return LabelMatcher(
            names: names.map { name in
                var name = name
                name.text = ""
                name.weight = 1
                if name.language != .undetermined { name.surfaces = [] }
                return name
            })
    }

    /// The meanings of a text where they stand.
    static func occurrences(
        in text: AnalysedText, title: String, body: String, matcher: LabelMatcher
    ) -> [FeatureOccurrence] {
        matcher.matches(in: text, title: title, body: body).map {
            FeatureOccurrence(
                key: UInt64(UInt32(bitPattern: $0.label)) << 1, token: Int32($0.tokens.lowerBound),
                span: Int32($0.tokens.count))
        }
    }
}

extension MeaningReader {
    /// Writes the forms and the frequencies: a list of forms, for each its meaning, its language and its words.
    func add(to archive: inout WeightsArchive) {
        let names = matcher.names
        archive.add("meanings.forms", names.map(\.label))
        archive.add("meanings.marks", bytes: names.map { Self.mark($0) })
        for (part, words) in [("stems", names.map(\.stems)), ("surfaces", names.map(\.surfaces))] {
            archive.add("meanings.\(part).lengths", words.map { Int32($0.count) })
            archive.add("meanings.\(part)", words.flatMap { $0 })
        }
        archive.add("meanings.keys", vocabulary.keys)
        archive.add("meanings.idf", vocabulary.idf)
    }

    private static let acronym: UInt8 = 16

    private static func mark(_ name: LabelMatcher.Name) -> UInt8 {
        UInt8(Language.allCases.firstIndex(of: name.language) ?? 0) + (name.isAcronym ? acronym : 0)
    }

    /// Reads what ``add(to:)`` wrote.
    init(_ reader: WeightsReader, documentCount: Int) throws(ModelError) {
        let forms = try reader.numbers("meanings.forms", as: Int32.self)
        let marks = try reader.content("meanings.marks")
        let stems = try Self.words(reader, "meanings.stems", count: forms.count)
        let surfaces = try Self.words(reader, "meanings.surfaces", count: forms.count)
        let keys = try reader.numbers("meanings.keys", as: UInt64.self)
        let idf = try reader.floats("meanings.idf")
        guard marks.count == forms.count, forms.allSatisfy({ $0 >= 0 }),
            marks.allSatisfy({ Int($0 & ~Self.acronym) < Language.allCases.count }), keys.count == idf.count,
            zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw reader.corrupt("the meanings") }
        let names = forms.indices.map { form in
            LabelMatcher.Name(
                label: forms[form], language: Language.allCases[Int(marks[form] & ~Self.acronym)], text: "", weight: 1,
                isAcronym: marks[form] & Self.acronym != 0, stems: stems[form], surfaces: surfaces[form])
        }
        self.init(
            matcher: LabelMatcher(names: names),
            vocabulary: Vocabulary(keys: keys, idf: idf, documentCount: documentCount, gramWeight: 0))
    }

    private static func words(
        _ reader: WeightsReader, _ name: String, count: Int
    ) throws(ModelError) -> [[UInt64]] {
        let lengths = try reader.numbers(name + ".lengths", as: Int32.self).map { Int($0) }
        let all = try reader.numbers(name, as: UInt64.self)
        guard lengths.count == count, lengths.allSatisfy({ 0...1_000 ~= $0 }), lengths.reduce(0, +) == all.count else {
            throw reader.corrupt("the words (\(name))")
        }
        var next = 0
        return lengths.map { length in
            defer { next += length }
            return Array(all[next..<next + length])
        }
    }
}
