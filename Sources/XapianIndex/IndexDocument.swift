/// A document on its way into the index: terms, values and data in one packed buffer.
///
/// The buffer crosses into the engine in one call. Terms that are empty or longer than ``maximumTermBytes`` are left
/// out and counted in ``droppedTerms``; they are not cut, since a cut term would match what was never written.
///
/// ```swift
/// var document = IndexDocument(uniqueTerm: "Qen-0001")
/// document.addTerm("cash", wdf: 2)
/// document.addBooleanTerm("Len")
/// document.setNumber(slot: 0, 2018)
/// ```
public struct IndexDocument: Sendable, Hashable {
    /// The longest term, in bytes of UTF-8; a NUL counts twice.
    public static let maximumTermBytes = 245

    /// The boolean term that identifies the document; replacing and deleting go by it.
    public let uniqueTerm: String
    /// Terms left out because they were empty or too long.
    public private(set) var droppedTerms = 0
    /// What a hit gives back: any bytes.
    public var data: [UInt8] = []

    /// The entries of the packed buffer but for the data.
    private(set) var entries: [UInt8] = []

    private enum Tag {
        static let term: UInt8 = 2
        static let boolean: UInt8 = 3
        static let value: UInt8 = 4
        static let number: UInt8 = 5
        static let data: UInt8 = 6
    }

    public init(uniqueTerm: String) {
        self.uniqueTerm = uniqueTerm
        entries.reserveCapacity(4096)
    }

    /// Adds a term, raising its frequency in the document by `wdf`.
    public mutating func addTerm(_ term: String, wdf: UInt32 = 1) {
        guard append(Tag.term, term: term) else { return }
        entries.appendVarint(UInt64(wdf))
    }

    /// Adds a term given as bytes of UTF-8 after a prefix, without making a text of it.
    public mutating func addTerm(prefix: StaticString = "", utf8: Span<UInt8>, wdf: UInt32 = 1) {
        guard !utf8.isEmpty, append(Tag.term, prefix: prefix, utf8: utf8) else { return }
        entries.appendVarint(UInt64(wdf))
    }

    /// Adds a term to filter by: it counts nothing in scores and lengths.
    public mutating func addBooleanTerm(_ term: String) {
        _ = append(Tag.boolean, term: term)
    }

    /// Stores bytes in a slot; the last call for a slot wins, and no bytes mean no value.
    public mutating func setValue(slot: UInt32, _ bytes: some Collection<UInt8>) {
        entries.append(Tag.value)
        entries.appendVarint(UInt64(slot))
        entries.appendVarint(UInt64(bytes.count))
        entries.append(contentsOf: bytes)
    }

    /// Stores text in a slot.
    public mutating func setValue(slot: UInt32, _ text: String) {
        setValue(slot: slot, text.utf8)
    }

    /// Stores a number in a slot so that sorts and ranges go by its size. NaN is stored as no value.
    public mutating func setNumber(slot: UInt32, _ number: Double) {
        guard !number.isNaN else {
            setValue(slot: slot, EmptyCollection<UInt8>())
            return
        }
        entries.append(Tag.number)
        entries.appendVarint(UInt64(slot))
        let bits = number.bitPattern
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            entries.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
    }

    /// Stores a set of numbers in a slot, for facets of the kind ``FacetRequest/Kind/list``.
    ///
    /// Order and repetitions are lost: a document counts once per number.
    public mutating func setList(slot: UInt32, _ numbers: some Sequence<UInt32>) {
        setValue(slot: slot, IndexValue.encodeList(numbers))
    }

    /// The whole buffer as it crosses the border.
    var packed: [UInt8] {
        guard !data.isEmpty else { return entries }
        var all = entries
        all.reserveCapacity(entries.count + data.count + 8)
        all.append(Tag.data)
        all.appendVarint(UInt64(data.count))
        all.append(contentsOf: data)
        return all
    }

    private mutating func append(_ tag: UInt8, term: String) -> Bool {
        let count = term.utf8.count
        guard count > 0, IndexDocument.fits(term, byteCount: count) else {
            droppedTerms += 1
            return false
        }
        entries.append(tag)
        entries.appendVarint(UInt64(count))
        entries.append(contentsOf: term.utf8)
        return true
    }

    private mutating func append(_ tag: UInt8, prefix: StaticString, utf8: Span<UInt8>) -> Bool {
        let count = prefix.utf8CodeUnitCount + utf8.count
        var stored = count
        if count > IndexDocument.maximumTermBytes / 2 {
            for index in utf8.indices where utf8[index] == 0 { stored += 1 }
        }
        guard count > 0, stored <= IndexDocument.maximumTermBytes else {
            droppedTerms += 1
            return false
        }
        entries.append(tag)
        entries.appendVarint(UInt64(count))
        entries.append(prefix)
        entries.append(utf8)
        return true
    }

    private static func fits(_ term: String, byteCount: Int) -> Bool {
        guard byteCount <= maximumTermBytes else { return false }
        // Only a term of more than half the limit can be pushed over it by NULs.
        guard byteCount > maximumTermBytes / 2 else { return true }
        return byteCount + term.utf8.count(where: { $0 == 0 }) <= maximumTermBytes
    }
}

extension [UInt8] {
    /// Appends an unsigned LEB128 number.
    mutating func appendVarint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a text as length and bytes.
    mutating func appendText(_ text: String) {
        appendVarint(UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
