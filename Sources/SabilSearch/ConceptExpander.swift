import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Recognises names of concepts, countries, programmes and organisations, and knows their other names.
///
/// Labels of every language are matched, word by word, whatever language the query is in; the longest name wins.
struct ConceptExpander: Sendable {
    /// A name found in a query.
    struct Recognition: Sendable, Hashable {
        /// Bytes of the query.
        var place: Range<Int>
        /// What it names; several where the form is ambiguous, sorted by number.
        var concepts: [ConceptID]
        /// As words, not only as stems.
        var isExact: Bool
    }

    /// A name as analysed in its own language.
    struct Name: Sendable, Hashable {
        var surfaces: [String]
        var stems: [String]
        var language: Language
        var text: String
        var isShown: Bool
    }

    let taxonomy: ConceptScheme
    private let names: [ConceptID: [Name]]
    /// Every name by the number of what it names; one of no language once for each language it is read in.
    let indexedNames: [(number: UInt32, name: Name)]
    /// Per language: words joined by spaces → concepts.
    private let bySurface: [Language: [String: [ConceptID]]]
    private let byStem: [Language: [String: [ConceptID]]]
    private let longestName: Int

    init(_ taxonomy: ConceptScheme, analyzer: Analyzer) {
        self.taxonomy = taxonomy
        var session = analyzer.makeSession()
        var names: [ConceptID: [Name]] = [:]
        var bySurface: [Language: [String: [ConceptID]]] = [:]
        var byStem: [Language: [String: [ConceptID]]] = [:]
        var longestName = 0
        var indexedNames: [(number: UInt32, name: Name)] = []
        for label in taxonomy.labels {
            let languages = label.language == .undetermined ? Language.known : [label.language]
            for language in languages {
                // A label that cannot be analysed can be found in no text either.
                guard let tokens = try? session.tokens(in: label.text, language: language), !tokens.isEmpty else {
                    continue
                }
                // A single function word or letter is no name to be recognised by ("it", "as").
                if tokens.count == 1, tokens[0].isStopword || tokens[0].isQuestionWord || tokens[0].surface.count < 2 {
                    continue
                }
                let name = Name(
                    surfaces: tokens.map(\.surface), stems: tokens.map(\.stem), language: label.language,
                    text: label.text, isShown: label.kind != .hidden)
                if let number = taxonomy.concept(label.concept)?.number {
                    var read = name
                    read.language = language
                    indexedNames.append((number.rawValue, read))
                }
                if language == languages[0],
                    names[label.concept]?.contains(where: { $0.surfaces == name.surfaces }) != true
                {
                    names[label.concept, default: []].append(name)
                }
                let surfaceKey = name.surfaces.joined(separator: " ")
                let stemKey = name.stems.joined(separator: " ")
                if bySurface[language]?[surfaceKey]?.contains(label.concept) != true {
                    bySurface[language, default: [:]][surfaceKey, default: []].append(label.concept)
                }
                if byStem[language]?[stemKey]?.contains(label.concept) != true {
                    byStem[language, default: [:]][stemKey, default: []].append(label.concept)
                }
                longestName = max(longestName, tokens.count)
            }
        }
        self.names = names
        self.indexedNames = indexedNames
        self.bySurface = bySurface
        self.byStem = byStem
        self.longestName = longestName
    }

    /// The names in a text, longest first where they overlap, in order of place.
    ///
    /// - Parameter offset: where the text begins in the query, in bytes.
    /// - Complexity: O(words × longest name × languages).
    func recognise(
        _ text: String, at offset: Int, session: inout AnalysisSession
    ) throws(AnalysisError) -> [Recognition] {
        var found: [Recognition] = []
        for language in Language.known {
            let tokens = try session.tokens(in: text, language: language)
            for start in tokens.indices {
                var surfaceKey = ""
                var stemKey = ""
                for end in start..<min(tokens.count, start + longestName) {
                    if end > start {
                        surfaceKey += " "
                        stemKey += " "
                    }
                    surfaceKey += tokens[end].surface
                    stemKey += tokens[end].stem
                    let exact = bySurface[language]?[surfaceKey]
                    guard let concepts = exact ?? byStem[language]?[stemKey] else { continue }
                    let place = tokens[start].utf8Range.lowerBound + offset..<tokens[end].utf8Range.upperBound + offset
                    found.append(Recognition(place: place, concepts: concepts, isExact: exact != nil))
                }
            }
        }
        return longest(found)
    }

    private func longest(_ found: [Recognition]) -> [Recognition] {
        let ordered = found.sorted {
            if $0.place.count != $1.place.count { return $0.place.count > $1.place.count }
            if $0.place.lowerBound != $1.place.lowerBound { return $0.place.lowerBound < $1.place.lowerBound }
            return $0.isExact && !$1.isExact
        }
        var chosen: [Recognition] = []
        for recognition in ordered {
            if let same = chosen.firstIndex(where: { $0.place == recognition.place }) {
                // The same words may be a name in two languages; a stem adds nothing to an exact name.
                if chosen[same].isExact == recognition.isExact {
                    chosen[same].concepts += recognition.concepts.filter { !chosen[same].concepts.contains($0) }
                }
            } else if !chosen.contains(where: { $0.place.overlaps(recognition.place) }) {
                chosen.append(recognition)
            }
        }
        for index in chosen.indices {
            chosen[index].concepts.sort {
                (taxonomy.concept($0)?.number.rawValue ?? 0) < (taxonomy.concept($1)?.number.rawValue ?? 0)
            }
        }
        return chosen.sorted { $0.place.lowerBound < $1.place.lowerBound }
    }

    /// The names of a concept in all languages, each word sequence once; ``names(of:)`` of an unknown one are none.
    func names(of concept: ConceptID) -> [Name] { names[concept] ?? [] }

    /// One concept as a query that is scored like one word: the records that name it and, if asked for, those tagged with it.
    ///
    /// A person's tag counts twice what a machine's counts, and what a tag on a narrower concept counts.
    func node(of concept: ConceptID, withTags: Bool) -> QueryNode {
        guard let number = taxonomy.concept(concept)?.number else { return .nothing }
        let named = QueryNode.term(IndexSchema.names(number))
        guard withTags else { return named }
        return .synonym([
            named, .term(IndexSchema.reaches(number)), .term(IndexSchema.reachesByPerson(number)),
        ])
    }
}
