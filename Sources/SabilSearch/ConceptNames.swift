import SabilAnalysis
import SabilRecords
import SabilTaxonomy

/// Finds the names of concepts, countries, programmes and organisations in the words of a record.
///
/// Names of every language are found as written; in a text whose language is known also by the stems of its names in that
/// language. At each word the longest name counts.
struct ConceptNames: Sendable {
    private var surfaces = NameTrie()
    private var stems: [Language: NameTrie] = [:]

    init(_ expander: ConceptExpander) {
        for (number, name) in expander.indexedNames {
            surfaces.insert(name.surfaces, number: number)
            stems[name.language, default: NameTrie()].insert(name.stems, number: number)
        }
    }

    /// How often each concept is named, by number.
    ///
    /// - Complexity: one look per word of the record, and one per word of what may be a name.
    func occurrences(in record: RecordWords, language: Language) -> [UInt32: UInt32] {
        var found: [UInt32: UInt32] = [:]
        let stems = stems[language]
        // Which words may begin a name, asked once for each different word.
        let begins = record.words.map { word in
            Start(surface: surfaces.next(0, word.hash), stem: stems?.next(0, word.stemHash) ?? 0)
        }
        guard begins.contains(where: { $0.surface != 0 || $0.stem != 0 }) else { return found }
        let order = record.order
        var at = 0
        while at < order.count {
            guard order[at] != RecordWords.fieldEnd else {
                at += 1
                continue
            }
            var node = begins[Int(order[at])]
            guard node.surface != 0 || node.stem != 0 else {
                at += 1
                continue
            }
            var end = at + 1
            var longest = at
            var surface: NameTrie.Node = 0
            var stem: NameTrie.Node = 0
            while true {
                let isSurface = node.surface != 0 && !surfaces.numbers(at: node.surface).isEmpty
                let isStem = node.stem != 0 && !(stems?.numbers(at: node.stem).isEmpty ?? true)
                if isSurface || isStem {
                    longest = end
                    surface = isSurface ? node.surface : 0
                    stem = isStem ? node.stem : 0
                }
                guard end < order.count, order[end] != RecordWords.fieldEnd else { break }
                let word = record.words[Int(order[end])]
                node.surface = node.surface == 0 ? 0 : surfaces.next(node.surface, word.hash)
                node.stem = node.stem == 0 ? 0 : stems?.next(node.stem, word.stemHash) ?? 0
                if node.surface == 0, node.stem == 0 { break }
                end += 1
            }
            if longest > at {
                for number in surfaces.numbers(at: surface) { found[number, default: 0] += 1 }
                if stem != 0, let stems {
                    for number in stems.numbers(at: stem) where !surfaces.numbers(at: surface).contains(number) {
                        found[number, default: 0] += 1
                    }
                }
            }
            at = max(longest, at + 1)
        }
        return found
    }

    private struct Start {
        var surface: NameTrie.Node
        var stem: NameTrie.Node
    }
}
