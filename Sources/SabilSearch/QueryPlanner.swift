import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Turns a query tree into a plan: analyses words, recognises concepts, resolves fields. One query, one planner.
struct QueryPlanner: ~Copyable {
    var session: AnalysisSession
    /// Languages the query may be in; the first one decides which words there are.
    let languages: [Language]
    let expansion: Expansion
    let expander: ConceptExpander?
    let filters: FilterPlanner?
    private let taxonomy: ConceptScheme?
    private let readerLanguage: Language
    let parameters: RankingParameters

    var plan = QueryPlan()
    var wordCount = 0
    private var conceptCount = 0
    /// What the words of one language are in the others.
    let table: TranslationTable
    var translationCount = 0
    var prefixCount = 0
    /// Inside an excluded part nothing is scored, marked or expanded.
    var isExcluded = false

    /// - Parameter filters: resolves fields that filter; without it such fields are searched as words.
    static func plan(
        _ query: String, language: Language?, expansion: Expansion, readerLanguage: Language = .english,
        expander: ConceptExpander?, filters: FilterPlanner?, taxonomy: ConceptScheme?, analyzer: Analyzer,
        translations: TranslationTable = TranslationTable(), parameters: RankingParameters = .standard
    ) throws(AnalysisError) -> QueryPlan {
        try plan(
            query, language: language, expansion: expansion, readerLanguage: readerLanguage, expander: expander,
            filters: filters, taxonomy: taxonomy, sessions: SessionPool(analyzer), translations: translations,
            parameters: parameters)
    }

    /// The same with sessions that know the words of queries before.
    static func plan(
        _ query: String, language: Language?, expansion: Expansion, readerLanguage: Language,
        expander: ConceptExpander?, filters: FilterPlanner?, taxonomy: ConceptScheme?, sessions: SessionPool,
        translations: TranslationTable, parameters: RankingParameters
    ) throws(AnalysisError) -> QueryPlan {
        let parsed = QueryParser.parse(query)
        return try plan(
            parsed.tree, notes: parsed.notes, text: query, language: language, expansion: expansion,
            readerLanguage: readerLanguage, expander: expander, filters: filters, taxonomy: taxonomy,
            sessions: sessions, translations: translations, parameters: parameters)
    }

    /// The plan of a text without query language: every character is text. Names are expanded if an expander is given.
    static func plan(
        plain text: String, language: Language?, expander: ConceptExpander? = nil, analyzer: Analyzer,
        translations: TranslationTable = TranslationTable(), parameters: RankingParameters = .standard
    ) throws(AnalysisError) -> QueryPlan {
        try plan(
            .words(text, at: 0), notes: [], text: text, language: language,
            expansion: expander == nil ? .none : .concepts, readerLanguage: .english, expander: expander, filters: nil,
            taxonomy: expander?.taxonomy, sessions: SessionPool(analyzer), translations: translations,
            parameters: parameters)
    }

    private static func plan(
        _ tree: QueryTree, notes: [QueryNote], text: String, language: Language?, expansion: Expansion,
        readerLanguage: Language, expander: ConceptExpander?, filters: FilterPlanner?, taxonomy: ConceptScheme?,
        sessions: SessionPool, translations: TranslationTable, parameters: RankingParameters
    ) throws(AnalysisError) -> QueryPlan {
        var session = sessions.take()
        var languages: [Language] = []
        if let language, language != .undetermined {
            languages = [language]
        } else {
            let guess = session.detect(text, declared: nil)
            languages = guess.language == .undetermined ? guess.plausible : [guess.language]
        }
        var planner = QueryPlanner(
            session: session, languages: languages.isEmpty ? [.undetermined] : languages, expansion: expansion,
            expander: expander, filters: filters, taxonomy: taxonomy, readerLanguage: readerLanguage,
            translations: translations, parameters: parameters)
        planner.plan.notes = notes
        planner.plan.feedsBack = expansion == .concepts
        planner.plan.language = languages.count == 1 ? languages[0] : .undetermined
        planner.plan.isPlain =
            switch tree {
            case .words, .phrase: true
            default: false
            }
        let node = try planner.node(of: tree)
        if let node {
            planner.plan.node = node
        } else if !text.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            planner.plan.notes.append(
                QueryNote(.emptyQuery, "The query holds no word to search for: it was taken as empty."))
        }
        let plan = planner.plan
        sessions.put(back: planner.session)
        return plan
    }

    private init(
        session: consuming AnalysisSession, languages: [Language], expansion: Expansion, expander: ConceptExpander?,
        filters: FilterPlanner?, taxonomy: ConceptScheme?, readerLanguage: Language, translations: TranslationTable,
        parameters: RankingParameters
    ) {
        self.session = session
        self.languages = languages
        self.expansion = expansion
        self.expander = expander
        self.filters = filters
        self.taxonomy = taxonomy
        self.readerLanguage = readerLanguage
        table = translations
        self.parameters = parameters
    }

    // MARK: The tree

    /// - Returns: nil where nothing is left to search for.
    private mutating func node(of tree: QueryTree) throws(AnalysisError) -> QueryNode? {
        switch tree {
        case .nothing: return nil
        case .words(let text, let at): return try words(text, at: at)
        case .phrase(let text, let at): return try phrase(text, at: at)
        case .prefix(let text, let at): return try prefix(text, at: at)
        case .pattern(let text, let at): return try pattern(text, at: at)
        case .near(let parts, let gaps): return try near(parts, gaps: gaps)
        case .field(let field, let value, let at): return try self.field(field, value, at: at)
        case .and(let parts):
            let nodes = try nodes(of: parts)
            return nodes.isEmpty ? nil : nodes.count == 1 ? nodes[0] : .and(nodes)
        case .or(let parts):
            let nodes = try nodes(of: parts)
            return nodes.isEmpty ? nil : nodes.count == 1 ? nodes[0] : .or(nodes)
        case .group(let required, let optional, let excluded):
            return try group(required: required, optional: optional, excluded: excluded)
        }
    }

    private mutating func nodes(of trees: [QueryTree]) throws(AnalysisError) -> [QueryNode] {
        var nodes: [QueryNode] = []
        for tree in trees {
            if let node = try node(of: tree) { nodes.append(node) }
        }
        return nodes
    }

    private mutating func group(
        required: [QueryTree], optional: [QueryTree], excluded: [QueryTree]
    ) throws(AnalysisError) -> QueryNode? {
        // Fields that filter narrow what the words find; alone they find everything they let through.
        let isFilter = required.map(Self.isFilter)
        var must: [QueryNode] = []
        var narrow: [QueryNode] = []
        for (tree, filters) in zip(required, isFilter) {
            guard let node = try node(of: tree) else { continue }
            if filters { narrow.append(node) } else { must.append(node) }
        }
        let may = try nodes(of: optional)
        var node: QueryNode?
        if !must.isEmpty {
            node = must.count == 1 ? must[0] : .and(must)
            if !may.isEmpty { node = .andMaybe(node ?? .all, .or(may)) }
        } else if !may.isEmpty {
            node = may.count == 1 ? may[0] : .or(may)
        }
        if !narrow.isEmpty { node = .filter(node ?? .all, narrow.count == 1 ? narrow[0] : .and(narrow)) }
        let wasExcluded = isExcluded
        isExcluded = true
        let mustNot = try nodes(of: excluded)
        isExcluded = wasExcluded
        if !mustNot.isEmpty { node = .andNot(node ?? .all, mustNot.count == 1 ? mustNot[0] : .or(mustNot)) }
        return node
    }

    private static func isFilter(_ tree: QueryTree) -> Bool {
        switch tree {
        case .field(let field, _, _): field.isFilter
        case .or(let parts): parts.allSatisfy(isFilter)
        default: false
        }
    }

    // MARK: Words

    mutating func words(_ text: String, at offset: Int) throws(AnalysisError) -> QueryNode? {
        var words = try analysed(text)
        let asking = words.filter(\.isQuestionWord)
        if !asking.isEmpty && asking.count < words.count {
            words.removeAll(where: \.isQuestionWord)
            if !isExcluded {
                plan.notes.append(
                    QueryNote(
                        .questionWords,
                        "Words that only ask were left out: \(asking.map(\.typed).joined(separator: ", "))."))
            }
        }
        words = withinRoom(words)
        wordCount += words.count
        guard !words.isEmpty else { return nil }
        var nodes: [QueryNode] = []
        // A word said twice counts twice, as one scaled node: each is matched once.
        var counts: [AnalysedQueryWord.Forms: Int] = [:]
        for word in words { counts[word.forms, default: 0] += 1 }
        var factors: [(word: AnalysedQueryWord, factor: Double)] = []
        for word in words {
            guard let count = counts.removeValue(forKey: word.forms) else { continue }
            var node = count == 1 ? word.node : QueryNode.scale(Double(count), word.node)
            if word.isStopword, let language = plan.language.ifKnown {
                // A function word of one language is another word, or noise, in the others.
                node = .filter(node, IndexSchema.isIn([language, .undetermined]))
            }
            nodes.append(node)
            add(PlannedUnit(name: word.typed, kind: .word, node: node))
            factors.append((word, Double(count)))
            if !isExcluded { plan.words.append(PlannedWord(word: word.queryWord, factor: Double(count))) }
        }
        if !isExcluded {
            plan.runs.append(words.map(\.queryWord))
            for word in words where !word.isStopword || words.allSatisfy(\.isStopword) {
                plan.marks.surfaces.insert(word.surface)
                plan.marks.stems.formUnion(word.stems)
            }
            nodes += try translations(factors)
            nodes += try concepts(in: text, at: offset)
            try planCompounds(words, in: text, at: offset)
            noteTyped(words, at: offset)
        }
        return nodes.count == 1 ? nodes[0] : .or(nodes)
    }

    /// Words that the taxonomy knows are spelt right.
    private mutating func noteTyped(_ words: [AnalysedQueryWord], at offset: Int) {
        let known = plan.notes.filter { $0.code == .expanded }.compactMap(\.place)
        for word in words where !word.isStopword && !word.isQuestionWord {
            let place = word.place.lowerBound + offset..<word.place.upperBound + offset
            guard !known.contains(where: { $0.overlaps(place) }) else { continue }
            plan.typed.append(
                TypedWord(place: place, typed: word.typed, surface: word.surface, stems: word.stems))
        }
    }

    /// The words of a text, with the stems of every language it may be in; content words also with those of the other
    /// languages, which texts may have them under.
    mutating func analysed(_ text: String) throws(AnalysisError) -> [AnalysedQueryWord] {
        var words: [AnalysedQueryWord] = []
        for (rank, language) in languages.enumerated() {
            let tokens = try session.tokens(in: text, language: language)
            if rank == 0 {
                words = tokens.map { AnalysedQueryWord($0, in: text, language: language) }
                continue
            }
            var first = 0
            for token in tokens {
                while first < words.count, words[first].place.upperBound <= token.utf8Range.lowerBound { first += 1 }
                guard first < words.count, words[first].place.overlaps(token.utf8Range) else { continue }
                words[first].add(token, language: language)
            }
        }
        // Names are not stemmed.
        for index in words.indices { words[index].add(stem: words[index].surface) }
        for language in Language.known where !languages.contains(language) {
            var first = 0
            for token in try session.tokens(in: text, language: language) {
                while first < words.count, words[first].place.lowerBound < token.utf8Range.lowerBound { first += 1 }
                guard first < words.count else { break }
                if words[first].place == token.utf8Range, !words[first].isStopword {
                    words[first].add(stem: token.stem)
                }
            }
        }
        return words
    }

    /// As many words as the query may still have, with a note if that is not all.
    mutating func withinRoom<Word>(_ words: [Word]) -> [Word] {
        let room = max(0, parameters.maximumWords - wordCount)
        guard words.count > room else { return words }
        let note = QueryNote(
            .cutQuery, "The query has more than \(parameters.maximumWords) words: the rest was left out.")
        if !plan.notes.contains(note) { plan.notes.append(note) }
        return Array(words.prefix(room))
    }

    mutating func add(_ unit: PlannedUnit) {
        guard !isExcluded else { return }
        plan.hasWords = true
        plan.units.append(unit)
    }

    // MARK: Concepts

    private mutating func concepts(in text: String, at offset: Int) throws(AnalysisError) -> [QueryNode] {
        guard expansion != .none, let expander, let taxonomy else { return [] }
        var nodes: [QueryNode] = []
        let recognitions = try expander.recognise(text, at: offset, session: &session)
        // A name said twice counts twice, as one scaled node, like a word.
        var counts: [[ConceptID]: Int] = [:]
        for recognition in recognitions { counts[recognition.concepts, default: 0] += 1 }
        for recognition in recognitions {
            guard let count = counts.removeValue(forKey: recognition.concepts) else { continue }
            guard conceptCount + recognition.concepts.count <= parameters.maximumConcepts else {
                let message = "The query names over \(parameters.maximumConcepts) concepts: the rest are only words."
                plan.notes.append(QueryNote(.cutExpansion, message, place: recognition.place))
                break
            }
            conceptCount += recognition.concepts.count
            let share = parameters.conceptWeight * Double(count) / Double(recognition.concepts.count)
            var shown: [String] = []
            for concept in recognition.concepts {
                let group = expander.node(of: concept, withTags: expansion == .concepts)
                let node = share == 1 ? group : QueryNode.scale(share, group)
                nodes.append(node)
                let label = taxonomy.label(concept, in: readerLanguage)
                add(PlannedUnit(name: label, kind: .concept, node: node))
                for name in expander.names(of: concept).prefix(parameters.maximumNames) {
                    plan.marks.phrases.insert(name.surfaces)
                    if name.isShown && !shown.contains(name.text) { shown.append(name.text) }
                }
            }
            let labels = recognition.concepts.map { "\"\(taxonomy.label($0, in: readerLanguage))\"" }
            let tagged = expansion == .concepts ? " and the records tagged with it" : ""
            plan.notes.append(
                QueryNote(
                    .expanded,
                    "Recognised \(labels.joined(separator: " or ")): its names in all languages\(tagged) were added.",
                    place: recognition.place, concepts: recognition.concepts, names: shown))
        }
        return nodes
    }
}

extension Language {
    /// Itself, unless it is undetermined.
    fileprivate var ifKnown: Language? { self == .undetermined ? nil : self }
}
