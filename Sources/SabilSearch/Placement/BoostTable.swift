import Glibc
public import SabilRecords

/// What may lift a record besides its words.
public enum Boost: String, Sendable, Hashable, Codable, CaseIterable {
    /// How new it is.
    case recency
    /// What type of content it is.
    case contentType = "content_type"
    /// That it is in the language of the query, or the reader's where the query's is not known.
    case language
}

/// How much recency and types of content lift a record: points added to the score of the best hits, as a file says.
///
/// A file of tab-separated values with the header `boost value points half_life_years`: a line `recency` with the points of a
/// record of today and the years in which they halve, lines `content_type` with a type and its points, and a line `language`
/// with the points of a record in the language of the query. No boost is applied unless a request asks for it.
public struct BoostTable: Sendable, Hashable {
    private struct Recency: Sendable, Hashable {
        var points: Double
        var halfLifeYears: Double
    }

    private var recency: Recency?
    private var types: [String: Double] = [:]
    private var ownLanguage: Double?

    /// Nothing is lifted.
    public static let none = BoostTable()

    private init() {}

    /// Most points a boost may give: about what a rare word gives.
    static let maximumPoints = 20.0

    /// Reads a file; blocks the thread.
    /// - Parameter contentTypes: what types there are; `nil`: any name passes.
    /// - Throws: `invalidBoosts` with every defect and its line; `source` if the file cannot be read.
    public init(path: String, contentTypes: ContentTypeCatalogue?) throws(SearchError) {
        var defects: [String] = []
        let rows = try TableFile.rows(
            path: path, header: ["boost", "value", "points", "half_life_years"], what: "boosts", code: .invalidBoosts,
            defects: &defects)
        for row in rows {
            func defect(_ what: String) { defects.append("line \(row.number): \(what)") }
            let points = Double(row.cells[2]).flatMap { (0...Self.maximumPoints).contains($0) ? $0 : nil }
            if points == nil {
                defect("the points are \"\(row.cells[2])\"; write a number from 0 to \(Int(Self.maximumPoints))")
            }
            let boost = Boost(rawValue: row.cells[0])
            if boost == .recency || boost == .language, !row.cells[1].isEmpty {
                defect("\(row.cells[0]) takes no value, and has \"\(row.cells[1])\"; leave the cell empty")
            }
            if boost == .contentType || boost == .language, !row.cells[3].isEmpty {
                defect("\(row.cells[0]) takes no half-life, and has \"\(row.cells[3])\"; leave the cell empty")
            }
            switch boost {
            case .recency:
                let halfLife = Double(row.cells[3]).flatMap { (0.1...1000).contains($0) ? $0 : nil }
                if halfLife == nil {
                    defect("the half-life is \"\(row.cells[3])\"; write years, from 0.1 to 1000")
                }
                if recency != nil { defect("recency stands above already; keep one line of it") }
                recency = Recency(points: points ?? 0, halfLifeYears: halfLife ?? 1)
            case .contentType:
                let type = row.cells[1]
                if let contentTypes, contentTypes.type(type) == nil { defect("\"\(type)\" is no type of content") }
                if types[type] != nil { defect("\"\(type)\" stands above already; keep one line of it") }
                types[type] = points ?? 0
            case .language:
                if ownLanguage != nil { defect("language stands above already; keep one line of it") }
                ownLanguage = points ?? 0
            case nil: defect("\"\(row.cells[0])\" is no boost; write recency, content_type or language")
            }
        }
        try TableFile.check(defects, path: path, what: "boosts", code: .invalidBoosts)
    }

    /// Whether the table has points for a boost.
    func lifts(_ boost: Boost) -> Bool {
        switch boost {
        case .recency: recency.map { $0.points > 0 } ?? false
        case .contentType: types.values.contains { $0 > 0 }
        case .language: ownLanguage.map { $0 > 0 } ?? false
        }
    }

    /// What lifts a record, with its points; nothing for boosts that were not asked for.
    ///
    /// - Parameters:
    ///   - dateOrdinal: as ``PartialDate/ordinal``; unknown months and days are the middle of what is known.
    ///   - day: the day of the request; records of later days are as new as those of today.
    ///   - isOwnLanguage: whether the record is in the language of the query.
    /// - Complexity: O(1).
    func parts(
        _ boosts: Set<Boost>, type: String, dateOrdinal: Int?, on day: PartialDate, isOwnLanguage: Bool = false
    ) -> [ScorePart] {
        var parts: [ScorePart] = []
        if boosts.contains(.recency), let recency, let dateOrdinal {
            let age = max(0, Self.years(day.ordinal) - Self.years(dateOrdinal))
            let points = recency.points * pow(2, -age / recency.halfLifeYears)
            if points > 0 { parts.append(ScorePart(name: "recency", kind: .recency, contribution: points)) }
        }
        if boosts.contains(.contentType), let points = types[type], points > 0 {
            parts.append(ScorePart(name: type, kind: .contentType, contribution: points))
        }
        if boosts.contains(.language), isOwnLanguage, let points = ownLanguage, points > 0 {
            parts.append(ScorePart(name: "language", kind: .language, contribution: points))
        }
        return parts
    }

    private static func years(_ ordinal: Int) -> Double {
        let (year, month, day) = (ordinal / 10_000, ordinal / 100 % 100, ordinal % 100)
        guard month > 0 else { return Double(year) + 0.5 }
        return Double(year) + (Double(month - 1) + (day > 0 ? Double(day - 1) / 31 : 0.5)) / 12
    }
}
