import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    /// Phrases and near words against their definition, and streams that are none.
    @Suite struct StreamPatternTests {
        struct Field {
            var words: [String]
            var isMarked = false
        }

        static let slot: UInt32 = 16
        static let vocabulary = ["cash", "cas", "cashes", "transfer", "tr", "حماية", "حما", "é", "w"]

        /// A stream as its definition says; the codes are not looked at.
        static func stream(_ fields: [Field], using random: inout SplitMix64) -> [UInt8] {
            let count = fields.reduce(0) { $0 + $1.words.count } + max(0, fields.count - 1)
            var bytes: [UInt8] = []
            bytes.appendVarint(UInt64(count))
            // Newlines, spaces and letters among them, as happens with digests.
            for _ in 0..<count * 3 { bytes.append([0x0A, 0x20, 0x01, 0x77].randomElement(using: &random) ?? 0) }
            for field in fields {
                bytes.append(0x0A)
                if field.isMarked { bytes.append(1) }
                bytes.append(0x20)
                for word in field.words { bytes += Array(word.utf8) + [0x20] }
            }
            return bytes
        }

        /// Whether a pattern occurs, tried place by place.
        static func occurs(_ pattern: StreamPattern, in fields: [Field]) -> Bool {
            let inScope: [Field]
            switch pattern.scope {
            case .anywhere: inScope = fields
            case .firstField: inScope = Array(fields.prefix(1))
            case .secondField: inScope = Array(fields.dropFirst().prefix(1))
            case .thirdField: inScope = Array(fields.dropFirst(2).prefix(1))
            case .markedFields: inScope = fields.filter(\.isMarked)
            }
            if !pattern.distances.isEmpty {
                return inScope.contains { isLinked(pattern, $0.words, from: nil, part: 0) }
            }
            return inScope.contains { field in
                field.words.indices.contains { start in
                    let window = Array(field.words[start..<min(start + pattern.window, field.words.count)])
                    return pattern.isOrdered
                        ? isSubsequence(pattern.words[...], of: window[...]) : isPart(pattern.words, of: window)
                }
            }
        }

        /// Every place of every phrase is tried.
        private static func isLinked(
            _ pattern: StreamPattern, _ text: [String], from last: Range<Int>?, part: Int
        ) -> Bool {
            guard part < pattern.phrases.count else { return true }
            let phrase = pattern.phrases[part]
            return text.indices.contains { start in
                guard text[start...].starts(with: phrase) else { return false }
                let place = start..<start + phrase.count
                if let last {
                    let words =
                        place.lowerBound >= last.upperBound
                        ? place.lowerBound - last.upperBound : last.lowerBound - place.upperBound
                    guard !place.overlaps(last), words + 1 <= pattern.distances[part - 1] else { return false }
                }
                return isLinked(pattern, text, from: place, part: part + 1)
            }
        }

        private static func isSubsequence(_ words: ArraySlice<String>, of text: ArraySlice<String>) -> Bool {
            guard let first = words.first else { return true }
            return text.indices.contains {
                text[$0] == first && isSubsequence(words.dropFirst(), of: text[($0 + 1)...])
            }
        }

        private static func isPart(_ words: [String], of text: [String]) -> Bool {
            var rest = text
            return words.allSatisfy { word in
                guard let at = rest.firstIndex(of: word) else { return false }
                rest.remove(at: at)
                return true
            }
        }

        private static func pattern(using random: inout SplitMix64) -> StreamPattern {
            let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                vocabulary.randomElement(using: &random) ?? "w"
            }
            let scopes: [StreamPattern.Scope] = [
                .anywhere, .anywhere, .firstField, .markedFields, .secondField, .thirdField,
            ]
            let scope = scopes.randomElement(using: &random) ?? .anywhere
            let window = Int.random(in: 0...8, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 3 where words.count > 1:
                let cut = Int.random(in: 1..<words.count, using: &random)
                var phrases = [Array(words[..<cut]), Array(words[cut...])]
                if Bool.random(using: &random) { phrases.append(["w"]) }
                return .chain(
                    phrases, distances: phrases.dropFirst().map { _ in Int.random(in: 1...5, using: &random) },
                    in: scope)
            case 0: return .phrase(words, in: scope)
            case 1: return .phrase(words, window: window, in: scope)
            default: return .near(words, window: window, in: scope)
            }
        }

        @Test(arguments: 1...8 as ClosedRange<UInt64>)
        func `patterns match the documents that hold them, alone and inside other operators`(seed: UInt64) async throws
        {
            print("seed \(seed)")
            var random = SplitMix64(seed: seed)
            let documents = (0..<120).map { _ in
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    Field(
                        words: (0..<Int.random(in: 0...9, using: &random)).map { _ in
                            Self.vocabulary.randomElement(using: &random) ?? "w"
                        }, isMarked: Bool.random(using: &random))
                }
            }
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            for (number, fields) in documents.enumerated() {
                var document = IndexDocument(uniqueTerm: "Q\(number)")
                for word in fields.flatMap(\.words) { document.addTerm(word) }
                document.setValue(slot: Self.slot, Self.stream(fields, using: &random))
                document.data = Array("\(number)".utf8)
                try await writer.replace([document])
            }
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            func numbers(_ node: QueryNode) throws -> Set<Int> {
                var query = IndexQuery(
                    node, limit: 500, checkAtLeast: [nil, .max].randomElement(using: &random) ?? nil)
                query.streamSlot = Self.slot
                query.weighting = [.boolean, .poweredBM25(), .xapianBM25()].randomElement(using: &random) ?? .boolean
                return Set(try reader.search(query).ids.compactMap { Int($0) })
            }
            func has(_ word: String, _ number: Int) -> Bool { documents[number].contains { $0.words.contains(word) } }
            var found = 0
            for _ in 0..<120 {
                let pattern = Self.pattern(using: &random)
                let expected = Set(documents.indices.filter { Self.occurs(pattern, in: documents[$0]) })
                found += expected.count
                let node = QueryNode.stream(pattern, pattern.words.map { .term($0) })
                let note: Comment = "seed \(seed), \(pattern)"
                #expect(try numbers(node) == expected, note)
                // Nothing rarer leads: the source itself goes from match to match.
                #expect(try numbers(.stream(pattern, [.all])) == expected, note)
                let word = Self.vocabulary.randomElement(using: &random) ?? "w"
                let others = Set(documents.indices.filter { has(word, $0) })
                #expect(try numbers(.or([.term(word), node])) == expected.union(others), note)
                #expect(try numbers(.andNot(.term(word), node)) == others.subtracting(expected), note)
                #expect(try numbers(.andNot(node, .term(word))) == expected.subtracting(others), note)
                #expect(try numbers(.filter(.term(word), node)) == expected.intersection(others), note)
                #expect(try numbers(.andMaybe(.scale(2, .term(word)), node)) == others, note)
                #expect(try numbers(.max([node, .and([.term(word), node])])) == expected, note)
            }
            #expect(found > 500)
        }

        @Test func `a pattern adds nothing to the score of its operands`() async throws {
            let directory = try TemporaryDirectory()
            var random = SplitMix64(seed: 5)
            let writer = try IndexWriter(path: directory.index)
            for number in 0..<20 {
                var document = IndexDocument(uniqueTerm: "Q\(number)")
                let words = number % 2 == 0 ? ["cash", "w", "cash", "transfer"] : ["transfer", "cash"]
                for word in words { document.addTerm(word) }
                document.setValue(slot: Self.slot, Self.stream([Field(words: words)], using: &random))
                try await writer.replace([document])
            }
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            let terms = ["cash", "transfer"].map { QueryNode.term($0) }
            var query = IndexQuery(.stream(.phrase(["cash", "transfer"]), terms), limit: 100)
            query.streamSlot = Self.slot
            let phrase = try reader.search(query)
            let both = try reader.search(IndexQuery(.and(terms), limit: 100))
            #expect(phrase.hits.count == 10 && both.hits.count == 20)
            let scores = Dictionary(uniqueKeysWithValues: both.hits.map { ($0.documentID, $0.score) })
            #expect(phrase.hits.allSatisfy { scores[$0.documentID] == $0.score && $0.score > 0 })
        }

        @Test(arguments: 1...4 as ClosedRange<UInt64>)
        func `a stream cut or bent never matches what it does not hold whole`(seed: UInt64) async throws {
            print("seed \(seed)")
            var random = SplitMix64(seed: seed)
            let fields = [
                Field(words: ["cash", "transfer", "é"]), Field(words: ["حماية", "w"], isMarked: true),
                Field(words: ["cash", "w"]),
            ]
            let whole = Self.stream(fields, using: &random)
            var streams = (0...whole.count).map { Array(whole.prefix($0)) }
            for _ in 0..<300 {
                var bent = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bent[Int.random(in: 0..<bent.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                streams.append(bent)
                streams.append(
                    (0..<Int.random(in: 0...40, using: &random)).map { _ in
                        [0x0A, 0x20, 0x01, 0x00, 0xFF, 0x80, 0x77].randomElement(using: &random) ?? 0
                    })
            }
            streams.append([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])
            streams.append([0xFF, 0xFF, 0xFF, 0xFF, 0x0F] + Array("\n cash transfer ".utf8))
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            for (number, stream) in streams.enumerated() {
                var document = IndexDocument(uniqueTerm: "Q\(number)")
                document.setValue(slot: Self.slot, stream)
                document.data = Array("\(number)".utf8)
                try await writer.replace([document])
            }
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            let patterns: [(StreamPattern, String)] = [
                (.phrase(["cash", "transfer"]), " cash transfer "), (.phrase(["w"]), " w "),
                (.phrase(["cash", "transfer"], in: .firstField), " cash transfer "),
                (.phrase(["حماية", "w"], in: .markedFields), " حماية w "),
                (.phrase(["cash", "é"], window: 3), " cash "), (.near(["é", "cash"], window: 5), " é "),
            ]
            for (pattern, needle) in patterns {
                var query = IndexQuery(.stream(pattern, [.all]), limit: 2000)
                query.streamSlot = Self.slot
                let found = try reader.search(query).ids.compactMap { Int($0) }
                #expect(found.contains(whole.count))
                for number in found {
                    // What matched stands in the bytes behind the codes.
                    let bytes = streams[number]
                    #expect(
                        bytes.count >= needle.utf8.count
                            && (0...bytes.count - needle.utf8.count).contains {
                                bytes[$0...].starts(with: needle.utf8)
                            }, "seed \(seed), \(pattern)")
                }
                // A stream cut before the end of its first two words holds no phrase.
                let firstWords = whole.count - Array("transfer é \n\u{1} حماية w \n cash w ".utf8).count
                #expect(!found.contains { $0 <= firstWords })
            }
        }

        @Test func `a pattern is looked for in as many candidates as asked, and the page says if there are more`()
            async throws
        {
            let directory = try TemporaryDirectory()
            // Every third has the words side by side, all have both.
            let documents = (0..<30).map { number in
                SampleDocument(id: "\(number)", words: number % 3 == 2 ? ["cash", "card"] : ["card", "w", "cash"])
            }
            try await makeIndex(directory.index, documents)
            let reader = try IndexReader(path: directory.index)
            var query = IndexQuery(.stream(.phrase(["cash", "card"]), [.term("cash"), .term("card")]), limit: 30)
            query.streamSlot = Slot.words
            query.weighting = .boolean
            for (most, found, isCut) in [
                (1, 0, true), (2, 0, true), (3, 1, true), (29, 9, true), (30, 10, false), (99, 10, false),
            ] {
                query.streamCandidates = most
                let page = try reader.search(query)
                #expect(page.hits.count == found && page.cutsStreams == isCut, "\(most)")
            }
            query.streamCandidates = nil
            let whole = try reader.search(query)
            #expect(whole.hits.count == 10 && !whole.cutsStreams)
        }

        @Test func `patterns that cannot be looked for are refused or match nothing`() async throws {
            let directory = try TemporaryDirectory()
            var random = SplitMix64(seed: 6)
            let writer = try IndexWriter(path: directory.index)
            var document = IndexDocument(uniqueTerm: "Q1")
            document.addTerm("cash")
            document.setValue(slot: Self.slot, Self.stream([Field(words: ["cash"])], using: &random))
            try await writer.replace([document])
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            func answer(_ node: QueryNode, slot: UInt32? = Self.slot) throws(IndexError) -> Int {
                var query = IndexQuery(node)
                query.streamSlot = slot
                return try reader.search(query).hits.count
            }
            let cash = QueryNode.stream(.phrase(["cash"]), [.term("cash")])
            #expect(try answer(cash) == 1)
            #expect(try answer(cash, slot: 3) == 0)
            #expect(try answer(.stream(.phrase([]), [.term("cash")])) == 0)
            #expect(try answer(.stream(.phrase(["cash"]), [])) == 0)
            #expect(try answer(.stream(.phrase(["cash"]), [.nothing])) == 0)
            #expect(try answer(.stream(.chain([["cash"], []], distances: [2]), [.term("cash")])) == 0)
            #expect(try answer(.stream(.chain([["cash"]], distances: []), [.term("cash")])) == 1)
            let refused: [(QueryNode, UInt32?)] = [
                (cash, nil), (.synonym([.term("cash"), cash]), Self.slot),
                (.stream(.phrase(["cash", ""]), [.term("cash")]), Self.slot),
                (.stream(.phrase(["a\nb"]), [.term("cash")]), Self.slot),
                (.stream(.chain([["a"], ["b\nc"]], distances: [2]), [.term("cash")]), Self.slot),
                (.stream(.chain([["a"], ["b"]], distances: [0]), [.term("cash")]), Self.slot),
                (.stream(.chain([["a"], ["b"]], distances: [100_001]), [.term("cash")]), Self.slot),
                (.stream(.near(Array(repeating: "w", count: 1_001), window: 5), [.term("cash")]), Self.slot),
            ]
            for (node, slot) in refused {
                let error = indexError { () throws(IndexError) in _ = try answer(node, slot: slot) }
                #expect(error?.code == .invalidArgument)
            }
        }
    }
}
