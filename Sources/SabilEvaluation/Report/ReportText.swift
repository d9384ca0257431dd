/// A run of text in which it is known what is ours and what came from outside.
struct ReportText: Sendable, Hashable, ExpressibleByStringInterpolation {
    enum Part: Sendable, Hashable {
        /// Our own words.
        case own(String)
        /// From files: a query, a title, a name. Isolated, so that its direction stays its own.
        case foreign(String)
        case strong(String)
        /// A verdict with its sign and colour.
        case verdict(ComparisonVerdict)
    }

    var parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }
    init(stringLiteral value: String) { parts = value.isEmpty ? [] : [.own(value)] }
    init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    static func own(_ text: String) -> ReportText { ReportText([.own(text)]) }
    static func foreign(_ text: String) -> ReportText { ReportText([.foreign(text)]) }
    static func verdict(_ verdict: ComparisonVerdict) -> ReportText { ReportText([.verdict(verdict)]) }

    /// The words without any marks.
    var plain: String {
        parts.map { part in
            switch part {
            case .own(let text), .foreign(let text), .strong(let text): text
            case .verdict(let verdict): verdict.label
            }
        }.joined()
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { parts.append(.own(literal)) } }
        mutating func appendInterpolation(_ text: ReportText) { parts += text.parts }
        mutating func appendInterpolation(own text: String) { parts.append(.own(text)) }
        mutating func appendInterpolation(foreign text: String) { parts.append(.foreign(text)) }
        mutating func appendInterpolation(strong text: String) { parts.append(.strong(text)) }
        mutating func appendInterpolation(_ verdict: ComparisonVerdict) { parts.append(.verdict(verdict)) }
    }
}

extension ComparisonVerdict {
    /// A word or two for a table.
    var label: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .identical: "identical"
        case .notShown: "not shown"
        case .tooFew: "too few"
        }
    }

    /// A sign that stands for the verdict without its colour.
    var sign: String {
        switch self {
        case .better: "▲"
        case .worse: "▼"
        case .identical: "="
        case .notShown, .tooFew: "○"
        }
    }
}
