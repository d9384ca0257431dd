import Glibc
import SabilAnalysis
import SabilRecords

/// Finds the names of labels in analysed texts; needs no training.
///
/// Function words do not count: `régime de pension` is found in `régimes des pensions`. Names in the text's own language match
/// by stem, names in other languages as written (folded). The longest name wins, and what lies within it is not matched again.
struct LabelMatcher: Sendable, Equatable {
    /// A name as it is looked for.
    struct Name: Sendable, Equatable, Codable {
        var label: Int32
        var language: Language
        /// As the vocabulary writes it.
        var text: String
        /// What a match says, before field, position and ambiguity.
        var weight: Double
        /// Written in capitals only: matches only what is written so too.
        var isAcronym: Bool
        /// Digests of the content words' stems and surfaces.
        var stems: [UInt64]
        var surfaces: [UInt64]
    }

    /// One name where it was found.
    struct Match: Sendable, Equatable {
        var label: Int32
        var name: Int
        /// Tokens from the first word of the name to its last.
        var tokens: Range<Int>
        /// What it says: the label's score is ln(1 + sum of these).
        var weight: Double
    }

    let names: [Name]
    private let index: [UInt64: [Int32]]
    private let prefixes: Set<UInt64>

    init(names: [Name]) {
        self.names = names
        var index: [UInt64: [Int32]] = [:]
        var prefixes: Set<UInt64> = []
        for (position, name) in names.enumerated() {
            for (words, start) in [
                (name.stems, Self.start(stemsOf: name.language)), (name.surfaces, Self.surfaceStart),
            ] where !words.isEmpty {
                var key = start
                for word in words {
                    prefixes.insert(key)
                    key = Self.step(key, word)
                }
                if index[key]?.last != Int32(position) { index[key, default: []].append(Int32(position)) }
            }
        }
        self.index = index
        self.prefixes = prefixes
    }

    /// Analyses names; those without a content word are left out.
    init(_ labelNames: [LabelName], labels: [String: Int32], session: inout AnalysisSession) throws(ModelError) {
        var names: [Name] = []
        for name in labelNames {
            guard name.weight > 0, let label = labels[name.label] else { continue }
            names += try Self.forms(of: name, label: label, session: &session)
        }
        self.init(names: names)
    }

    /// The name and, if it ends in a qualifier in brackets, the name without it, for less.
    private static func forms(
        of name: LabelName, label: Int32, session: inout AnalysisSession
    ) throws(ModelError) -> [Name] {
        var texts = [(name.text, name.weight)]
        if name.text.hasSuffix(")"), let bracket = name.text.lastIndex(of: "(") {
            let short = String(name.text[..<bracket])
            if short.contains(where: \.isLetter) { texts.append((short, name.weight * 0.7)) }
        }
        var forms: [Name] = []
        for (text, weight) in texts {
            let tokens = try AnalysedText(title: text, text: "", language: name.language, session: &session).tokens
                .filter { !$0.isStopword }
            guard !tokens.isEmpty, tokens.count > 1 || (tokens.first?.surface.utf8.count ?? 0) > 1 else { continue }
            let letters = text.filter(\.isLetter)
            let isAcronym = tokens.count == 1 && letters.utf8.count <= 6 && letters.utf8.allSatisfy { 65...90 ~= $0 }
            forms.append(
                Name(
                    label: label, language: name.language, text: name.text,
                    weight: weight * (tokens.count == 1 ? 0.6 : 1), isAcronym: isAcronym,
                    stems: tokens.map { Self.digest($0.stem) }, surfaces: tokens.map { Self.digest($0.surface) }))
        }
        return forms
    }

    private static let surfaceStart = digest("surface")
    private static func start(stemsOf language: Language) -> UInt64 { digest("stem " + language.rawValue) }
    private static func step(_ key: UInt64, _ word: UInt64) -> UInt64 {
        var digest = Digest()
        digest.add(key)
        digest.add(word)
        return digest.value
    }
    private static func digest(_ text: String) -> UInt64 {
        var digest = Digest()
        digest.add(text)
        return digest.value
    }

    /// The names found in a text, in its order.
    func matches(in text: AnalysedText, title: String, body: String) -> [Match] {
        guard !names.isEmpty else { return [] }
        let content = text.tokens.indices.filter { !text.tokens[$0].isStopword }
        let stems = content.map { Self.digest(text.tokens[$0].stem) }
        let surfaces = content.map { Self.digest(text.tokens[$0].surface) }
        let stemStart = Self.start(stemsOf: text.language)
        let titleBytes = Array(title.utf8)
        let bodyBytes = Array(body.utf8)
        var found: [Match] = []
        var first = 0
        while first < content.count {
            var best: (end: Int, names: [Int32], isStem: Bool)?
            for (words, start) in [(stems, stemStart), (surfaces, Self.surfaceStart)] {
                var key = start
                var end = first
                while end < content.count, prefixes.contains(key), isConnected(content, text, first: first, end: end) {
                    key = Self.step(key, words[end])
                    end += 1
                    guard let named = index[key] else { continue }
                    let fitting = named.filter {
                        !names[Int($0)].isAcronym
                            || Self.isCapital(text, token: content[first], titleBytes, bodyBytes)
                    }
                    if fitting.isEmpty { continue }
                    if let known = best, known.end > end { continue }
                    if let known = best, known.end == end {
                        let more = fitting.filter { !known.names.contains($0) }
                        best = (end, known.names + more, known.isStem)
                    } else {
                        best = (end, fitting, start == stemStart)
                    }
                }
            }
            guard let best else {
                first += 1
                continue
            }
            found += matches(best.names, tokens: content[first]..<(content[best.end - 1] + 1), rank: first, in: text)
            first = best.end
        }
        return found
    }

    /// Whether the content word at `end` may continue a name begun at `first`: same field, at most two function words between.
    private func isConnected(_ content: [Int], _ text: AnalysedText, first: Int, end: Int) -> Bool {
        if end == first { return true }
        return content[end] - content[end - 1] <= 3
            && text.field(ofToken: content[end]) == text.field(ofToken: content[first])
    }

    private static func isCapital(_ text: AnalysedText, token: Int, _ title: [UInt8], _ body: [UInt8]) -> Bool {
        let bytes = text.field(ofToken: token) == .title ? title : body
        let range = text.tokens[token].utf8Range.clamped(to: 0..<bytes.count)
        return !bytes[range].contains { 97...122 ~= $0 }
    }

    private func matches(_ found: [Int32], tokens: Range<Int>, rank: Int, in text: AnalysedText) -> [Match] {
        var best: [(label: Int32, name: Int)] = []
        for position in found {
            let name = names[Int(position)]
            if let known = best.firstIndex(where: { $0.label == name.label }) {
                if names[best[known].name].weight < name.weight { best[known].name = Int(position) }
            } else {
                best.append((name.label, Int(position)))
            }
        }
        let isTitle = text.field(ofToken: tokens.lowerBound) == .title
        let place = isTitle ? 3 : 0.5 + 0.5 * exp(-Double(tokens.lowerBound - text.titleCount) / 200)
        return best.map {
            Match(
                label: $0.label, name: $0.name, tokens: tokens,
                weight: names[$0.name].weight * place / Double(best.count))
        }
    }

    /// The score of each label found, by increasing label.
    static func scores(_ matches: [Match]) -> [LabelScore] {
        var sums: [Int32: Double] = [:]
        for match in matches { sums[match.label, default: 0] += match.weight }
        return sums.keys.sorted().map { LabelScore(label: $0, score: Float(log(1 + (sums[$0] ?? 0)))) }
    }
}
