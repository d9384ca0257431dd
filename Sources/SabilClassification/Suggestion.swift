public import SabilRecords

/// A label that may fit a document, how sure that is, and what spoke for it.
public struct Suggestion: Sendable, Hashable, Codable {
    /// Local name of the concept, or the label as the training set has it.
    public var label: String
    /// The stack's score in logits; comparable within one model only, never a probability.
    public var rawScore: Double
    /// 0…1: the share of such suggestions expected to be right; rises with `rawScore`.
    public var confidence: Double
    /// Whether the model would assign the label by itself.
    public var isSelected: Bool
    /// What is to become of it at the precision asked for.
    public var zone: Zone
    /// Place among the labels that may be suggested, from 1; `nil` when a rule keeps it out or nothing proposed it.
    public var rank: Int?
    /// The label this one explains: set when it is an ancestor of a selected label and stays unselected for that.
    public var impliedBy: String?
    /// Wider labels of the model that this one implies, sorted.
    public var ancestors: [String]
    /// What spoke for or against it; contributions add up to `rawScore`.
    public var evidence: [Evidence]
    /// What each member of the model thought; contributions and the prior add up to `rawScore`.
    public var members: [MemberScore]
    public var model: ModelID

    public init(
        label: String, rawScore: Double, confidence: Double, isSelected: Bool, zone: Zone = .ask,
        rank: Int? = nil, impliedBy: String? = nil, ancestors: [String] = [], evidence: [Evidence] = [],
        members: [MemberScore] = [], model: ModelID
    ) {
        self.label = label
        self.rawScore = rawScore
        self.confidence = confidence
        self.isSelected = isSelected
        self.zone = zone
        self.rank = rank
        self.impliedBy = impliedBy
        self.ancestors = ancestors
        self.evidence = evidence
        self.members = members
        self.model = model
    }
}

/// One thing in the document that moved the score of a label.
public struct Evidence: Sendable, Hashable, Codable {
    /// What kind of thing it is.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A word of the text, with its pieces.
        case word
        /// Two words in a row.
        case phrase
        /// A name of the label found in the text.
        case label
        /// All weaker words and phrases together.
        case rest
        /// What the model thinks before it reads: how common the label is, and the offsets of the members.
        case prior
    }

    public var kind: Kind
    /// The words as they are matched (folded), or the name of the label as the vocabulary writes it; "" for rest and prior.
    public var term: String
    /// In the units of `Suggestion.rawScore`; negative if it spoke against the label.
    public var contribution: Double
    /// The member it came through; `nil` for rest of several members and prior.
    public var member: MemberKind?
    /// Where it stands: UTF-8 ranges in the title and the text as given.
    public var places: [Place]

    /// A stretch of the document.
    public struct Place: Sendable, Hashable, Codable {
        public var field: TextField
        /// First byte of the stretch.
        public var start: Int
        /// Byte after its last.
        public var end: Int
        public var utf8Range: Range<Int> { start..<max(start, end) }

        public init(field: TextField, utf8Range: Range<Int>) {
            self.field = field
            self.start = utf8Range.lowerBound
            self.end = utf8Range.upperBound
        }
    }

    public init(kind: Kind, term: String, contribution: Double, member: MemberKind?, places: [Place] = []) {
        self.kind = kind
        self.term = term
        self.contribution = contribution
        self.member = member
        self.places = places
    }
}

/// Which part of the document a word stands in.
public enum TextField: String, Sendable, Hashable, Codable, CaseIterable {
    case title
    case text
}

/// A member of the stack.
public enum MemberKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// One-versus-rest linear SVM on features scaled by Naive Bayes.
    case linear
    /// Complement Naive Bayes.
    case complementNaiveBayes
    /// Multinomial Naive Bayes.
    case multinomialNaiveBayes
    /// Rocchio centroids: mean of the positives less mean of the negatives.
    case centroid
    /// Names of the label found in the text.
    case labelMatcher
    /// Likeness of the text to the names and notes of the label, word by word.
    case nameLikeness
    /// What the text says in any language, by lists of words that mean the same: complement Naive Bayes where documents have
    /// one label, else centroids.
    case meanings

    /// Whether it learns from words as they are written, and so knows little of a language without examples.
    var readsWords: Bool {
        switch self {
        case .linear, .complementNaiveBayes, .multinomialNaiveBayes, .centroid: true
        case .labelMatcher, .nameLikeness, .meanings: false
        }
    }
}

/// What one member gave one label.
public struct MemberScore: Sendable, Hashable, Codable {
    public var member: MemberKind
    /// In the member's own units.
    public var raw: Double
    /// In the units of `Suggestion.rawScore`.
    public var contribution: Double

    public init(member: MemberKind, raw: Double, contribution: Double) {
        self.member = member
        self.raw = raw
        self.contribution = contribution
    }
}
