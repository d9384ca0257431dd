import SabilRecords
import XapianIndex

/// Where a page ended, so that the next one goes on there: opaque to clients, good for the same question only.
///
/// In an order by date, title or beginning it names the last hit's place: the list may change meanwhile, and hits that were
/// there all along come once each. In an order by relevance every commit may change every score, so the cursor counts hits
/// and holds for the commit it was made on.
public struct PageCursor: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        /// Behind a hit of a sorted list.
        case after(SortPlace)
        /// Behind so many hits of a list of one commit.
        case behind(Int)
    }

    var place: Place
    /// ``SearchRequest/cursorDigest`` of the question.
    var request: UInt64
    /// Which index, and which of its commits.
    var index: UInt64
    var revision: UInt64

    private static let version: UInt8 = 1

    init(_ place: Place, request: UInt64, index: UInt64, revision: UInt64) {
        self.place = place
        self.request = request
        self.index = index
        self.revision = revision
    }

    /// Reads a cursor as ``text`` wrote it; `nil` for anything else.
    public init?(_ text: String) {
        guard var bytes = Base64.decode(text)?[...], bytes.popFirst() == Self.version,
            let request = Self.number(&bytes), let index = Self.number(&bytes), let revision = Self.number(&bytes),
            let number = Self.number(&bytes), let kind = bytes.popFirst()
        else { return nil }
        self.request = request
        self.index = index
        self.revision = revision
        switch kind {
        case 0:
            guard bytes.isEmpty, number <= UInt32.max else { return nil }
            place = .behind(Int(number))
        case 1:
            guard (1...UInt64(UInt32.max)).contains(number) else { return nil }
            place = .after(SortPlace(key: Array(bytes), documentID: number))
        default: return nil
        }
    }

    /// Letters, digits, `-` and `_`: fit for an address as it is.
    public var text: String {
        var bytes = [Self.version]
        func append(_ number: UInt64) {
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
            }
        }
        append(request)
        append(index)
        append(revision)
        switch place {
        case .behind(let count):
            append(UInt64(count))
            bytes.append(0)
        case .after(let place):
            append(place.documentID)
            bytes.append(1)
            bytes += place.key
        }
        return Base64.encode(bytes)
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        guard bytes.count >= 8 else { return nil }
        defer { bytes = bytes.dropFirst(8) }
        return bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension SearchRequest {
    /// Names the list of hits that the request asks for, whatever the page and what is shown of each hit.
    var cursorDigest: UInt64 {
        let selections = filters.filter { !$0.values.isEmpty }
            .map { "\($0.field.rawValue) \($0.mode.rawValue) " + $0.values.joined(separator: "\u{1F}") }
        let parts =
            [
                text, language?.rawValue ?? "", sort.rawValue, expansion.rawValue, spelling.rawValue,
                readerLanguage.rawValue,
                collapsesTranslations ? "collapsed" : "", usesPlacements ? "placed" : "",
                boosts.map(\.rawValue).sorted().joined(separator: " "),
                visibility.map(\.rawValue).sorted().joined(separator: " "),
            ] + selections
        return Digest.of(parts.joined(separator: "\u{1E}"))
    }
}

/// Base 64 with the alphabet for addresses and without padding (RFC 4648, section 5).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(held >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(held << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Returns: `nil` for other characters, or bits that ``encode(_:)`` does not leave.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            held = held << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
            }
        }
        guard bits < 6, held & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }
}
