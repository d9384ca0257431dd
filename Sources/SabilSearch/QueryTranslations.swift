import SabilRecords
import XapianIndex

/// A word of another language that stands for one of the query.
struct PlannedTranslation: Sendable, Hashable {
    /// The word of the query.
    var typed: String
    var language: Language
    var stem: String
    /// As it is told.
    var form: String
    /// The unit of the plan that it is part of.
    var unit: Int
}

/// What a plan tells of the words in other languages that were added to it.
///
/// Translations are learnt from public records, and not anew whenever one of them is withdrawn: a word that no record has which
/// the reader may see is told neither in a note nor in an explanation.
enum QueryTranslations {
    /// - Parameter scope: what the reader may see.
    /// - Complexity: one look into the lexicon per word, and a search for each that no more records have than are hidden.
    static func settle(
        _ plan: QueryPlan, scope: Set<Visibility>, reader: borrowing IndexReader
    ) throws(IndexError) -> QueryPlan {
        guard !plan.translated.isEmpty else { return plan }
        var plan = plan
        let seen = try seen(plan.translated.map(\.stem).unique, scope: scope, reader: reader)
        let told = plan.translated.filter { seen.contains($0.stem) }
        for unit in Set(plan.translated.map(\.unit)) where plan.units.indices.contains(unit) {
            plan.units[unit].name = grouped(told.filter { $0.unit == unit }).map(forms).joined(separator: "; ")
        }
        plan.translated = []
        if !told.isEmpty { plan.notes.append(note(told)) }
        return plan
    }

    /// The stems that records have which the reader may see.
    private static func seen(
        _ stems: [String], scope: Set<Visibility>, reader: borrowing IndexReader
    ) throws(IndexError) -> Set<String> {
        let visible = try reader.frequencies(
            of: Visibility.allCases.filter(scope.contains).map(IndexSchema.visibility)
        ).reduce(0) { $0 + $1.documents }
        let hidden = try reader.documentCount() - visible
        let visibility = FilterPlanner.visibility(scope)
        var seen: Set<String> = []
        for (stem, frequency) in zip(stems, try reader.frequencies(of: stems.map(IndexSchema.stem)))
        where frequency.documents > 0 {
            var isSeen = frequency.documents > hidden
            if !isSeen {
                isSeen = try reader.matchesAny(Question.filtered(.term(IndexSchema.stem(stem)), by: visibility))
            }
            if isSeen { seen.insert(stem) }
        }
        return seen
    }

    /// Those of one word and language side by side.
    private static func grouped(_ translations: [PlannedTranslation]) -> [[PlannedTranslation]] {
        var groups: [[PlannedTranslation]] = []
        for one in translations {
            if let last = groups.last?.last, last.typed == one.typed, last.unit == one.unit {
                groups[groups.count - 1].append(one)
            } else {
                groups.append([one])
            }
        }
        return groups
    }

    private static func forms(_ group: [PlannedTranslation]) -> String { group.map(\.form).joined(separator: ", ") }

    /// Tells what was added, once for the whole query: word by word, as they came.
    private static func note(_ told: [PlannedTranslation]) -> QueryNote {
        let groups = grouped(told)
        let words = told.map(\.typed).unique.map { typed in
            let parts = groups.filter { $0[0].typed == typed }.map { "\(forms($0)) (\($0[0].language.rawValue))" }
            return "\"\(typed)\": \(parts.joined(separator: ", "))"
        }
        return QueryNote(
            .translated,
            "Texts in other languages were also searched for what their words are there: "
                + words.joined(separator: "; ") + ".",
            names: told.map(\.form).unique)
    }
}
