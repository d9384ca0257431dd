import SabilAnalysis
import SabilRecords
import XapianIndex

/// From a request to its page: plan, spelling, answer.
extension SearchService {
    private enum Reply: Sendable {
        case page(FacetedPage, LexiconStamp)
        case doubts([(word: TypedWord, doubt: SpellingCorrector.Doubt)], LexiconStamp)
    }

    func answer(_ request: SearchRequest) async throws(SearchError) -> FacetedPage {
        let plan = try plan(request.text, request)
        let corrector = SpellingCorrector(
            analyzer: analyzer, stored: stored, visibility: FilterPlanner.visibility(request.visibility))
        let checksSpelling = request.spelling != .off && !plan.typed.isEmpty
        let reply = try await read { reader in
            let stamp = try LexiconStamp(reader)
            let plan = try settled(plan, request, reader: reader)
            let weights = try ranking.weights(of: plan, reader: reader)
            let doubts = checksSpelling ? try corrector.doubtful(plan.typed, weights, reader: reader) : []
            if doubts.isEmpty { return Reply.page(try answer(request, plan, weights: weights, reader: reader), stamp) }
            guard let list = words.ready(for: stamp) else { return Reply.doubts(doubts, stamp) }
            let page = try answer(request, plan, doubts: doubts, list: list, corrector: corrector, reader: reader)
            return Reply.page(page, stamp)
        }
        switch reply {
        case .page(let page, let stamp):
            words.follow(stamp)
            return page
        case .doubts(let doubts, let stamp):
            words.follow(stamp)
            guard let list = await words.list(of: stamp) else {
                var page = try await read { reader in
                    try answer(request, try settled(plan, request, reader: reader), reader: reader)
                }
                page.notes.append(
                    QueryNote(.spellingUnavailable, "The words of the index could not be read: none was looked up."))
                return page
            }
            return try await read { reader in
                let plan = try settled(plan, request, reader: reader)
                return try answer(request, plan, doubts: doubts, list: list, corrector: corrector, reader: reader)
            }
        }
    }

    /// The answer with absent words exchanged, as far as something near is known.
    ///
    /// - Parameter plan: settled; it is what is searched for where nothing is exchanged.
    private func answer(
        _ request: SearchRequest, _ plan: QueryPlan, doubts: [(word: TypedWord, doubt: SpellingCorrector.Doubt)],
        list: WordList, corrector: SpellingCorrector, reader: borrowing IndexReader
    ) throws -> FacetedPage {
        let words = try corrector.proposals(
            for: doubts, from: list, language: plan.language, mode: request.spelling, reader: reader)
        var plan = plan
        if words.contains(where: \.isUsed) {
            let corrected = try self.plan(Spelling.searched(words, in: request.text), request)
            plan = try settled(corrected, request, reader: reader)
            for index in plan.notes.indices {
                plan.notes[index].place = plan.notes[index].place.map { Spelling.place($0, before: words) }
            }
        }
        plan.notes += words.map { word in
            word.isUsed
                ? QueryNote(
                    .corrected, "No record has \"\(word.typed)\": \"\(word.meant)\" was searched for instead.",
                    place: word.place, names: [word.meant])
                : QueryNote(
                    .didYouMean, "Did you mean \"\(word.meant)\" by \"\(word.typed)\"?", place: word.place,
                    names: [word.meant])
        }
        if doubts.count == SpellingCorrector.maximumWords {
            plan.notes.append(
                QueryNote(.cutSpelling, "Of the words that no record has, \(doubts.count) were looked up."))
        }
        let spelling = words.isEmpty ? nil : Spelling(words, in: request.text)
        return try answer(request, plan, spelling: spelling, reader: reader)
    }

    /// The plan of a text under the settings of a request.
    func plan(_ text: String, _ request: SearchRequest) throws(SearchError) -> QueryPlan {
        do {
            return try QueryPlanner.plan(
                text, language: request.language, expansion: request.expansion, readerLanguage: request.readerLanguage,
                expander: expander, filters: filters, taxonomy: taxonomy, sessions: sessions,
                translations: translations.current, parameters: ranking.parameters)
        } catch {
            throw SearchError(error)
        }
    }

    /// The plan with the words that forms with open letters stand for, those other spellings of compounds, and told of those
    /// words in other languages, that records have which the reader may see.
    func settled(
        _ plan: QueryPlan, _ request: SearchRequest, reader: borrowing IndexReader
    ) throws(IndexError) -> QueryPlan {
        let visibility = FilterPlanner.visibility(request.visibility)
        let limits = QueryPatterns.Limits(
            words: Int(ranking.parameters.prefixExpansion),
            until: ContinuousClock.now + .seconds(min(request.timeLimitSeconds, 600) / 2))
        let told = try QueryTranslations.settle(plan, scope: request.visibility, reader: reader)
        let plan = try QueryPatterns.settle(told, limits: limits, visibility: visibility, reader: reader)
        return try QueryCompounds.settle(
            plan, parameters: ranking.parameters, visibility: visibility, reader: reader)
    }

    /// - Parameter searched: the text that is searched for: that of the request, or as corrected.
    func answering(
        _ request: SearchRequest, _ plan: QueryPlan, searched: String? = nil
    ) throws(SearchError) -> Answering {
        let day = today()
        var placed: (pinned: [RecordID], hidden: [RecordID]) = ([], [])
        if !placements.isEmpty {
            var session = sessions.take()
            do {
                placed = try placements.placed(
                    searched ?? request.text, reader: request.readerLanguage, on: day, session: &session)
            } catch {
                throw SearchError(error)
            }
            sessions.put(back: session)
        }
        return Answering(
            question: Question(request, plan: plan, filters: filters, placed: placed, boosts: boosts, day: day),
            ranking: ranking, taxonomy: taxonomy, contentTypes: contentTypes, filters: filters, analyzer: analyzer,
            stored: stored,
            boosts: boosts, sessions: sessions)
    }

    /// Puts the words that a search would exchange into the text of a request.
    ///
    /// - Returns: the notes that say so.
    func correct(_ request: inout SearchRequest) async throws(SearchError) -> [QueryNote] {
        guard request.spelling == .correct else { return [] }
        var asked = request
        asked.limit = 0
        asked.facets = []
        asked.discovery = []
        let page = try await answer(asked)
        guard let spelling = page.spelling, spelling.isUsed else { return [] }
        request.text = Spelling.searched(spelling.words, in: request.text)
        request.spelling = .off
        return page.notes.filter { $0.code == .corrected }
    }

    /// - Parameters:
    ///   - plan: settled on the reader's commit.
    ///   - weights: of the plan, where they are known by now.
    func answer(
        _ request: SearchRequest, _ plan: QueryPlan, weights: WordWeights? = nil, spelling: Spelling? = nil,
        reader: borrowing IndexReader
    ) throws -> FacetedPage {
        // Curators place records for what is searched for, as exports have it.
        let searched = spelling.map { Spelling.searched($0.words, in: request.text) }
        let answering = try answering(request, plan, searched: searched)
        var page = try answering.answer(reader, weights: weights)
        page.spelling = spelling
        try discover(&page, for: answering.question, reader: reader)
        return page
    }

    /// Several reads on one commit.
    func read<Answer: Sendable>(
        _ body: @Sendable (borrowing IndexReader) throws -> Answer
    ) async throws(SearchError) -> Answer {
        let outcome: Result<Answer, SearchError>
        do {
            outcome = try await pool.read { (reader) throws(IndexError) in
                do {
                    // What was learnt since the query was planned is for the next one.
                    try translations.table(of: reader)
                    return .success(try body(reader))
                } catch let error as IndexError {
                    throw error
                } catch let error as SearchError {
                    return .failure(error)
                } catch let error as AnalysisError {
                    return .failure(SearchError(error))
                } catch {
                    return .failure(SearchError(code: .index, operation: "search", message: "\(error)"))
                }
            }
        } catch {
            throw SearchError(error)
        }
        return try outcome.get()
    }
}
