public import SabilRecords

/// What became of the records given to an ``Indexer``.
public struct IndexingReport: Sendable, Hashable {
    /// A record that did not get into the index.
    public struct Refusal: Sendable, Hashable {
        public var id: RecordID
        public var reason: String

        public init(id: RecordID, reason: String) {
            self.id = id
            self.reason = reason
        }
    }

    /// Records written, those that replaced one included.
    public var indexed = 0
    /// Of these, records whose id was in the index, or came earlier in the same run.
    public var replaced = 0
    /// Records deleted on request; ids that were not there do not count.
    public var deleted = 0
    public var refused: [Refusal] = []
    /// Terms left out because they were too long for the index.
    public var droppedTerms = 0
    /// Words cut to 64 characters.
    public var cutWords = 0
    /// Tags left out because the taxonomy does not know them.
    public var unknownTags = 0
    /// Records by the language they were analysed in.
    public var languages: [Language: Int] = [:]
    /// Records whose text contradicts the language they declare; the declared one was used.
    public var contradictedLanguages = 0
    /// Why letter sequences were not counted or translations not learnt anew, though it was time; the records are in all the
    /// same, and the next update that changes much tries again. `nil`: nothing failed.
    public var learningFailure: String?
    public var seconds = 0.0

    public init() {}

    /// Adds the numbers of another part of the same run; seconds are left alone.
    mutating func add(_ other: IndexingReport) {
        indexed += other.indexed
        replaced += other.replaced
        deleted += other.deleted
        refused += other.refused
        droppedTerms += other.droppedTerms
        cutWords += other.cutWords
        unknownTags += other.unknownTags
        for (language, count) in other.languages { languages[language, default: 0] += count }
        contradictedLanguages += other.contradictedLanguages
    }
}
