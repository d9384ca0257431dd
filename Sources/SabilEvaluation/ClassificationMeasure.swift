/// A measure of a classifier, by the name it is printed with.
///
/// The first nine are the default report. Those of Annif have its names and mean what they mean there, with two words of
/// care: Annif chooses every label it suggests with a score above 0, so its figures at a depth (`Precision@3`, `NDCG`)
/// look at the same suggestions as the others; and its `subj avg` is over the whole vocabulary.
public enum ClassificationMeasure: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Over all choices together.
    case microF1 = "micro F1"
    /// Mean of the F1 of each label.
    case macroF1 = "macro F1"
    case precisionAt1 = "P@1"
    case precisionAt3 = "P@3"
    case precisionAt5 = "P@5"
    case documentF1 = "F1 (doc avg)"
    /// Mean over examples of the F1 of the first five suggestions; in Annif under the same name.
    case f1At5 = "F1@5"
    /// Mean over the examples with a right label.
    case ndcgAt5 = "nDCG@5"
    /// Mean over the examples with a right label.
    case ndcgAt10 = "nDCG@10"
    /// Mean over examples of 2·common/(chosen + right), 1 where both are empty: see ``LabelAgreement/consistency``.
    case consistency = "Consistency (Rolling)"

    case annifDocumentPrecision = "Precision (doc avg)"
    case annifDocumentRecall = "Recall (doc avg)"
    case annifDocumentF1 = "F1 score (doc avg)"
    case annifSubjectPrecision = "Precision (subj avg)"
    case annifSubjectRecall = "Recall (subj avg)"
    case annifSubjectF1 = "F1 score (subj avg)"
    case annifWeightedPrecision = "Precision (weighted subj avg)"
    case annifWeightedRecall = "Recall (weighted subj avg)"
    case annifWeightedF1 = "F1 score (weighted subj avg)"
    case annifMicroPrecision = "Precision (microavg)"
    case annifMicroRecall = "Recall (microavg)"
    case annifMicroF1 = "F1 score (microavg)"
    /// All suggestions; an example without a right label counts 1, unlike in `nDCG`.
    case annifNDCG = "NDCG"
    case annifNDCGAt5 = "NDCG@5"
    case annifNDCGAt10 = "NDCG@10"
    case annifPrecisionAt1 = "Precision@1"
    case annifPrecisionAt3 = "Precision@3"
    case annifPrecisionAt5 = "Precision@5"
    case annifTruePositives = "True positives"
    case annifFalsePositives = "False positives"
    case annifFalseNegatives = "False negatives"
    case annifDocuments = "Documents evaluated"

    /// The measures of the default report.
    public static let standard: [ClassificationMeasure] = [
        .microF1, .macroF1, .precisionAt1, .precisionAt3, .precisionAt5, .documentF1, .f1At5, .ndcgAt5, .ndcgAt10,
    ]

    /// What `annif eval` prints, in its order. Source: NatLibFi/Annif 1.4.3, `annif/eval.py`.
    public static let annif: [ClassificationMeasure] = [
        .annifDocumentPrecision, .annifDocumentRecall, .annifDocumentF1, .annifSubjectPrecision, .annifSubjectRecall,
        .annifSubjectF1, .annifWeightedPrecision, .annifWeightedRecall, .annifWeightedF1, .annifMicroPrecision,
        .annifMicroRecall, .annifMicroF1, .f1At5, .annifNDCG, .annifNDCGAt5, .annifNDCGAt10, .annifPrecisionAt1,
        .annifPrecisionAt3, .annifPrecisionAt5, .annifTruePositives, .annifFalsePositives, .annifFalseNegatives,
        .annifDocuments,
    ]

    /// Reads a name, also as Annif prints it (`NDCG:` and spaces) or writes it into a file of metrics
    /// (`Precision_doc_avg`).
    ///
    /// - Throws: `invalidFormat` for another name.
    public init(named name: String) throws(EvaluationError) {
        var trimmed = name[...]
        while let last = trimmed.last, last == " " || last == ":" { trimmed.removeLast() }
        trimmed = trimmed.drop { $0 == " " }
        guard let measure = Self(rawValue: String(trimmed)) ?? Self.allCases.first(where: { $0.code == trimmed }) else {
            throw EvaluationError(
                code: .invalidFormat, operation: "read measure",
                message: "\"\(name)\" is no measure of classification: known are "
                    + Self.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        self = measure
    }

    /// Reads names with commas between; `annif` stands for all that Annif prints and `standard` for the default report. A
    /// measure named twice is one.
    ///
    /// - Throws: `invalidFormat` for a name that is none, `empty` for no name at all.
    public static func list(_ names: String) throws(EvaluationError) -> [ClassificationMeasure] {
        var measures: [ClassificationMeasure] = []
        for name in names.split(separator: ",") where name.contains(where: { $0 != " " }) {
            let word = name.filter { $0 != " " }
            let named =
                word == "annif"
                ? annif : word == "standard" ? standard : [try ClassificationMeasure(named: String(name))]
            for measure in named where !measures.contains(measure) { measures.append(measure) }
        }
        guard !measures.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "read measure",
                message: "\"\(names)\" names no measure. Give one, such as micro F1.")
        }
        return measures
    }

    /// The name without spaces and brackets, as in Annif's file of metrics: `Precision_doc_avg`.
    ///
    /// Source: NatLibFi/Annif 1.4.3, `annif/util.py`, `metric_code`.
    public var code: String {
        String(rawValue.compactMap { $0 == "(" || $0 == ")" ? nil : $0 == " " ? "_" : $0 })
    }

    /// Whether the value is a number of things.
    public var isCount: Bool {
        switch self {
        case .annifTruePositives, .annifFalsePositives, .annifFalseNegatives, .annifDocuments: true
        default: false
        }
    }

    public var description: String { rawValue }
}
