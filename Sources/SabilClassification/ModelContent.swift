import SabilAnalysis
import SabilRecords

/// All that a model knows, without its manifest: what `weights.bin` holds.
struct ModelContent: Sendable {
    /// Increasing.
    var labels: [String]
    /// Per label: wider labels of the model, increasing.
    var ancestors: [[Int32]]
    /// Examples per label.
    var exampleCounts: [Int]
    /// Of each language on its own, as trained: like the stack it waits for the next training. All 0 before layout 3: no language
    /// is foreign then.
    var languageCounts: LanguageCounts
    var extractor: FeatureExtractor
    var vocabulary: Vocabulary
    var matcher: LabelMatcher
    /// `nil` when the model looks for no meanings.
    var meanings: MeaningReader?
    var members: Members
    /// What the members that can go on learning are worked out from.
    var counts: LearnableCounts
    /// Which examples the counts hold.
    var learnt: LearntExamples
    var naiveBayesSmoothing: Double
    var stack: Stack
    var calibration: Calibration
    var cuts: Cuts
    var heldOut: HeldOutScores

    /// Features and names found of a document.
    struct Reading {
        var text: AnalysedText
        var row: FeatureRow
        /// Columns are meanings.
        var meanings: FeatureRow
        var meaningOccurrences: [FeatureOccurrence]
        var matches: [LabelMatcher.Match]
    }

    func read(
        title: String, text: String, language: Language, session: inout AnalysisSession
    ) throws(ModelError) -> Reading {
        let analysed = try AnalysedText(title: title, text: text, language: language, session: &session)
        var found: [FeatureOccurrence] = []
        var row = FeatureRow()
        if let meanings {
            found = MeaningReader.occurrences(in: analysed, title: title, body: text, matcher: meanings.matcher)
            row = meanings.vocabulary.row(FeatureCounts(found))
        }
        return Reading(
            text: analysed, row: vocabulary.row(extractor.counts(in: analysed)), meanings: row,
            meaningOccurrences: found, matches: matcher.matches(in: analysed, title: title, body: text))
    }

    /// What the members give the labels worth scoring.
    func scores(_ reading: Reading) -> CandidateScores {
        var scores = members.scores(
            reading.row, meanings: reading.meanings, matches: LabelMatcher.scores(reading.matches))
        if !reading.meanings.columns.isEmpty {
            scores.moved = languageCounts.moved(
                scores.labels, language: reading.text.language, known: vocabulary.known(reading.row))
        }
        return scores
    }
}
