public import SabilRecords

/// A text with the labels a person gave it: what a classifier learns from.
///
/// Labels are local names of concepts, or any other strings; their order carries no meaning.
public struct TrainingExample: Sendable, Hashable, Codable, Identifiable {
    /// Name of the document.
    public var id: String
    /// What translations share: examples of one work never stand on both sides of a fold. The id by default.
    public var work: String
    public var title: String
    public var text: String
    public var language: Language
    /// Labels that fit; repeated ones count once.
    public var labels: [String]
    /// Labels a person rejected: negatives for that label only. One that is also in `labels` is ignored here.
    public var negative: [String]
    /// Whether a person looked at the whole document, so that labels not named are negatives too (the usual case).
    ///
    /// `false`: only `labels` and `negative` are known, as when single suggestions were judged.
    public var isComplete: Bool
    /// When the document came out, if that is known: held-out scores of the newest works set the cuts.
    public var date: PartialDate?

    public init(
        id: String, work: String? = nil, title: String = "", text: String = "", language: Language = .undetermined,
        labels: [String], negative: [String] = [], isComplete: Bool = true, date: PartialDate? = nil
    ) {
        self.id = id
        self.work = work ?? id
        self.title = title
        self.text = text
        self.language = language
        self.labels = labels
        self.negative = negative
        self.isComplete = isComplete
        self.date = date
    }

    /// The id without a leading `xx-` that repeats the language: `fr-431` and `en-431` are one work, `431`.
    public static func work(of id: String, language: Language) -> String {
        let prefix = language.rawValue + "-"
        return id.hasPrefix(prefix) && id.utf8.count > prefix.utf8.count ? String(id.dropFirst(prefix.count)) : id
    }
}

/// One name of a label, in one language: what the label matcher looks for when there is no concept scheme.
public struct LabelName: Sendable, Hashable, Codable {
    public var label: String
    public var language: Language
    public var text: String
    /// How much a match says: 1 for the name itself, less for other and dated names, 0 for a note that is read, not looked for.
    public var weight: Double

    public init(label: String, language: Language, text: String, weight: Double = 1) {
        self.label = label
        self.language = language
        self.text = text
        self.weight = weight
    }
}
