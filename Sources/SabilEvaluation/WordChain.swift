import Glibc
import SabilRecords

/// The running words of one language: which follow which, how often, and how many more there must be.
///
/// A word is drawn after its predecessor, from the record that is imitated, from all running words, or from beyond the
/// vocabulary. How often the last happens, and how the number of distinct words grows with the text (Heaps' law), are
/// estimated from the words given. Words beyond the vocabulary have ranks and no memory: rank 17 is always spelled alike.
/// Words are kept as UTF-8 that needs no escape in JSON.
struct WordChain: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int32] = [0]
    private var numbers: [[UInt8]: Int32] = [:]
    /// Every running word, so that a uniform draw follows the frequencies.
    private var running: [Int32] = []
    /// The texts' first places in `running`: no word follows across them.
    private var textStarts: Set<Int32> = []

    /// The words after each word, one after the other; `followerStarts[w]..<followerStarts[w + 1]` are those of word w.
    private var followers: [Int32] = []
    private var followerStarts: [Int32] = []
    private var heads: [Range<Int>] = []
    private var tails: [Range<Int>] = []
    /// Probability, in 1/65536, that the next word is none of those given.
    private var unseenRate: UInt64 = 0
    /// Exponent by which the rank of an unseen word is drawn: b / (1 - b) for Heaps' exponent b.
    private var rankExponent = 1.0

    /// Counts one text.
    ///
    /// - Returns: its words, as numbers.
    mutating func add(_ text: String) -> [Int32] {
        var own: [Int32] = []
        for piece in text.utf8.split(whereSeparator: { $0 <= 0x20 }) {
            // Quotes, backslashes and control characters would need escapes.
            let word = piece.filter { $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
            guard !word.isEmpty else { continue }
            let number: Int32
            if let known = numbers[word] {
                number = known
            } else {
                number = Int32(numbers.count)
                numbers[word] = number
                bytes += word
                starts.append(Int32(bytes.count))
            }
            if own.isEmpty { textStarts.insert(Int32(running.count)) }
            own.append(number)
            running.append(number)
        }
        return own
    }

    /// Works the tables out once all texts are in.
    ///
    /// - Complexity: O(running words).
    mutating func finish() {
        let count = numbers.count
        numbers = [:]
        followerStarts = [Int32](repeating: 0, count: count + 1)
        for place in running.indices.dropFirst() where !textStarts.contains(Int32(place)) {
            followerStarts[Int(running[place - 1]) + 1] += 1
        }
        for word in 0..<count { followerStarts[word + 1] += followerStarts[word] }
        followers = [Int32](repeating: 0, count: Int(followerStarts.last ?? 0))
        var next = followerStarts
        for place in running.indices.dropFirst() where !textStarts.contains(Int32(place)) {
            let previous = Int(running[place - 1])
            followers[Int(next[previous])] = running[place]
            next[previous] += 1
        }
        textStarts = []
        estimateGrowth()
        chooseParts()
    }

    /// Good 1953, eq. (9): the mass of unseen words is the share of running words seen once. Heaps' exponent from the
    /// vocabulary of the first half against that of the whole. Case and punctuation make no new word here.
    private mutating func estimateGrowth() {
        guard running.count > 1 else { return }
        let plain = (0..<(starts.count - 1)).map { word in
            String(decoding: bytes[Int(starts[word])..<Int(starts[word + 1])], as: UTF8.self).lowercased()
                .filter { $0.isLetter || $0.isNumber }
        }
        var frequencies: [String: Int] = [:]
        var atHalf = 0
        for (place, word) in running.enumerated() {
            if place == running.count / 2 { atHalf = frequencies.count }
            frequencies[plain[Int(word)], default: 0] += 1
        }
        let once = frequencies.values.count { $0 == 1 }
        unseenRate = UInt64(Double(once) / Double(running.count) * 65_536)
        let heaps = min(0.8, max(0.4, log2(Double(frequencies.count) / Double(max(1, atHalf)))))
        rankExponent = heaps / (1 - heaps)
    }

    /// First and last halves of long words of letters, from which words beyond the vocabulary are spelled.
    private mutating func chooseParts() {
        for word in 0..<(starts.count - 1) {
            let range = Int(starts[word])..<Int(starts[word + 1])
            guard let text = String(validating: bytes[range], as: UTF8.self), text.allSatisfy(\.isLetter),
                text.count >= 6
            else { continue }
            let head = text.prefix(text.count / 2).utf8.count
            heads.append(range.lowerBound..<(range.lowerBound + head))
            tails.append((range.lowerBound + head)..<range.upperBound)
        }
    }

    /// Appends a text of `count` words to `output`.
    ///
    /// - Parameter near: the words of the record that is imitated; must not be empty.
    /// - Complexity: O(count), without allocation but for the growth of `output`.
    func appendText(
        words count: Int, near: [Int32], to output: inout [UInt8], using random: inout SeededGenerator
    ) {
        var previous: Int32 = -1
        for ordinal in 0..<count {
            if ordinal > 0 { output.append(0x20) }
            let draw = random.next()
            let branch = draw & 0xFFFF
            let place = draw >> 16
            if branch < unseenRate, !heads.isEmpty {
                appendUnseen(place, to: &output)
                previous = -1
                continue
            }
            let number: Int32
            let first = previous < 0 ? 0 : Int(followerStarts[Int(previous)])
            let after = previous < 0 ? 0 : Int(followerStarts[Int(previous) + 1])
            if branch < 0x9000, after > first {
                number = followers[first + index(place, below: after - first)]
            } else if branch < 0xC800 {
                number = near[index(place, below: near.count)]
            } else {
                number = running[index(place, below: running.count)]
            }
            output += bytes[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])]
            previous = number
        }
    }

    /// A place below `bound` out of 48 random bits.
    private func index(_ bits: UInt64, below bound: Int) -> Int {
        Int((bits << 16).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Appends a word outside the vocabulary: its rank is drawn from a Lomax law, whose tail makes the number of distinct
    /// words grow as Heaps' law has it, and its spelling from two halves of words that the rank picks.
    private func appendUnseen(_ bits: UInt64, to output: inout [UInt8]) {
        let unit = (Double(bits) + 1) * 0x1p-48
        let rank = min(1e12, 2000 * (pow(unit, -rankExponent) - 1))
        var spelling = SeededGenerator(seed: UInt64(rank))
        output += bytes[heads[spelling.nextIndex(below: heads.count)]]
        output += bytes[tails[spelling.nextIndex(below: tails.count)]]
    }
}
