import SabilAnalysis
import SabilRecords
import XapianIndex

/// Titles as the keys that they are sorted by, for readers of each language: opened once, used for many records.
struct TitleKeys {
    /// Longest key, in bytes: letters come first in it, some hundred of Latin, fifty of Arabic; titles alike so far are equals.
    private static let longest = 128

    private var collations: Collations?

    private final class Collations {
        let root: Collator
        let arabic: Collator
        let spanish: Collator

        init() throws(AnalysisError) {
            root = try Collator(.undetermined)
            arabic = try Collator(.arabic)
            spanish = try Collator(.spanish)
        }
    }

    /// Writes the keys of a title; one without letters and digits gets none and comes last.
    mutating func write(_ title: String, to document: inout IndexDocument) throws(AnalysisError) {
        let collations: Collations
        if let opened = self.collations {
            collations = opened
        } else {
            collations = try Collations()
            self.collations = collations
        }
        let root = Self.cut(try collations.root.key(title))
        document.setValue(slot: IndexSchema.Slot.titleKey, root)
        document.setValue(slot: IndexSchema.Slot.titleKeyArabic, Self.cut(try collations.arabic.key(title)))
        let spanish = Self.cut(try collations.spanish.key(title))
        if spanish != root { document.setValue(slot: IndexSchema.Slot.titleKeySpanish, spanish) }
    }

    private static func cut(_ key: [UInt8]) -> [UInt8] { Array(key.prefix(longest)) }

    /// What hits are sorted by for a reader's language.
    static func sortKey(for reader: Language) -> SortKey {
        typealias Slot = IndexSchema.Slot
        return switch reader {
        case .arabic: SortKey(slot: Slot.titleKeyArabic)
        case .spanish: SortKey(slot: Slot.titleKeySpanish, fallback: Slot.titleKey)
        case .english, .french, .undetermined: SortKey(slot: Slot.titleKey)
        }
    }
}
