public import SabilRecords

/// Texts that are nearly the same, and titles that are the same.
extension FixtureCheck {
    /// Pairs within one language that are too alike and not in `records/kin.tsv`; rows of that table that name nothing.
    func duplicateFindings() -> [FixtureFinding] {
        var findings: [FixtureFinding] = []
        var kin: Set<Set<RecordID>> = []
        for row in collection.kin {
            for id in [row.value.first, row.value.second] where records[id] == nil {
                findings.append(
                    row.finding(.duplicates, "There is no record \(id).", remedy: "Mend the id, or drop the line."))
            }
            if row.value.first == row.value.second || !kin.insert([row.value.first, row.value.second]).inserted {
                findings.append(
                    row.finding(
                        .duplicates, "The pair \(row.value.first), \(row.value.second) says nothing new.",
                        remedy: "Drop the line."))
            }
        }
        for language in Language.known {
            let own = collection.records.filter { $0.textLanguage == language }
            for pair in NearDuplicates.pairs(own.map(\.value), atLeast: requirements.nearDuplicate) {
                let (first, second) = (own[pair.first], own[pair.second])
                guard !kin.contains([first.value.id, second.value.id]) else { continue }
                findings.append(
                    second.finding(
                        .duplicates,
                        "\(second.value.id) and \(first.value.id) share \(percent(pair.likeness)) of their runs of five "
                            + "words, from \"\(pair.sample)\".",
                        remedy: "Write one of them anew, or list the pair in records/kin.tsv with the reason."))
            }
            var titles: [String: FixtureCollection.Located<ResourceRecord>] = [:]
            for record in own {
                let key = record.value.type + " " + NearDuplicates.words(record.value.title).joined(separator: " ")
                guard let earlier = titles[key] else {
                    titles[key] = record
                    continue
                }
                guard !kin.contains([earlier.value.id, record.value.id]) else { continue }
                findings.append(
                    record.finding(
                        .duplicates,
                        "\(record.value.id) and \(earlier.value.id), both \(record.value.type), have the same title.",
                        remedy: "Change one, or list the pair in records/kin.tsv with the reason."))
            }
        }
        return findings
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// Finds pairs of texts that share many runs of five words.
///
/// Source of the measure: Broder 1997, "On the resemblance and containment of documents", SEQUENCES '97. Exact, through
/// an inverted index of shingles: some hundred texts need no sketches.
public enum NearDuplicates {
    /// Two records by their positions, the first before the second.
    public struct Pair: Sendable, Hashable {
        public let first: Int
        public let second: Int
        /// Jaccard coefficient of the sets of shingles, 0…1.
        public let likeness: Double
        /// The first shared run of words.
        public let sample: String
    }

    /// Words of a shingle.
    public static let width = 5

    /// Pairs whose title and abstract, or whose title, abstract and body, are at least so alike; sorted by position.
    ///
    /// Both are compared because a body on one side only hides an abstract that was copied.
    /// - Complexity: O(words + pairs that share a shingle, once a shared shingle).
    public static func pairs(_ records: [ResourceRecord], atLeast threshold: Double) -> [Pair] {
        let short = likenesses(records.map { "\($0.title)\n\($0.abstract)" })
        let long = likenesses(records.map(\.wholeText))
        let best = short.merging(long) { $0.likeness >= $1.likeness ? $0 : $1 }
        return best.values.filter { $0.likeness >= threshold }.sorted {
            ($0.first, $0.second) < ($1.first, $1.second)
        }
    }

    private struct Key: Hashable {
        let first: Int
        let second: Int
    }

    private static func likenesses(_ texts: [String]) -> [Key: Pair] {
        var holders: [String: [Int]] = [:]
        var sizes: [Int] = []
        var shared: [Key: (count: Int, sample: String)] = [:]
        for (position, text) in texts.enumerated() {
            var own: Set<String> = []
            let words = words(text)
            for start in words.indices.dropLast(width - 1) {
                let shingle = words[start..<start + width].joined(separator: " ")
                guard own.insert(shingle).inserted else { continue }
                for other in holders[shingle] ?? [] {
                    shared[Key(first: other, second: position), default: (0, shingle)].count += 1
                }
                holders[shingle, default: []].append(position)
            }
            sizes.append(own.count)
        }
        var pairs: [Key: Pair] = [:]
        for (key, value) in shared {
            let union = sizes[key.first] + sizes[key.second] - value.count
            pairs[key] = Pair(
                first: key.first, second: key.second, likeness: Double(value.count) / Double(union),
                sample: value.sample)
        }
        return pairs
    }

    /// The words in lower case: runs of letters, digits and marks.
    static func words(_ text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
}
