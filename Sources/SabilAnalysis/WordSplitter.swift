/// Parts a word of UAX #29 where a language writes two words as one: elision, possessive, acronyms, low lines. Joins an ISBN.
struct WordSplitter: Sendable {
    /// One word to analyse: bytes of the text, and what to analyse in their stead when they are joined or acronyms.
    struct Piece {
        var start: Int
        var end: Int
        var rewritten: [UInt8]?
    }

    private enum Joint {
        case apostrophe
        case stop
        case middleDot
        case other
    }

    private let elisions: [[UInt8]]
    private let joinedHeads: [[UInt8]]
    private let dropsPossessive: Bool
    private let dropsInclusiveEndings: Bool
    private let joinsAcronyms: Bool

    init(_ profile: LanguageProfile) {
        func words(_ list: String) -> [[UInt8]] { list.split(separator: " ").map { Array($0.utf8) } }
        elisions = words(profile.elisions)
        joinedHeads = words(profile.joinedHeads)
        dropsPossessive = profile.dropsPossessive
        dropsInclusiveEndings = profile.dropsInclusiveEndings
        joinsAcronyms = profile.joinsAcronyms
    }

    /// The pieces of bytes `start..<end` of a text, in order; empty when nothing but joints is there.
    func pieces(of text: borrowing Span<UInt8>, from start: Int, to end: Int) -> [Piece] {
        if let number = Self.bookNumber(text, from: start, to: end) {
            return [Piece(start: start, end: end, rewritten: number)]
        }
        var (pieces, joints) = parted(text, from: start, to: end)
        guard pieces.count > 1 else { return pieces }
        // `joints[i]` stands after `pieces[i]`.
        var index = 0
        while index < joints.count {
            guard joints[index] == .apostrophe else {
                index += 1
                continue
            }
            if matches(text, pieces[index], elisions) {
                pieces.remove(at: index)
                joints.remove(at: index)
            } else if matches(text, pieces[index], joinedHeads) {
                join(text, &pieces, at: index)
                joints.remove(at: index)
            } else {
                index += 1
            }
        }
        if dropsPossessive, joints.last == .apostrophe, let last = pieces.last, matches(text, last, [[0x73]]) {
            pieces.removeLast()
            joints.removeLast()
        }
        if dropsInclusiveEndings {
            while joints.last == .middleDot, let last = pieces.last, last.end - last.start <= 5 {
                pieces.removeLast()
                joints.removeLast()
            }
        }
        return joinsAcronyms && isAcronym(text, pieces, joints) ? [acronym(text, pieces)] : pieces
    }

    /// The digits of an ISBN, the only word that holds hyphens.
    private static func bookNumber(_ text: borrowing Span<UInt8>, from start: Int, to end: Int) -> [UInt8]? {
        guard (start..<end).contains(where: { text[$0] == 0x2D }) else { return nil }
        return (start..<end).compactMap { text[$0] == 0x2D ? nil : text[$0] }
    }

    private func parted(
        _ text: borrowing Span<UInt8>, from start: Int, to end: Int
    ) -> (pieces: [Piece], joints: [Joint]) {
        var pieces: [Piece] = []
        var joints: [Joint] = []
        var pieceStart = start
        var pending: Joint?
        var index = start
        while index < end {
            let (codePoint, length) = UTF8Bytes.decode(text, at: index)
            if let joint = Self.joint(codePoint), !isDecimal(text, joint, at: index, length, start, end) {
                if pieceStart < index {
                    if let pending { joints.append(pending) }
                    pieces.append(Piece(start: pieceStart, end: index))
                    pending = joint
                } else if !pieces.isEmpty {
                    pending = .other
                }
                pieceStart = index + length
            }
            index += length
        }
        if pieceStart < end {
            if let pending { joints.append(pending) }
            pieces.append(Piece(start: pieceStart, end: end))
        }
        return (pieces, joints)
    }

    private static func joint(_ codePoint: UInt32) -> Joint? {
        switch codePoint {
        case 0x27, 0x2018, 0x2019, 0x02BC, 0xFF07: .apostrophe
        case 0x2E, 0x2C, 0x2024, 0xFE52, 0xFF0E, 0xFF0C, 0xFE50: .stop
        case 0xB7, 0x2027, 0x0387: .middleDot
        case 0x5F, 0x40, 0x3A, 0x3B, 0x202F, 0x203F, 0x2040, 0x2054, 0xFE33, 0xFE34, 0xFE4D...0xFE4F, 0xFF3F, 0xFF1A,
            0xFF1B,
            0xFE13, 0xFE55, 0x055F, 0x05F4, 0x037E, 0x0589, 0x2044, 0xFE10, 0xFE14:
            .other
        default: nil
        }
    }

    /// Whether a full stop or comma stands between two digits: it belongs to the number.
    private func isDecimal(
        _ text: borrowing Span<UInt8>, _ joint: Joint, at index: Int, _ length: Int, _ start: Int, _ end: Int
    ) -> Bool {
        guard joint == .stop, length == 1, index > start, index + 1 < end else { return false }
        return text[index - 1] &- 0x30 < 10 && text[index + 1] &- 0x30 < 10
    }

    /// Single letters with full stops between: `U.N`.
    private func isAcronym(_ text: borrowing Span<UInt8>, _ pieces: [Piece], _ joints: [Joint]) -> Bool {
        guard pieces.count > 1, joints.allSatisfy({ $0 == .stop }) else { return false }
        for piece in pieces where piece.rewritten == nil {
            let (codePoint, length) = UTF8Bytes.decode(text, at: piece.start)
            guard length == piece.end - piece.start, (1...5).contains(UnicodeForms.category(codePoint)) else {
                return false
            }
        }
        return pieces.allSatisfy { $0.rewritten == nil }
    }

    private func acronym(_ text: borrowing Span<UInt8>, _ pieces: [Piece]) -> Piece {
        var letters: [UInt8] = []
        for piece in pieces {
            for index in piece.start..<piece.end { letters.append(text[index]) }
        }
        return Piece(start: pieces[0].start, end: pieces[pieces.count - 1].end, rewritten: letters)
    }

    /// Whether a piece is one of a list of lower-case ASCII words, whatever its case.
    private func matches(_ text: borrowing Span<UInt8>, _ piece: Piece, _ words: [[UInt8]]) -> Bool {
        guard piece.rewritten == nil else { return false }
        search: for word in words where word.count == piece.end - piece.start {
            for offset in word.indices where text[piece.start + offset] | 0x20 != word[offset] { continue search }
            return true
        }
        return false
    }

    /// Joins the piece at `index` with the one after it.
    private func join(_ text: borrowing Span<UInt8>, _ pieces: inout [Piece], at index: Int) {
        let next = pieces[index + 1]
        var bytes: [UInt8] = []
        for offset in pieces[index].start..<pieces[index].end { bytes.append(text[offset]) }
        if let rewritten = next.rewritten {
            bytes += rewritten
        } else {
            for offset in next.start..<next.end { bytes.append(text[offset]) }
        }
        pieces[index] = Piece(start: pieces[index].start, end: next.end, rewritten: bytes)
        pieces.remove(at: index + 1)
    }
}
