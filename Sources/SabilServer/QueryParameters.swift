import Foundation
import Hummingbird
import SabilRecords

/// Names and values as they stand in an address or a form, in order.
struct QueryParameters: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

    /// Reads `a=1&b=2`: `+` is a space, `%` escapes are UTF-8.
    /// - Throws: `malformedRequest` for escapes that are no UTF-8, or more than 1,000 pairs.
    init(encoded text: String) throws(Problem) {
        let parts = text.split(separator: "&")
        guard parts.count <= 1_000 else {
            throw Problem(.malformedRequest, "The request has \(parts.count) parameters; 1000 are read.")
        }
        for part in parts {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0]), let value = Self.decoded(sides.count > 1 ? sides[1] : "") else {
                throw Problem(
                    .malformedRequest, "A parameter has a percent escape that is not UTF-8; encode the text as UTF-8.")
            }
            pairs.append((name, value))
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    /// The last value of a name; `nil` if it is missing or empty, as forms send empty fields.
    subscript(_ name: String) -> String? {
        guard let value = pairs.last(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
        return value
    }

    func values(_ name: String) -> [String] { pairs.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }

    /// Refuses names that nobody reads, each with the nearest name that is read.
    func refuseUnknown(known: [String], prefixes: [String] = []) throws(Problem) {
        let nearest = NearestName(known + prefixes.map { $0 + "…]" })
        var defects: [Problem.Defect] = []
        for (name, _) in pairs where !known.contains(name) && !prefixes.contains(where: { name.hasPrefix($0) }) {
            let hint =
                nearest.nearest(to: name).map { "did you mean \"\($0)\"?" }
                ?? "there are: \((known + prefixes.map { $0 + "…]" }).sorted().joined(separator: ", "))."
            defects.append(Problem.Defect(parameter: name, detail: "There is no such parameter; \(hint)"))
        }
        guard let first = defects.first else { return }
        throw Problem(
            .unknownParameter, "The parameter \"\(first.parameter ?? "")\" is not known here: \(first.detail)",
            defects: defects)
    }

    // MARK: Values

    func flag(_ name: String) throws(Problem) -> Bool? {
        guard let value = self[name] else { return nil }
        switch value {
        case "true", "1", "on", "yes": return true
        case "false", "0", "off", "no": return false
        default: throw Self.refusal(name, value, "write true or false.")
        }
    }

    func whole(_ name: String, from lowest: Int, to highest: Int) throws(Problem) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = Int(value), (lowest...highest).contains(number) else {
            throw Self.refusal(name, value, "write a whole number from \(lowest) to \(highest).")
        }
        return number
    }

    func choice<Value: RawRepresentable<String>>(
        _ name: String, of values: [Value]
    ) throws(Problem) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = values.first(where: { $0.rawValue == text }) else {
            let nearest = NearestName(values.map(\.rawValue)).nearest(to: text)
            let all = values.map(\.rawValue).joined(separator: ", ")
            throw Self.refusal(name, text, nearest.map { "did you mean \"\($0)\"?" } ?? "write one of: \(all).")
        }
        return value
    }

    static func refusal(_ name: String, _ value: String, _ remedy: String) -> Problem {
        let shown = value.count > 60 ? value.prefix(60) + "…" : value
        let detail = "The value \"\(shown)\" of \(name) cannot be used; \(remedy)"
        return Problem(.invalidParameter, detail, defects: [Problem.Defect(parameter: name, detail: detail)])
    }

    // MARK: Writing

    /// `a=1&b=2`, percent-encoded.
    var encoded: String {
        pairs.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    /// One name, value or part of a path, percent-encoded but for letters and digits of ASCII and `-._~`.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

extension Request {
    /// The parameters of the address.
    func parameters() throws(Problem) -> QueryParameters { try QueryParameters(encoded: uri.query ?? "") }
}
