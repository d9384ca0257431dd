import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// The layout of an index: prefixes of terms, slots of values, keys of metadata. Nothing else names them.
///
/// Prefixes follow Xapian's own conventions (omega, `termprefixes`), so that `xapian-delve` output is readable.
/// A word gives two terms, itself without a prefix and its stem, each with how often it occurs. No term has positions: what
/// stands beside what is in the ``WordStream``.
enum IndexSchema {
    /// Raised whenever an index of before cannot be read as one of now.
    static let version = 4

    /// Places between two fields when nearness is counted: nothing is near across one.
    static let fieldGap = 100

    // MARK: Terms

    /// Prefixes that are written as bytes.
    enum Prefix {
        static let stem: StaticString = "Z"
        static let titleWord: StaticString = "S"
        static let titleStem: StaticString = "ZS"
        static let authorWord: StaticString = "A"
    }

    /// Stem of a word, of every word.
    static func stem(_ stem: String) -> String { "Z" + stem }
    /// Word of the title; counts nothing.
    static func titleWord(_ surface: String) -> String { "S" + surface }
    static func titleStem(_ stem: String) -> String { "ZS" + stem }
    /// Word of an author's name; counts nothing.
    static func authorWord(_ surface: String) -> String { "A" + surface }

    /// The record; ids too long for a term are replaced by a digest.
    static func record(_ id: RecordID) -> String { "Q" + bounded(id.rawValue) }
    static func work(_ id: WorkID) -> String { "XW" + bounded(id.rawValue) }
    static func type(_ id: String) -> String { "T" + bounded(id) }
    static func pillar(_ id: String) -> String { "XD" + bounded(id) }
    static func language(_ language: Language) -> String { "L" + language.rawValue }
    /// Records in one of some languages, by what stands in the slot: to filter words with.
    static func isIn(_ languages: [Language]) -> QueryNode {
        .valueIn(slot: Slot.language, languages.map(\.rawValue))
    }
    static func visibility(_ visibility: Visibility) -> String { "XV" + visibility.rawValue }
    static func year(_ year: Int) -> String { "Y\(year)" }
    static func documentType(_ id: String) -> String { "XK" + bounded(id) }
    static func labelSource(_ source: LabelSource) -> String { "XL" + source.rawValue }
    /// Organisation by its folded name.
    static func organisation(_ key: String) -> String { "XO" + bounded(key) }
    /// Series by its folded name.
    static func series(_ key: String) -> String { "XE" + bounded(key) }
    /// Concept that a person assigned.
    static func assigned(_ number: ConceptNumber) -> String { "XC\(number)" }
    /// Concept that only a machine suggested: never together with ``assigned(_:)``.
    static func suggested(_ number: ConceptNumber) -> String { "XS\(number)" }
    /// Concept, population group, region, country or organisation of the record, or anything above one.
    static func reaches(_ number: ConceptNumber) -> String { "XA\(number)" }
    /// The same, as far as persons assigned it.
    static func reachesByPerson(_ number: ConceptNumber) -> String { "XB\(number)" }
    /// Concept, country, programme or organisation that the text names, in any language, as often as it does.
    static func names(_ number: ConceptNumber) -> String { "XN\(number)" }

    // MARK: Slots

    enum Slot {
        static let year: UInt32 = 0
        static let language: UInt32 = 1
        static let type: UInt32 = 2
        /// Numbers of subject concepts and all above them.
        static let concepts: UInt32 = 3
        /// The work, by which translations are collapsed.
        static let work: UInt32 = 4
        static let dateOrdinal: UInt32 = 5
        static let pillar: UInt32 = 6
        static let countries: UInt32 = 7
        static let regions: UInt32 = 8
        static let populations: UInt32 = 9
        /// Numbers of concepts or, with ``organisationDigestBit``, digests of names.
        static let organisations: UInt32 = 10
        static let series: UInt32 = 11
        static let documentType: UInt32 = 12
        static let labelSources: UInt32 = 13
        /// The title's collation key for readers of English and French.
        static let titleKey: UInt32 = 14
        /// As ``concepts``, of persons' tags only.
        static let conceptsByPerson: UInt32 = 15
        /// Every word of the text in order, for the second ranking step: see ``WordStream``.
        static let wordStream: UInt32 = 16
        /// The title's collation key for readers of Arabic.
        static let titleKeyArabic: UInt32 = 17
        /// The title's collation key for readers of Spanish, where it is another one than ``titleKey``.
        static let titleKeySpanish: UInt32 = 18
        /// Numbers of the named programmes that the text names.
        static let programmes: UInt32 = 19
        /// When the programme, event or conference begins.
        static let startOrdinal: UInt32 = 20
        /// The record's id, by which hits of one score are put in order.
        static let id: UInt32 = 21
    }

    /// Set in numbers of the organisation slot that are digests of a name the taxonomy does not know.
    static let organisationDigestBit: UInt32 = 1 << 31

    /// The number of an organisation that the taxonomy does not know, by its folded name.
    static func organisationDigest(_ key: String) -> UInt32 {
        UInt32(truncatingIfNeeded: Digest.of(key)) | organisationDigestBit
    }

    static func labelSourceNumber(_ source: LabelSource) -> UInt32 {
        switch source {
        case .human: 1
        case .confirmed: 2
        case .machine: 3
        }
    }

    // MARK: Metadata

    enum Key {
        static let version = "sabil.schema"
        static let fingerprint = "sabil.analyzer"
        static let taxonomy = "sabil.taxonomy"
        /// In an index that was built to take another's place: what that one's last commit was known by.
        static let stagedOver = "sabil.staged-over"
        /// In the same: place in the log of the last decision that it was built with.
        static let stagedDecisions = "sabil.staged-decisions"
        /// What identifies the ``GramTable`` of the index.
        static let gramStamp = "sabil.grams"
        /// Part of that table.
        static func grams(_ part: Int) -> String {
            let digits = String(part)
            return "sabil.grams." + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        }
        /// Documents written or deleted since the table was counted.
        static let gramChanges = "sabil.grams-changes"
        /// What identifies the ``TranslationTable`` of the index. Tables under `sabil.translations` were learnt from records of
        /// every visibility: they are not read, and the next update learns anew.
        static let translationStamp = "sabil.translations.public"
        /// Part of that table: the words of a language.
        static func translatedWords(_ language: Language) -> String { "sabil.translations.\(language.rawValue)" }
        /// Part of that table: pairs of words of two languages.
        static func translations(_ first: Language, _ second: Language) -> String {
            "sabil.translations.\(first.rawValue)-\(second.rawValue)"
        }
        /// Name of an organisation that the taxonomy does not know, by its digest.
        static func organisation(_ digest: UInt32) -> String { "sabil.organisation.\(digest)" }
    }

    /// What an index says of how it was built.
    static func metadata(analyzer: AnalyzerFingerprint, taxonomy: String) -> [String: [UInt8]] {
        [
            Key.version: Array(String(version).utf8), Key.fingerprint: Array(analyzer.rawValue.utf8),
            Key.taxonomy: Array(taxonomy.utf8),
        ]
    }

    /// Refuses an index that was built in another way than this program would.
    static func check(
        _ reader: borrowing IndexReader, path: String, analyzer: AnalyzerFingerprint, taxonomy: String
    ) throws(SearchError) {
        try checkLayout(reader, path: path)
        try check(
            reader, path: path,
            [("analyzer", Key.fingerprint, analyzer.rawValue), ("taxonomy", Key.taxonomy, taxonomy)]
        )
    }

    /// Refuses an index whose terms and values are laid out in another way than here, whatever analysed it.
    static func checkLayout(_ reader: borrowing IndexReader, path: String) throws(SearchError) {
        try check(reader, path: path, [("schema version", Key.version, String(version))])
    }

    private static func check(
        _ reader: borrowing IndexReader, path: String, _ expected: [(name: String, key: String, value: String)]
    ) throws(SearchError) {
        for (name, key, value) in expected {
            let text = try self.text(of: key, reader: reader)
            guard text != value else { continue }
            throw SearchError(
                code: .mismatch, operation: "open the index at \(path)",
                message: "Could not open the index at \(path): it was built with the \(name) "
                    + "\(text ?? "of something else than Sabil"), this program has \(value); rebuild it with: "
                    + "sabil index --rebuild --index \(path) RECORDS.jsonl")
        }
    }

    /// What an index says under a key; `nil` if nothing.
    static func text(of key: String, reader: borrowing IndexReader) throws(SearchError) -> String? {
        do {
            return try reader.metadata(key).map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw SearchError(error)
        }
    }

    /// Longest text of a term behind its prefix, in bytes as the engine counts them: a NUL is two.
    private static let boundedBytes = 200

    private static func bounded(_ text: String) -> String {
        func length(_ bytes: Substring.UTF8View) -> Int { bytes.count + bytes.count { $0 == 0 } }
        guard length(text.utf8[...]) > boundedBytes else { return text }
        var start = text.utf8.prefix(boundedBytes - 24)
        while length(start) > boundedBytes - 24 || String(start) == nil { start = start.dropLast() }
        return (String(start) ?? "") + "#" + String(Digest.of(text), radix: 16)
    }
}
