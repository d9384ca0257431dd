import SabilRecords
import XapianIndex

/// What an answer says beside its hits: definitions, related concepts, and ways out of an empty page.
extension SearchService {
    /// Adds what was asked for, and what an empty page calls for.
    func discover(
        _ page: inout FacetedPage, for question: Question, reader: borrowing IndexReader
    ) throws {
        let (request, plan) = (question.request, question.plan)
        let visibility = FilterPlanner.visibility(request.visibility)
        if request.discovery.contains(.definitions), request.offset == 0 {
            let finder = DefinitionFinder(
                taxonomy: taxonomy, expander: expander, analyzer: analyzer, stored: stored, shown: question.shown,
                readerLanguage: request.readerLanguage)
            page.definitions = try finder.definitions(of: plan, reader: reader)
        }
        if request.discovery.contains(.relatedConcepts), plan.hasWords {
            let related = RelatedConcepts(
                taxonomy: taxonomy, visibility: visibility, readerLanguage: request.readerLanguage)
            let asked = plan.notes.filter { $0.code == .expanded }.flatMap(\.concepts).unique
            let lists = try conceptLists(of: question, reader: reader)
            page.relatedConcepts = try related.concepts(asked: asked, lists: lists, reader: reader)
            page.relatedConceptHits = lists.count
        }
        if request.discovery.contains(.relaxations), page.total == .exact(0), !page.timedOut {
            page.relaxations = try relaxations(of: request, spelling: page.spelling, reader: reader)
        }
    }

    /// The concepts of the best hits by the first ranking step.
    private func conceptLists(
        of question: Question, reader: borrowing IndexReader
    ) throws -> [ArraySlice<UInt8>] {
        let weights = try ranking.weights(of: question.plan, reader: reader)
        var query = IndexQuery(
            Question.filtered(weights.resolve(question.plan.node), by: question.filter()), limit: RelatedConcepts.sample
        )
        query.weighting = ranking.weighting
        query.wantData = false
        query.valueSlots = [IndexSchema.Slot.concepts]
        query.streamSlot = IndexSchema.Slot.wordStream
        query.timeLimitSeconds = min(question.request.timeLimitSeconds, 600)
        let result = try reader.search(query)
        return result.hits.indices.map { result.values.value(ofHit: $0, slot: IndexSchema.Slot.concepts) }
    }

    /// Each step by itself; then, where none of them finds anything, ever more of them together.
    private func relaxations(
        of request: SearchRequest, spelling: Spelling?, reader: borrowing IndexReader
    ) throws -> [Relaxation] {
        let text = spelling.map { $0.isUsed ? Spelling.searched($0.words, in: request.text) : request.text }
        let relaxer = QueryRelaxer(text ?? request.text)
        let hasFilters = request.filters.contains { !$0.values.isEmpty }
        let steps = relaxer.steps(hasFilters: hasFilters)
        var found: [Relaxation] = []
        if let spelling, !spelling.isUsed {
            try add([.spelling], spelling.text, request, dropsFilters: false, to: &found, reader: reader)
        }
        for step in steps {
            try add(
                [step], relaxer.query(without: [step]), request, dropsFilters: step == .filters, to: &found,
                reader: reader)
        }
        var count = 2
        while found.isEmpty, count <= steps.count {
            let given = Array(steps.prefix(count))
            try add(
                given, relaxer.query(without: Set(given)), request, dropsFilters: given.contains(.filters), to: &found,
                reader: reader)
            count += 1
        }
        return found
    }

    /// Adds a relaxation if it finds anything; one that leaves nothing to ask for is none.
    private func add(
        _ steps: [Relaxation.Step], _ text: String, _ request: SearchRequest, dropsFilters: Bool,
        to found: inout [Relaxation], reader: borrowing IndexReader
    ) throws {
        var relaxed = request
        relaxed.text = text
        if dropsFilters { relaxed.filters = [] }
        relaxed.facets = []
        relaxed.limit = 0
        relaxed.offset = 0
        relaxed.cursor = nil
        relaxed.highlight = false
        relaxed.explain = false
        relaxed.discovery = []
        let plan = try plan(text, relaxed)
        guard plan.node != .all || (!dropsFilters && !relaxed.filters.isEmpty) else { return }
        let total = try answer(relaxed, try settled(plan, relaxed, reader: reader), reader: reader).total
        guard total.lowerBound > 0 else { return }
        found.append(Relaxation(steps: steps, text: text, dropsFilters: dropsFilters, total: total))
    }
}
