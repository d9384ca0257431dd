/// Names of measures: `kind`, parameters in brackets, `@cutoff`.
///
/// Written as ir_measures writes them: parameters that have their ordinary value are left out, so `RBP(p=0.8)` is written
/// `RBP` and `P(rel=1)@5` is written `P@5`. Read as ir_measures reads them, with either quotation mark, spaces around
/// parameters, and the other names it knows (`NDCG`, `MAP`, `MRR`, `Precision`, `Recall`, `RPrec`, `BPref`).
extension Measure {
    /// The name, which reads back as the same measure.
    public var name: String {
        var parameters: [String] = []
        if kind == .nDCG, gain == .exponential { parameters.append("dcg='exp-log2'") }
        if persistence != Self.ordinaryPersistence { parameters.append("p=\(persistence)") }
        // To RBP a given grade says more than which one: that documents are relevant or not.
        if relevance != 1 || kind == .RBP && gain == .binary { parameters.append("rel=\(relevance)") }
        return kind.rawValue + (parameters.isEmpty ? "" : "(" + parameters.joined(separator: ",") + ")")
            + (cutoff.map { "@\($0)" } ?? "")
    }

    /// Reads a name such as `nDCG@10` or `P(rel=2)@10`.
    ///
    /// - Returns: `nil` where ``init(named:)`` throws.
    public init?(_ name: String) {
        guard let measure = try? Measure(named: name) else { return nil }
        self = measure
    }

    /// Reads a name such as `nDCG@10` or `P(rel=2)@10`.
    ///
    /// - Throws: `invalidFormat` for an unknown kind, a cutoff that is missing where one is needed, given where none is
    ///   taken or not 1 or more, and a parameter that the kind does not take or whose value it cannot have.
    public init(named name: String) throws(EvaluationError) {
        func fault(_ what: String) -> EvaluationError {
            EvaluationError(
                code: .invalidFormat, operation: "read measure", message: "\"\(name)\" is no measure: \(what).")
        }
        var rest = name.trimmed
        var cutoff: Int?
        if let at = rest.lastIndex(of: "@") {
            let text = rest[rest.index(after: at)...].trimmed
            guard let number = Self.positive(text) else {
                throw fault("the cutoff \"\(text)\" is not a whole number from 1 on")
            }
            cutoff = number
            rest = rest[..<at].trimmed
        }
        var parameters: [(key: Substring, value: Substring)] = []
        if rest.hasSuffix(")"), let open = rest.firstIndex(of: "(") {
            for parameter in rest[rest.index(after: open)...].dropLast().split(
                separator: ",", omittingEmptySubsequences: false)
            {
                guard let equals = parameter.firstIndex(of: "=") else {
                    throw fault("\"\(parameter)\" is not of the form key=value")
                }
                let key = parameter[..<equals].trimmed
                guard !parameters.contains(where: { $0.key == key }) else { throw fault("\(key) is given twice") }
                parameters.append((key, parameter[parameter.index(after: equals)...].trimmed))
            }
            rest = rest[..<open].trimmed
        }
        guard let kind = Kind(rawValue: String(rest)) ?? Self.otherNames[String(rest)] else {
            throw fault(
                "known are \(Kind.allCases.map(\.rawValue).joined(separator: ", ")), such as nDCG@10 or P(rel=2)@5")
        }
        switch kind.cutoff {
        case .needed where cutoff == nil: throw fault("it needs a cutoff, such as \(kind.rawValue)@10")
        case .none where cutoff != nil: throw fault("\(kind.rawValue) takes no cutoff")
        default: break
        }
        var relevance: Int?
        var gain: Gain?
        var persistence = Self.ordinaryPersistence
        for (key, value) in parameters {
            guard kind.parameters.contains(String(key)) else {
                let known = kind.parameters.isEmpty ? "none" : kind.parameters.joined(separator: " and ")
                throw fault("\(kind.rawValue) takes no parameter \"\(key)\"; it takes \(known)")
            }
            switch key {
            case "rel":
                guard let grade = Self.positive(value) else {
                    throw fault("the grade \"\(value)\" is not a whole number from 1 on")
                }
                relevance = grade
            case "p":
                let digits = value.utf8.allSatisfy { (0x30...0x39).contains($0) || "-.eE".utf8.contains($0) }
                guard digits, let number = Double(value), number > 0, number < 1 else {
                    throw fault("p is \"\(value)\" and must lie between 0 and 1")
                }
                persistence = number
            default:
                switch value {
                case "'log2'", "\"log2\"": gain = .linear
                case "'exp-log2'", "\"exp-log2\"": gain = .exponential
                default: throw fault("dcg is \(value) and must be 'log2' or 'exp-log2', in quotation marks")
                }
            }
        }
        self.init(kind, at: cutoff, relevance: relevance, gain: gain, persistence: persistence)
    }

    /// Reads names with commas between; a comma within brackets belongs to the name. A measure named twice is one.
    ///
    /// - Throws: `invalidFormat` for a name that is none, `empty` for no name at all.
    public static func list(_ names: String) throws(EvaluationError) -> [Measure] {
        var measures: [Measure] = []
        var depth = 0
        let parts = names.split { character in
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            return character == "," && depth <= 0
        }
        for part in parts where !part.trimmed.isEmpty {
            let measure = try Measure(named: String(part.trimmed))
            if !measures.contains(measure) { measures.append(measure) }
        }
        guard !measures.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "read measure",
                message: "\"\(names)\" names no measure. Give one, such as nDCG@10.")
        }
        return measures
    }

    private static func positive(_ digits: Substring) -> Int? {
        guard let first = digits.utf8.first, (0x31...0x39).contains(first) else { return nil }
        return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }

    private static let otherNames: [String: Kind] = [
        "NDCG": .nDCG, "MAP": .AP, "MRR": .RR, "Precision": .P, "Recall": .R, "RPrec": .Rprec, "BPref": .Bpref,
    ]
}

extension Measure.Kind {
    enum Cutoff { case needed, possible, none }

    /// Whether the name says how many ranks are looked at.
    var cutoff: Cutoff {
        switch self {
        case .P, .R, .Success: .needed
        case .nDCG, .AP, .RR, .Judged, .ERR, .RBP: .possible
        case .Rprec, .Bpref, .SetP, .SetR, .SetF: .none
        }
    }

    /// Parameters that the name may hold in brackets.
    var parameters: [String] {
        switch self {
        case .nDCG: ["dcg"]
        case .Judged, .ERR: []
        case .RBP: ["p", "rel"]
        case .AP, .RR, .P, .R, .Rprec, .Bpref, .Success, .SetP, .SetR, .SetF: ["rel"]
        }
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Without spaces at either end.
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { start[...$0] } ?? start[start.endIndex...]
    }
}
