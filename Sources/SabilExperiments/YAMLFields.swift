import SabilRecords
import Yams

/// The members of a YAML mapping, asked for by key; every fault names file, line and key.
struct YAMLFields {
    let file: String
    /// What the file describes, such as `experiment`; stands in messages.
    private let subject: String
    /// The key under which this mapping stands, with a dot after it; empty for the whole file.
    private let prefix: String
    private let members: [Member]

    private struct Member {
        let key: String
        let value: Node
        let line: Int
    }

    /// Reads a file's text.
    ///
    /// - Throws: `invalidExperiment` with the line.
    init(
        text: String, file: String, subject: String = "experiment", known: [String]
    ) throws(ExperimentError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw Self.fault(subject, file, Self.line(of: error), Self.sentence(of: error))
        }
        guard let root else {
            throw Self.fault(
                subject, file, nil, "it is empty; give at least \(known.prefix(3).joined(separator: ", "))")
        }
        try self.init(root, file: file, subject: subject, prefix: "", known: known)
    }

    /// - Parameter known: the keys there may be; `nil` for any.
    private init(
        _ node: Node, file: String, subject: String, prefix: String, known: [String]?
    ) throws(ExperimentError) {
        self.file = file
        self.subject = subject
        self.prefix = prefix
        func fault(_ line: Int?, _ what: String) -> ExperimentError { Self.fault(subject, file, line, what) }
        guard case .mapping(let mapping) = node else {
            let what = prefix.isEmpty ? "the file" : "\"\(prefix.dropLast())\""
            throw fault(node.mark?.line, "\(what) is not a mapping; write a line `key: value` for each key")
        }
        var members: [Member] = []
        for (key, value) in mapping {
            let line = key.mark?.line ?? value.mark?.line ?? 0
            guard case .scalar(let scalar) = key else {
                throw fault(line, "a key is not a text; write `key: value`")
            }
            guard let known, !known.contains(scalar.string) else {
                members.append(Member(key: scalar.string, value: value, line: line))
                continue
            }
            let nearest = NearestName(known).nearest(to: scalar.string)
            let remedy = nearest.map { "did you mean \($0)?" } ?? "known are \(known.joined(separator: ", "))"
            throw fault(line, "there is no key \"\(prefix)\(scalar.string)\"; \(remedy)")
        }
        self.members = members
    }

    /// The keys that are given, in the order of the file.
    var keys: [String] { members.map(\.key) }

    func fault(_ key: String, _ what: String) -> ExperimentError {
        let line = members.first { $0.key == key }?.line
        return Self.fault(subject, file, line, "\"\(prefix)\(key)\" \(what)")
    }

    /// A text that must be given.
    func requiredText(_ key: String, _ remedy: String) throws(ExperimentError) -> String {
        guard let text = try text(key) else {
            throw Self.fault(subject, file, nil, "\"\(prefix)\(key)\" is missing; \(remedy)")
        }
        return text
    }

    func text(_ key: String) throws(ExperimentError) -> String? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        return try scalar(member.value, key).string
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) throws(ExperimentError) -> Choice? where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        let nearest = NearestName(known).nearest(to: text).map { "; did you mean \($0)?" } ?? ""
        throw fault(key, "is \"\(text)\" and must be one of \(known.joined(separator: ", "))\(nearest)")
    }

    func whole(_ key: String, in range: ClosedRange<Int>) throws(ExperimentError) -> Int? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        let scalar = try scalar(member.value, key)
        guard scalar.style == .plain, let number = Int(scalar.string), range.contains(number) else {
            let most = range.upperBound == .max ? "or more" : "to \(range.upperBound)"
            throw fault(key, "is \"\(scalar.string)\" and must be a whole number, \(range.lowerBound) \(most)")
        }
        return number
    }

    func number(_ key: String) throws(ExperimentError) -> Double? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        let scalar = try scalar(member.value, key)
        guard let number = Self.number(scalar) else {
            throw fault(key, "is \"\(scalar.string)\" and must be a number, such as 0.9")
        }
        return number
    }

    /// A list of texts, or one text.
    func texts(_ key: String) throws(ExperimentError) -> [String]? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        guard case .sequence(let sequence) = member.value else { return [try scalar(member.value, key).string] }
        var texts: [String] = []
        for node in sequence { texts.append(try scalar(node, key).string) }
        guard !texts.isEmpty else { throw fault(key, "is an empty list; leave it out or name something") }
        return texts
    }

    /// - Parameter known: the keys there may be; `nil` for any.
    func mapping(_ key: String, known: [String]?) throws(ExperimentError) -> YAMLFields? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        return try YAMLFields(member.value, file: file, subject: subject, prefix: "\(prefix)\(key).", known: known)
    }

    /// A value of any simple kind, told by how it is written.
    func value(_ key: String) throws(ExperimentError) -> TrainingOptionNames.Value? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        guard case .sequence(let sequence) = member.value else { return simple(try scalar(member.value, key)) }
        var values: [TrainingOptionNames.Value] = []
        for node in sequence { values.append(simple(try scalar(node, key))) }
        return .list(values)
    }

    private func simple(_ scalar: Node.Scalar) -> TrainingOptionNames.Value {
        guard scalar.style == .plain else { return .text(scalar.string) }
        switch scalar.string {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default: break
        }
        if let whole = Int(scalar.string) { return .whole(whole) }
        return Self.number(scalar).map { .number($0) } ?? .text(scalar.string)
    }

    private func scalar(_ node: Node, _ key: String) throws(ExperimentError) -> Node.Scalar {
        guard case .scalar(let scalar) = node else { throw fault(key, "is not a single value; write `\(key): value`") }
        guard !scalar.string.isEmpty else { throw fault(key, "is empty; give a value or leave the key out") }
        return scalar
    }

    /// Digits as people write them: no quotation marks, no hexadecimal numbers, no infinity.
    private static func number(_ scalar: Node.Scalar) -> Double? {
        guard scalar.style == .plain, scalar.string.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
            let number = Double(scalar.string), number.isFinite
        else { return nil }
        return number
    }

    private static func fault(_ subject: String, _ file: String, _ line: Int?, _ what: String) -> ExperimentError {
        ExperimentError(
            code: .invalidExperiment, operation: "read \(subject)",
            message: "Reading the \(subject) \"\(file)\" failed: \(line.map { "line \($0): " } ?? "")\(ended(what))")
    }

    /// With the mark at its end that a sentence has once.
    private static func ended(_ sentence: String) -> String {
        sentence.hasSuffix(".") || sentence.hasSuffix("?") ? sentence : sentence + "."
    }

    private static func line(of error: any Error) -> Int? {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    private static func sentence(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            "it is not YAML: \(problem); mend that line"
        case .reader(let problem, _, _, _): "it is not YAML: \(problem); write it in UTF-8"
        case .duplicatedKeysInMapping(let keys, _):
            "the mapping that begins here has a key twice (\(keys.sorted().joined(separator: ", "))); keep one"
        default: "it is not YAML (\(error))"
        }
    }
}
