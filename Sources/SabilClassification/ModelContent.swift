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
    var extractor: FeatureExtractor
    var vocabulary: Vocabulary
    var matcher: LabelMatcher
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
        var matches: [LabelMatcher.Match]
    }

    func read(
        title: String, text: String, language: Language, session: inout AnalysisSession
    ) throws(ModelError) -> Reading {
        let analysed = try AnalysedText(title: title, text: text, language: language, session: &session)
        return Reading(
            text: analysed, row: vocabulary.row(extractor.counts(in: analysed)),
            matches: matcher.matches(in: analysed, title: title, body: text))
    }
}
