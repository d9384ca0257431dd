public import SabilAnalysis
public import SabilRecords

/// What curators put first, or leave out, for a query: a list of their own beside the ranking.
///
/// A file of tab-separated values with the header `query languages action record from to note`. `action` is `pin` or `hide`;
/// `languages` are the readers' (`fr,ar`; empty: all); `from` and `to` are days (`2026-05-30`), both included, empty where open.
/// Records pinned for one query come in the order of the file. Blank lines and lines that begin with `#` are passed over.
/// A query is matched as a whole, without regard to case, accents and punctuation.
public struct PlacementList: Sendable, Hashable {
    /// One line of the file.
    public struct Placement: Sendable, Hashable {
        public enum Action: String, Sendable, Hashable, CaseIterable {
            case pin
            case hide
        }

        public var action: Action
        public var record: RecordID
        /// Readers' languages; empty: all.
        public var languages: Set<Language>
        public var from: PartialDate?
        public var to: PartialDate?
        /// Line of the file, from 1.
        public var line: Int

        func holds(for reader: Language, on day: PartialDate) -> Bool {
            (languages.isEmpty || languages.contains(reader)) && from.map { $0 <= day } ?? true
                && to.map { day <= $0 } ?? true
        }

        /// Whether some reader has both on some day.
        func meets(_ other: Placement) -> Bool {
            let shareReaders =
                languages.isEmpty || other.languages.isEmpty || !languages.isDisjoint(with: other.languages)
            func begins(_ first: Placement, before second: Placement) -> Bool {
                guard let from = first.from, let to = second.to else { return true }
                return from <= to
            }
            return shareReaders && begins(self, before: other) && begins(other, before: self)
        }
    }

    /// By the folded query, in the order of the file.
    private var placements: [String: [Placement]] = [:]

    /// Nothing is placed.
    public static let empty = PlacementList()

    private init() {}

    public var isEmpty: Bool { placements.isEmpty }

    /// Reads a file; blocks the thread.
    /// - Throws: `invalidPlacements` with every defect and its line; `source` if the file cannot be read.
    public init(path: String, analyzer: Analyzer = Analyzer()) throws(SearchError) {
        var lines: [TableFile.Row] = []
        var defects: [String] = []
        lines = try TableFile.rows(
            path: path, header: ["query", "languages", "action", "record", "from", "to", "note"], what: "placements",
            code: .invalidPlacements, defects: &defects)
        var session = analyzer.makeSession()
        for line in lines {
            func defect(_ what: String) { defects.append("line \(line.number): \(what)") }
            let key = (try? NameKey.of(line.cells[0], session: &session)) ?? ""
            if key.isEmpty { defect("the query holds no word; write the words that readers type") }
            var languages: Set<Language> = []
            for tag in line.cells[1].split(separator: ",").map({ String($0).trimmed }) {
                if let language = Language(bcp47: tag), language != .undetermined {
                    languages.insert(language)
                } else {
                    defect(
                        "\"\(tag)\" is no language of the engine; write en, fr, es or ar, with commas between, or nothing"
                    )
                }
            }
            let action = Placement.Action(rawValue: line.cells[2])
            if action == nil { defect("the action is \"\(line.cells[2])\"; write pin or hide") }
            if line.cells[3].isEmpty { defect("the record is missing; write its id") }
            func day(_ place: Int, _ name: String) -> PartialDate? {
                let text = line.cells[place]
                guard !text.isEmpty else { return nil }
                let day = PartialDate(text)
                if day?.day == nil { defect("\(name) is \"\(text)\"; write a day such as 2026-05-30, or nothing") }
                return day
            }
            let placement = Placement(
                action: action ?? .pin, record: RecordID(line.cells[3]), languages: languages, from: day(4, "from"),
                to: day(5, "to"), line: line.number)
            if let from = placement.from, let to = placement.to, to < from {
                defect("it ends on \(to), before it begins on \(from); exchange them")
            }
            if let other = placements[key]?.first(where: { $0.record == placement.record && $0.meets(placement) }) {
                defect("line \(other.line) places the record for the same query and readers; keep one of them")
            }
            placements[key, default: []].append(placement)
        }
        try TableFile.check(defects, path: path, what: "placements", code: .invalidPlacements)
    }

    /// What holds for a query as typed, for a reader on a day.
    func placed(
        _ query: String, reader: Language, on day: PartialDate, session: inout AnalysisSession
    ) throws(AnalysisError) -> (pinned: [RecordID], hidden: [RecordID]) {
        guard !placements.isEmpty else { return ([], []) }
        let key = try NameKey.of(query, session: &session)
        let own = (placements[key] ?? []).filter { $0.holds(for: reader, on: day) }
        return (own.filter { $0.action == .pin }.map(\.record), own.filter { $0.action == .hide }.map(\.record))
    }
}
