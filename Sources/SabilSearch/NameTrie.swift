/// Names as sequences of words, to be found in a text in one pass: words stand for themselves by their ``Digest``.
struct NameTrie: Sendable {
    /// Node of the trie; 0 is the root.
    typealias Node = Int32

    /// Digests of the edges and where each leads; node 0 = free. A power of two, at most half full.
    private var keys = [UInt64](repeating: 0, count: 64)
    private var targets = [Node](repeating: 0, count: 64)
    private var edgeCount = 0
    /// What the names that end at each node name.
    private var numbers: [[UInt32]] = [[]]

    /// Adds a name of one word or more.
    mutating func insert(_ words: [String], number: UInt32) {
        var node: Node = 0
        for word in words {
            let digest = Digest.of(word)
            var next = self.next(node, digest)
            if next == 0 {
                next = Node(numbers.count)
                numbers.append([])
                add(Self.key(node, digest), next)
            }
            node = next
        }
        if node != 0, !numbers[Int(node)].contains(number) { numbers[Int(node)].append(number) }
    }

    /// The node that a word leads to, or 0.
    @inline(__always)
    func next(_ node: Node, _ word: UInt64) -> Node {
        let key = Self.key(node, word)
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: key ^ (key >> 31)) & mask
        while targets[place] != 0 {
            if keys[place] == key { return targets[place] }
            place = (place + 1) & mask
        }
        return 0
    }

    /// What the name that ends here names; none where no name ends.
    @inline(__always)
    func numbers(at node: Node) -> [UInt32] { numbers[Int(node)] }

    @inline(__always)
    private static func key(_ node: Node, _ word: UInt64) -> UInt64 {
        word ^ (UInt64(truncatingIfNeeded: node) &* 0x9E37_79B9_7F4A_7C15)
    }

    private mutating func add(_ key: UInt64, _ target: Node) {
        edgeCount += 1
        if edgeCount * 2 > keys.count {
            let old = zip(keys, targets).filter { $0.1 != 0 }
            keys = [UInt64](repeating: 0, count: keys.count * 2)
            targets = [Node](repeating: 0, count: keys.count)
            for (key, target) in old { occupy(key, target) }
        }
        occupy(key, target)
    }

    private mutating func occupy(_ key: UInt64, _ target: Node) {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: key ^ (key >> 31)) & mask
        while targets[place] != 0 { place = (place + 1) & mask }
        keys[place] = key
        targets[place] = target
    }
}
