public import SabilRecords

/// Which works are about the same subject, so that none of them may stand in another part of a split than the others.
///
/// Works about one and the same single country belong together; so do works whose titles name one and the same
/// programme. Any other work is a group of its own. A title counts as naming a programme only if the work is about a country
/// where that programme runs, or about none: "Old Age Allowance" is the name of one and the description of many.
public struct SubjectGroups: Sendable, Hashable {
    /// Sorted works of each group; groups sorted by their first work.
    public let groups: [[WorkID]]

    /// - Complexity: O(works · programmes).
    public init(_ records: [ResourceRecord], programmes: [FixtureContext.NamedProgramme]) {
        let works = Dictionary(grouping: records, by: \.work).sorted { $0.key < $1.key }
        var sets = DisjointSets(count: works.count)
        var holders: [String: Int] = [:]
        for (position, work) in works.enumerated() {
            let countries = Set(work.value.flatMap(\.countries))
            let named = programmes.filter { programme in
                (countries.isEmpty || !countries.isDisjoint(with: programme.countries))
                    && work.value.contains { record in programme.names.contains { Self.names($0, in: record.title) } }
            }
            var keys: [String] = []
            if countries.count == 1 { keys += countries.map { "country " + $0 } }
            if named.count == 1 { keys += named.map { "programme " + $0.id } }
            for key in keys {
                if let other = holders[key] { sets.join(other, position) } else { holders[key] = position }
            }
        }
        var members: [Int: [WorkID]] = [:]
        for (position, work) in works.enumerated() { members[sets.root(position), default: []].append(work.key) }
        groups = members.values.sorted { $0[0] < $1[0] }
    }

    /// Whether a title names a programme: all its words in a row.
    ///
    /// A name of one word must be written alike (`Prospera` is a name, `prospera` a verb); of the first word of an Arabic
    /// name a proclitic of one letter is taken off.
    static func names(_ name: String, in title: String) -> Bool {
        func parts(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }
        let isSingle = parts(name).count == 1
        let wanted = isSingle ? parts(name).map(String.init) : parts(name.lowercased()).map(String.init)
        let words = isSingle ? parts(title).map(String.init) : parts(title.lowercased()).map(String.init)
        guard let first = wanted.first, words.count >= wanted.count else { return false }
        return words.indices.dropLast(wanted.count - 1).contains { start in
            let head = words[start]
            guard head == first || "وبلكف".contains(head.prefix(1)) && head.dropFirst() == first else { return false }
            return words[(start + 1)..<(start + wanted.count)].elementsEqual(wanted.dropFirst())
        }
    }
}

/// Union-find by the smaller root, so that the outcome does not depend on the order of joining.
private struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func root(_ element: Int) -> Int {
        var root = element
        while parents[root] != root { root = parents[root] }
        var next = element
        while parents[next] != root { (parents[next], next) = (root, parents[next]) }
        return root
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (a, b) = (root(one), root(other))
        parents[max(a, b)] = min(a, b)
    }
}
