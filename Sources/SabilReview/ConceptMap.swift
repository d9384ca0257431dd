public import SabilRecords
public import SabilTaxonomy

/// What has become of concepts in a changed taxonomy: renamed, merged, split or retired, each with a reason.
///
/// A table with tabs between: old concept, new concept or nothing, reason. A concept in several rows was split; several
/// concepts with the same new one were merged; one with nothing beside it was retired.
public struct ConceptMap: Sendable, Hashable {
    /// One row.
    public struct Row: Sendable, Hashable {
        public var old: ConceptID
        /// `nil` = retired.
        public var new: ConceptID?
        public var reason: String

        public init(old: ConceptID, new: ConceptID?, reason: String) {
            self.old = old
            self.new = new
            self.reason = reason
        }
    }

    /// What becomes of a concept.
    public enum Fate: Sendable, Hashable {
        /// It stays what it is.
        case kept
        /// It is called so now, or was merged into this one.
        case replaced(ConceptID)
        /// Each of its records belongs to one of these or more; only a person or a model can say to which.
        case split([ConceptID])
        case retired
    }

    public let rows: [Row]
    private let fates: [ConceptID: Fate]
    private let reasons: [ConceptID: String]
    /// The concepts that became each new one, sorted.
    private let sources: [ConceptID: [ConceptID]]

    /// - Throws: `invalidMap` for a concept that becomes itself, a row that stands twice, a concept that is both retired and
    ///   replaced, and a new concept that has itself a row (write the last one in both).
    public init(_ rows: [Row]) throws(ReviewError) {
        self.rows = rows
        var new: [ConceptID: [ConceptID?]] = [:]
        var reasons: [ConceptID: String] = [:]
        for row in rows {
            if row.new == row.old { throw Self.refusal("\(row.old) becomes itself; leave the row out") }
            if new[row.old]?.contains(row.new) == true {
                throw Self.refusal("\(row.old) → \(row.new?.rawValue ?? "nothing") stands twice; leave one out")
            }
            new[row.old, default: []].append(row.new)
            if reasons[row.old] == nil { reasons[row.old] = row.reason }
        }
        var fates: [ConceptID: Fate] = [:]
        var sources: [ConceptID: [ConceptID]] = [:]
        for (old, all) in new {
            let kept = all.compactMap(\.self).sorted()
            if kept.count < all.count, !kept.isEmpty {
                throw Self.refusal("\(old) has rows with and without a new concept; it is either retired or replaced")
            }
            for next in kept where new[next] != nil {
                throw Self.refusal(
                    "\(next) is new in the row of \(old) and old in another; write the last concept in both rows")
            }
            fates[old] = kept.isEmpty ? .retired : kept.count == 1 ? .replaced(kept[0]) : .split(kept)
            if kept.count == 1 { sources[kept[0], default: []].append(old) }
        }
        self.fates = fates
        self.reasons = reasons
        self.sources = sources.mapValues { $0.sorted() }
    }

    static func refusal(_ what: String) -> ReviewError {
        ReviewError(
            code: .invalidMap, operation: "read the map of concepts",
            message: "The map of concepts cannot be used: \(what).")
    }

    /// Reads a table: a row a line, `#` begins a comment, a first line `old  new  reason` is a header.
    ///
    /// Concepts may be named by local name, URI or notation; old ones that the taxonomy no longer has by the name that records
    /// carry.
    /// - Parameter scheme: the taxonomy after the change.
    /// - Throws: `invalidMap` with the line: no three columns, no reason, a new concept that the taxonomy lacks or has
    ///   retired, and as ``init(_:)``.
    public init(tsv text: String, scheme: ConceptScheme) throws(ReviewError) {
        var rows: [Row] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        for (index, line) in lines.enumerated() {
            let number = index + 1
            if line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.trimmed)
            if cells == ["old", "new", "reason"] { continue }
            guard cells.count == 3 else {
                throw Self.refusal(
                    "line \(number) has \(cells.count) columns; write the old concept, the new one or nothing, and the "
                        + "reason, with tabs between")
            }
            guard !cells[0].isEmpty else { throw Self.refusal("line \(number) names no old concept; name one") }
            guard !cells[2].isEmpty else { throw Self.refusal("line \(number) gives no reason; say why in one phrase") }
            func named(_ name: String) -> Concept? {
                scheme.concept(ConceptID(name)) ?? scheme.concept(uri: name) ?? scheme.concept(notation: name)
            }
            var new: ConceptID?
            if !cells[1].isEmpty {
                guard let concept = named(cells[1]) else {
                    throw Self.refusal(
                        "line \(number): the taxonomy has no concept \"\(cells[1].prefix(80))\"; write one it has, or "
                            + "nothing")
                }
                guard !concept.isDeprecated else {
                    let today = scheme.current(concept.id)
                    throw Self.refusal(
                        "line \(number): \(concept.id) is retired"
                            + (today == concept.id ? "; write another concept, or nothing" : "; write \(today)"))
                }
                new = concept.id
            }
            rows.append(Row(old: named(cells[0])?.id ?? ConceptID(cells[0]), new: new, reason: cells[2]))
        }
        try self.init(rows)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// The rows of this map, and for retired concepts without a row what the taxonomy itself says of them.
    public func completed(by scheme: ConceptScheme) throws(ReviewError) -> ConceptMap {
        var all = rows
        for concept in scheme.concepts where concept.isDeprecated && fates[concept.id] == nil {
            let today = scheme.current(concept.id)
            let isReplaced = today != concept.id && scheme.concept(today)?.isDeprecated == false
            all.append(
                Row(
                    old: concept.id, new: isReplaced ? today : nil,
                    reason: isReplaced ? "replaced in the taxonomy" : "retired in the taxonomy"))
        }
        return try ConceptMap(all)
    }

    public func fate(of concept: ConceptID) -> Fate { fates[concept] ?? .kept }
    /// Why, in the words of the first row; "" for a concept that stays.
    public func reason(for concept: ConceptID) -> String { reasons[concept] ?? "" }
    /// The concepts that became this one, sorted; none for one that has no other's place.
    public func sources(of concept: ConceptID) -> [ConceptID] { sources[concept] ?? [] }

    /// Names the content: the same rows in any order give the same.
    public var digest: String {
        let lines = rows.map { "\($0.old)\t\($0.new?.rawValue ?? "")\t\($0.reason)" }.sorted()
        return ContentDigest.hex(of: [Array(lines.joined(separator: "\n").utf8)])
    }
}
