import SabilRecords
import Testing

@testable import SabilClassification

@Suite struct ZoneTests {
    private static func held(_ labels: [[(raw: Float, fits: Bool)]], missed: [Int] = [0, 0]) -> HeldOutScores {
        let pairs = labels.map { pairs in
            pairs.enumerated().map { HeldOutScores.Pair(raw: $1.raw, fits: $1.fits, half: UInt8($0 % 2)) }
        }
        return HeldOutScores(byLabel: pairs, documents: [50, 50], missed: missed) ?? HeldOutScores(labelCount: 0)
    }

    @Test func `a cut lies where the wanted share was right, each label on its own`() {
        // 40 right above 0 for the first label; the second is right every other time.
        let sure =
            (0..<40).map { (raw: Float(100 - $0), fits: true) } + (0..<40).map { (raw: Float(-$0 - 1), fits: false) }
        let unsure = (0..<80).map { (raw: Float(100 - $0), fits: $0 % 2 == 0) }
        let cuts = ZoneCuts(Self.held([sure, unsure]), setting: ZoneSetting(wantedPrecision: 0.85))
        #expect(cuts.accept[0] < 61.5 && cuts.accept[0] > -20, "\(cuts.accept)")
        #expect(cuts.accept[1] == .infinity, "half right never reaches 0.85")
        #expect(cuts.zone(raw: 80, confidence: 0.9, label: 0) == .accept)
        #expect(cuts.zone(raw: 80, confidence: 0.9, label: 1) == .ask)
        #expect(cuts.zone(raw: -50, confidence: 0.01, label: 1) == .leaveOut)
    }

    @Test func `a higher wanted precision never accepts more`() throws {
        var generator = SeededGenerator(seed: 31)
        let labels = (0..<6).map { _ in
            (0..<(3 + generator.nextIndex(below: 60))).map { _ -> (raw: Float, fits: Bool) in
                let raw = Float(generator.nextUnit() * 8 - 4)
                return (raw, generator.nextUnit() < 1 / (1 + Double(-raw).exponential))
            }.sorted { $0.raw > $1.raw }
        }
        let held = Self.held(labels)
        var last: [Double] = labels.map { _ in -.infinity }
        for wanted in stride(from: 0.1, to: 1, by: 0.05) {
            let cuts = ZoneCuts(held, setting: ZoneSetting(wantedPrecision: wanted)).accept
            for (low, high) in zip(last, cuts) { #expect(low <= high, "at \(wanted), seed 31") }
            last = cuts
        }
    }

    @Test func `a label of which too little was seen is left to people`() {
        let rare = (0..<4).map { (raw: Float(10 - $0), fits: true) }
        let often = (0..<200).map { (raw: Float(200 - $0), fits: true) }
        let cuts = ZoneCuts(Self.held([rare, often]), setting: ZoneSetting(wantedPrecision: 0.5))
        #expect(cuts.accept[0] == .infinity)
        #expect(cuts.accept[1].isFinite)
    }

    @Test func `a forecast adds up, and its shares are those of the held-out documents`() throws {
        let model = try ConceptClassifier.train(
            SmallCorpus.examples(300, isSingle: false), options: SmallCorpus.options([], task: .multiLabel))
        var asked = -1.0
        for wanted in [0.5, 0.9, 0.99] {
            let forecast = try #require(model.forecast(ZoneSetting(wantedPrecision: wanted), secondsPerSuggestion: 6))
            #expect(forecast.documents == 300)
            #expect(abs(forecast.rightAccepted + forecast.rightAsked + forecast.rightLeftOut - 1) < 1e-9)
            #expect(abs(forecast.minutesPer100 - forecast.askedPer100 / 10) < 1e-9)
            #expect(forecast.askedPer100 >= asked, "the surer the machine shall be, the more people are asked")
            asked = forecast.askedPer100
            if let precision = forecast.acceptedPrecision { #expect(precision > wanted - 0.1, "wanted \(wanted)") }
        }
        let alone = try ConceptClassifier.train(
            [TrainingExample(id: "a", text: "pension", language: .english, labels: ["pensions"])])
        #expect(alone.forecast(ZoneSetting()) == nil, "one work: nothing could be held back")
    }

    @Test func `concepts chosen too often are found out`() throws {
        let model = try ConceptClassifier.train(
            SmallCorpus.examples(200, isSingle: false), options: SmallCorpus.options([], task: .multiLabel))
        let figures = model.conceptFigures()
        #expect(figures.map(\.label).sorted() == model.labels)
        for own in figures { #expect(own.right <= min(own.chosen, own.fitting) && own.fitting <= own.examples) }
        for (chosen, fitting, isOften) in [(5, 2, true), (4, 1, false), (10, 5, false), (11, 5, true), (0, 0, false)] {
            let own = ConceptFigures(label: "a\tb", examples: 9, fitting: fitting, chosen: chosen, right: 0)
            #expect(own.isOverSuggested == isOften, "\(chosen) for \(fitting)")
            #expect(
                own.line.split(separator: "\t").count == ConceptFigures.columns.count, "a tab would break the table")
        }
    }

    @Test func `zones outside their range are refused in words`() {
        for setting in [
            ZoneSetting(wantedPrecision: 0), ZoneSetting(wantedPrecision: 1), ZoneSetting(wantedPrecision: .nan),
            ZoneSetting(leastConfidence: -0.1), ZoneSetting(leastConfidence: 1.1),
        ] {
            #expect(setting.defect != nil)
        }
        #expect(ZoneSetting().defect == nil)
    }

    @Test(arguments: [
        ("", Language.english, SuggestionNote.noWords, "nothing to read"),
        ("!!! 🙂 …", .english, .noWords, "signs are no words"),
        ("xqzzyw vvkqxj qqwxyz zzxqvv jjkqxw", .english, .nothingKnown, "no word the model has met"),
        ("pension", .english, .fewWords, "one word"),
    ])
    func `a text that says little is said so`(
        _ text: String, _ language: Language, _ note: SuggestionNote, _ reason: String
    ) throws {
        let model = try Kind(members: [], isSingle: false).train()
        let list = try model.suggest(SuggestionRequest(text: text, language: language))
        #expect(list.notes == [note], "\(reason)")
        if note != .fewWords {
            #expect(list.suggestions.allSatisfy { !$0.isSelected && $0.zone == .leaveOut }, "\(reason)")
        }
    }

    @Test func `what held-out texts do not show is never assigned unasked`() throws {
        let english = SmallCorpus.examples(400, isSingle: false).filter { $0.language == .english }
        let model = try ConceptClassifier.train(english, options: SmallCorpus.options([], task: .multiLabel))
        func zone(_ text: String, _ language: Language) throws -> Zone? {
            var request = SuggestionRequest(text: text, language: language)
            request.zones = ZoneSetting(wantedPrecision: 0.5)
            return try model.suggest(request).suggestions.first { $0.label == "pensions" }?.zone
        }
        let text = "pension retirement elderly contribution annuity old-age"
        #expect(try zone(text, .english) == .accept)
        #expect(try zone("pension retirement elderly annuity", .english) == .ask, "of fewer than five words")
        #expect(try zone(text, .french) == .ask, "in a language without examples")
    }

    @Test func `a language without examples is said so`() throws {
        let english = SmallCorpus.examples(80, isSingle: false).filter { $0.language == .english }
        let model = try ConceptClassifier.train(english, options: SmallCorpus.options([], task: .multiLabel))
        let text = "La pension de retraite et la cotisation vieillesse du programme"
        #expect(
            try model.suggest(SuggestionRequest(text: text, language: .french)).notes.contains(.unfamiliarLanguage))
        #expect(
            try !model.suggest(SuggestionRequest(text: "pension retirement elderly annuity old", language: .english))
                .notes.contains(.unfamiliarLanguage))
    }

    @Test func `of a very long text the beginning is read, and said so`() throws {
        let model = try Kind(members: [.centroid], isSingle: false).train()
        let beginning = String(repeating: "pension é ", count: SuggestionNote.longestText / 11)
        let long = beginning + String(repeating: "hôpital santé ", count: 100_000)
        let list = try model.suggest(SuggestionRequest(text: long, language: .french, evidenceLimit: 2))
        #expect(list.notes == [.cut])
        #expect(list.suggestions.first?.label == "pensions")
        let places = list.suggestions.flatMap(\.evidence).flatMap(\.places)
        #expect(places.allSatisfy { $0.end <= SuggestionNote.longestText })
    }

    @Test func `of a very long title the beginning is read, and said so`() throws {
        let model = try Kind(members: [.centroid], isSingle: false).train()
        let beginning = String(repeating: "pension é ", count: SuggestionNote.longestText / 11)
        func list(_ title: String) throws -> SuggestionList {
            try model.suggest(
                SuggestionRequest(title: title, text: "retirement annuity", language: .french, evidenceLimit: 0))
        }
        let end = String(repeating: "hôpital santé ", count: 100_000)
        let long = try list(beginning + end)
        // Two bytes short of the limit: the cut would fall into the ô, and falls before it.
        #expect(beginning.utf8.count == SuggestionNote.longestText - 2)
        let short = try list(beginning + "h")
        #expect(long.notes == [.cut] && short.notes == [])
        #expect(long.suggestions == short.suggestions)
    }
}

extension Double {
    /// e to this power, without a C library.
    fileprivate var exponential: Double {
        var term = 1.0
        var sum = 1.0
        for step in 1..<60 {
            term *= self / Double(step)
            sum += term
        }
        return sum
    }

    @Test func `what zones come to is counted, with Wilson's interval`() throws {
        func suggestion(_ label: String, _ zone: Zone) -> Suggestion {
            Suggestion(label: label, rawScore: 0, confidence: 0.5, isSelected: false, zone: zone, model: ModelID("m"))
        }
        var reach = ZoneReach(setting: ZoneSetting(wantedPrecision: 0.9))
        for number in 0..<10 {
            reach.add(
                [suggestion("a", .accept), suggestion("b", .ask), suggestion("c", .leaveOut)],
                labels: number < 8 ? ["a", "c"] : ["b"])
        }
        #expect(reach.documents == 10 && reach.accepted == 10 && reach.acceptedRight == 8)
        #expect(reach.asked == 10 && reach.askedRight == 2 && reach.right == 18)
        #expect(reach.reachedPrecision == 0.8)
        // Wilson 1927; 8 of 10 as in R's prop.test(8, 10, correct = FALSE).
        #expect(abs(reach.interval.lowerBound - 0.4901625) < 1e-6)
        #expect(abs(reach.interval.upperBound - 0.9433178) < 1e-6)
        #expect(reach.line(group: "fr") == "0.9\tfr\t10\t10\t0.800\t0.490\t0.943\t10\t0.200\t0.444\t0.111")
        let nothing = ZoneReach(setting: ZoneSetting(wantedPrecision: 0.5))
        #expect(nothing.reachedPrecision == nil && nothing.interval == 0...1)
        #expect(nothing.line(group: "all").split(separator: "\t").count == ZoneReach.columns.count)
    }
}
