import SabilAnalysis
import SabilRecords
import XapianIndex

/// Words of the query as texts in other languages have them, by what the index learnt.
extension QueryPlanner {
    /// Nodes that each match texts of one language only: one for each language that the query is not in; where it may be in
    /// several, those of its words that are not in the text itself for each of them.
    ///
    /// - Parameter factors: of each different word of the run, what its score is multiplied by.
    mutating func translations(
        _ factors: [(word: AnalysedQueryWord, factor: Double)]
    ) throws(AnalysisError) -> [QueryNode] {
        guard expansion != .none, !isExcluded, !table.isEmpty, parameters.translationWeight > 0 else { return [] }
        var nodes: [QueryNode] = []
        for language in Language.known where languages.count > 1 || !languages.contains(language) {
            var groups: [QueryNode] = []
            for (word, factor) in factors where !word.isStopword {
                let room = parameters.maximumTranslations - translationCount
                let found = translations(of: word, to: language)
                if found.count > room {
                    let message =
                        "The query's words have over \(parameters.maximumTranslations) translations: the rest was left out."
                    let note = QueryNote(.cutExpansion, message)
                    if !plan.notes.contains(note) { plan.notes.append(note) }
                }
                let kept = found.prefix(room)
                guard !kept.isEmpty else { continue }
                translationCount += kept.count
                groups.append(group(kept, of: word, factor: factor))
                try note(kept, of: word, in: language)
            }
            guard !groups.isEmpty else { continue }
            let node = QueryNode.filter(.or(groups), IndexSchema.isIn([language]))
            nodes.append(node)
            // Its name is told once it is known which of the words records have.
            add(PlannedUnit(name: "", kind: .translation, node: node))
        }
        return nodes
    }

    /// What stands for a word in texts of one language.
    ///
    /// Where the query may be in several languages, the word as it stands may be what was meant in any text: one that has it gains
    /// nothing by its translations, and they weigh no more than the word does.
    private func group(_ kept: ArraySlice<Weighted>, of word: AnalysedQueryWord, factor: Double) -> QueryNode {
        var options = kept.map { QueryNode.scale($0.weight, .term(IndexSchema.stem($0.stem))) }
        guard languages.count > 1 else {
            let group = options.count == 1 ? options[0] : .max(options)
            return .scale(parameters.translationWeight * factor, group)
        }
        let own = word.stems.map { QueryNode.term(IndexSchema.stem($0)) }
        options += own.map { .scale(0, $0) }
        return .andNot(.scale(parameters.plausibleTranslationWeight * factor, .max(options)), .or(own))
    }

    private struct Weighted {
        var stem: String
        var form: String
        var weight: Double
    }

    /// The best translations of a word; none that it is matched by anyway.
    ///
    /// The surest one of a language counts by how sure it is, and the others by how near they come to it.
    private func translations(of word: AnalysedQueryWord, to language: Language) -> [Weighted] {
        var best: [String: TranslationTable.Translation] = [:]
        for reading in word.readings where reading.language != language {
            for found in table.translations(of: reading.stem, from: reading.language, to: language)
            where found.confidence > best[found.stem]?.confidence ?? 0 {
                best[found.stem] = found
            }
        }
        let ordered = best.values.sorted { ($1.confidence, $0.stem) < ($0.confidence, $1.stem) }
        guard let surest = ordered.first?.confidence, surest >= parameters.minimumTranslationConfidence else {
            return []
        }
        let sureness = min(1, (surest / parameters.certainTranslationConfidence).squareRoot())
        return ordered.prefix(parameters.translationsPerWord)
            .filter { $0.confidence >= parameters.translationShare * surest && !word.stems.contains($0.stem) }
            .map { Weighted(stem: $0.stem, form: $0.form, weight: sureness * $0.confidence / surest) }
    }

    private mutating func note(
        _ kept: ArraySlice<Weighted>, of word: AnalysedQueryWord, in language: Language
    ) throws(AnalysisError) {
        // The second ranking step reads every text by the query as typed where that may be in several languages.
        if languages.count == 1, plan.translations[language]?[word.surface] == nil {
            for one in kept {
                let surface = try session.tokens(in: one.form, language: language).first?.surface ?? one.form
                plan.translations[language, default: [:]][word.surface, default: []].append(
                    TranslatedWord(stem: one.stem, surface: surface))
            }
        }
        plan.marks.stems.formUnion(kept.map(\.stem))
        plan.translated += kept.map { one in
            PlannedTranslation(
                typed: word.typed, language: language, stem: one.stem, form: one.form, unit: plan.units.count)
        }
    }
}
