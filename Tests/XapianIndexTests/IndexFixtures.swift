import Foundation
import Synchronization

@testable import XapianIndex

/// A directory of one test's own; gone with the last reference.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("xapian-index-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // nothing to tell and nobody to tell it to

    var index: String { path + "/index" }
}

/// SplitMix64: the same numbers for the same seed everywhere. Source: Steele, Lea & Flood 2014.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

enum Slot {
    static let year: UInt32 = 0
    static let type: UInt32 = 1
    static let concepts: UInt32 = 3
    static let work: UInt32 = 4
    static let words: UInt32 = 16
}

/// A document as the tests think of it.
struct SampleDocument: Hashable {
    var id: String
    var words: [String]
    var year: Double?
    var type: String?
    var concepts: Set<UInt32> = []
    var work: String?

    /// The data is the id.
    var indexDocument: IndexDocument {
        var document = IndexDocument(uniqueTerm: "Q" + id)
        for word in words { document.addTerm(word) }
        if let type {
            document.addBooleanTerm("T" + type)
            document.setValue(slot: Slot.type, type)
        }
        if let year { document.setNumber(slot: Slot.year, year) }
        document.setValue(slot: Slot.words, wordStream)
        if !concepts.isEmpty { document.setList(slot: Slot.concepts, concepts) }
        if let work { document.setValue(slot: Slot.work, work) }
        document.data = Array(id.utf8)
        return document
    }

    /// The words as one field, with codes of zeros.
    var wordStream: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendVarint(UInt64(words.count))
        bytes += [UInt8](repeating: 0, count: 3 * words.count) + Array("\n ".utf8)
        for word in words { bytes += Array((word + " ").utf8) }
        return bytes
    }

    static let vocabulary = [
        "cash", "transfer", "pension", "school", "meal", "health", "card", "حماية", "salud", "égalité", "w", "zone",
    ]

    static func random(id: String, using random: inout SplitMix64) -> SampleDocument {
        SampleDocument(
            id: id,
            // Squared, so that some words are frequent and some rare.
            words: (0..<Int.random(in: 0...14, using: &random)).map { _ in
                let u = Double.random(in: 0..<1, using: &random)
                return vocabulary[Int(u * u * Double(vocabulary.count))]
            },
            year: Bool.random(using: &random) ? Double(Int.random(in: 1990...2024, using: &random)) : nil,
            type: Int.random(in: 0..<5, using: &random) == 0
                ? nil : ["news", "publication", "event"].randomElement(using: &random),
            concepts: Set(
                (0..<Int.random(in: 0...5, using: &random)).map { _ in
                    // Over 65,536 too: the shim counts those in another way.
                    UInt32.random(in: 0...9, using: &random) * ([1, 9_000].randomElement(using: &random) ?? 1)
                }),
            work: Bool.random(using: &random) ? "work\(Int.random(in: 0...6, using: &random))" : nil)
    }

    /// Whether a query matches, by its definition.
    func matches(_ query: QueryNode) -> Bool {
        switch query {
        case .term(let term, _):
            words.contains(term) || (type.map { "T" + $0 == term } ?? false) || term == "Q" + id
        case .and(let parts): !parts.isEmpty && parts.allSatisfy { matches($0) }
        case .or(let parts), .synonym(let parts), .max(let parts): parts.contains { matches($0) }
        case .andNot(let a, let b): matches(a) && !matches(b)
        case .andMaybe(let a, _): matches(a)
        case .filter(let a, let b): matches(a) && matches(b)
        case .stream(let pattern, let parts):
            !parts.isEmpty && !pattern.words.isEmpty && parts.allSatisfy { matches($0) }
                && IndexSuites.StreamPatternTests.occurs(pattern, in: [.init(words: words)])
        case .scale(_, let part): matches(part)
        case .valueRange(_, let low, let high):
            year.map { $0 >= (low ?? -.infinity) && $0 <= (high ?? .infinity) } ?? false
        case .valueIn(_, let types): type.map(types.contains) ?? false
        case .prefix(let prefix, _): words.contains { $0.hasPrefix(prefix) }
        case .all: true
        case .nothing: false
        }
    }

}

extension ResultPage {
    /// The data of the hits as text, in order.
    var ids: [String] { hits.map { String(decoding: $0.data, as: UTF8.self) } }
}

/// An index of the documents, committed.
func makeIndex(_ path: String, _ documents: [SampleDocument]) async throws {
    let writer = try IndexWriter(path: path)
    try await writer.replace(documents.map(\.indexDocument))
    try await writer.finish()
}

/// The error that body throws, or nil.
func indexError(_ body: () throws(IndexError) -> Void) -> IndexError? {
    do throws(IndexError) {
        try body()
        return nil
    } catch {
        return error
    }
}

/// A number that several tasks may raise.
final class Counter: Sendable {
    private let number = Atomic(0)
    var value: Int { number.load(ordering: .acquiring) }
    var isPositive: Bool { value > 0 }

    @discardableResult
    func increment() -> Int { number.add(1, ordering: .acquiringAndReleasing).newValue }
}
