import Foundation
import Glibc
import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilClassification

@Suite struct ModelFolderTests {
    private static func model(seed: UInt64 = 1) throws -> ConceptClassifier {
        try Kind(members: [], isSingle: true).train(SmallCorpus.examples(24, isSingle: true), seed: seed)
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Puts `change` between saving and loading.
    private static func code(_ change: (String) throws -> Void, taxonomy: String? = nil) throws -> ModelError.Code? {
        var code: ModelError.Code?
        try TemporaryFolder.with { folder in
            let path = folder + "/model"
            try model().save(to: path)
            try change(path)
            do throws(ModelError) {
                _ = try ConceptClassifier.load(from: path, taxonomy: taxonomy)
            } catch {
                code = error.code
                #expect(error.description.contains(path), "says which model")
            }
        }
        return code
    }

    private static func replace(_ old: String, _ new: String) -> (String) throws -> Void {
        { path in
            let manifest = String(decoding: try bytes(path + "/manifest.json"), as: UTF8.self)
            #expect(manifest.contains(old))
            try write(Array(manifest.replacingOccurrences(of: old, with: new).utf8), path + "/manifest.json")
        }
    }

    private static func weights(_ change: @escaping (inout [UInt8]) -> Void) -> (String) throws -> Void {
        { path in
            var bytes = try bytes(path + "/weights.bin")
            change(&bytes)
            try write(bytes, path + "/weights.bin")
        }
    }

    @Test func `each defect has its own code`() throws {
        let fingerprint = Analyzer().fingerprint.rawValue
        #expect(try Self.code { _ in } == nil)
        #expect(try Self.code { try FileManager.default.removeItem(atPath: $0) } == .missingManifest)
        #expect(try Self.code { try FileManager.default.removeItem(atPath: $0 + "/manifest.json") } == .missingManifest)
        #expect(try Self.code { try Self.write(Array("{".utf8), $0 + "/manifest.json") } == .malformedManifest)
        #expect(try Self.code(Self.replace(#""seed" : 1"#, #""seed" : "x""#)) == .malformedManifest)
        #expect(try Self.code(Self.replace(#""format" : 1"#, #""format" : 2"#)) == .otherFormat)
        #expect(try Self.code(Self.replace(fingerprint, "feedfacefeedface")) == .otherFingerprint)
        #expect(try Self.code({ _ in }, taxonomy: "another") == .otherTaxonomy)
        #expect(try Self.code { try FileManager.default.removeItem(atPath: $0 + "/weights.bin") } == .missingWeights)
        #expect(try Self.code(Self.weights { $0[0] = 0x7A }) == .wrongMagic)
        #expect(try Self.code(Self.weights { $0[8] = 9 }) == .otherWeightsVersion)
        #expect(try Self.code(Self.weights { $0.removeLast() }) == .truncatedWeights)
        #expect(try Self.code(Self.weights { $0.removeLast($0.count / 2) }) == .truncatedWeights)
        #expect(try Self.code(Self.weights { $0.removeAll() }) == .truncatedWeights)
        #expect(try Self.code(Self.weights { $0[$0.count / 2] ^= 0x40 }) == .corruptWeights)
        #expect(
            try Self.code {
                try FileManager.default.removeItem(atPath: $0 + "/weights.bin")
                try FileManager.default.createDirectory(atPath: $0 + "/weights.bin", withIntermediateDirectories: false)
            } == .unreadable)
    }

    @Test func `format is checked before analyzer, analyzer before weights`() throws {
        #expect(
            try Self.code {
                try Self.replace(#""format" : 1"#, #""format" : 2"#)($0)
                try Self.replace(Analyzer().fingerprint.rawValue, "feedfacefeedface")($0)
                try Self.weights { $0[0] = 0 }($0)
            } == .otherFormat)
        #expect(
            try Self.code {
                try Self.replace(Analyzer().fingerprint.rawValue, "feedfacefeedface")($0)
                try Self.weights { $0[0] = 0 }($0)
            } == .otherFingerprint)
    }

    @Test func `weights cut or bent anywhere never crash a load, even with the right digest`() throws {
        let whole = try Self.model().content.archive()
        var generator = SeededGenerator(seed: 11)
        for round in 0..<300 {
            var bytes = whole
            if round % 2 == 0 {
                bytes.removeLast(generator.nextIndex(below: bytes.count))
            } else {
                for _ in 0..<4 {
                    bytes[generator.nextIndex(below: bytes.count)] = UInt8(generator.nextIndex(below: 256))
                }
            }
            do throws(ModelError) {
                let content = try ModelContent(try WeightsReader(bytes, operation: "test"), operation: "test")
                let model = ConceptClassifier(
                    manifest: try ModelFolderTests.manifest(), content: content, analyzer: Analyzer())
                for probe in probes.prefix(3) {
                    _ = try model.suggest(title: probe.title, text: probe.text, language: probe.language)
                }
            } catch {
                #expect(
                    [.truncatedWeights, .corruptWeights, .wrongMagic, .otherWeightsVersion].contains(error.code),
                    "round \(round) of seed 11: \(error)")
            }
        }
    }

    private static func manifest() throws(ModelError) -> ModelManifest {
        ModelManifest(
            format: 1, id: ModelID("test"), analyzer: Analyzer().fingerprint, taxonomy: nil, trainingDigest: "",
            seed: 0,
            exampleCount: 0, labelCount: 0, trainedLabelCount: 0, featureCount: 0, isSingleLabel: true, languages: [:],
            measures: [:], options: TrainingOptions(), weightsDigest: "")
    }

    @Test func `a part that cannot be written is told at the end, and nothing follows it`() throws {
        // A device that is always full.
        let file = try DurableFile("/dev/full")
        file.write([1, 2, 3])
        file.write([4])
        let error = #expect(throws: FileFailure.self) { try file.finish() }
        #expect(error?.reason.contains("No space left") == true, "\(error?.reason ?? "")")
    }

    @Test func `saving over a model replaces it and leaves nothing beside it`() throws {
        try TemporaryFolder.with { folder in
            let one = try Self.model()
            let other = try Self.model(seed: 2)
            #expect(one.id != other.id)
            try one.save(to: folder + "/deep/model")
            try other.save(to: folder + "/deep/model")
            #expect(try ConceptClassifier.load(from: folder + "/deep/model").id == other.id)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/deep") == ["model"])
        }
    }

    /// Mounts an empty file system, where the system lets us.
    private static func mount(at path: String) throws -> Bool {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return Glibc.mount("none", path, "tmpfs", 0, nil) == 0
    }

    private static func mayMount() throws -> Bool {
        var isMounted = false
        try TemporaryFolder.with { folder in
            isMounted = try mount(at: folder + "/here")
            if isMounted { umount(folder + "/here") }
        }
        return isMounted
    }

    @Test(.enabled("mounting needs the right to do so") { try mayMount() })
    func `a model stays where it is when the new one cannot take its place`() throws {
        try TemporaryFolder.with { folder in
            let (one, other) = (try Self.model(), try Self.model(seed: 2))
            let place = folder + "/model"
            try one.save(to: place)
            // What is written can be filled and synced there, but a mounted folder cannot be renamed.
            let temporary = "\(place).writing-\(getpid())-\(other.id)"
            try #require(try Self.mount(at: temporary))
            defer { umount(temporary) }
            #expect { try other.save(to: place) } throws: { ($0 as? ModelError)?.code == .unwritable }
            #expect(try ConceptClassifier.load(from: place).id == one.id)
            #expect(umount(temporary) == 0)
            try other.save(to: place)
            #expect(try ConceptClassifier.load(from: place).id == other.id)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model"])
        }
    }

    @Test func `a folder that cannot be written is said so`() throws {
        try TemporaryFolder.with { folder in
            try Self.write([1], folder + "/file")
            #expect { try Self.model().save(to: folder + "/file/model") } throws: {
                ($0 as? ModelError)?.code == .unwritable
            }
        }
    }

    @Test func `the store keeps models by id and swaps the current one`() throws {
        try TemporaryFolder.with { folder in
            let store = ModelStore(directory: folder + "/models")
            #expect(try store.models() == [] && store.current() == nil)
            #expect { try store.load() } throws: { ($0 as? ModelError)?.code == .notFound }
            let one = try store.add(Self.model())
            let other = try store.add(Self.model(seed: 2))
            #expect(try store.add(Self.model()) == one)
            #expect(try store.models() == [one, other].sorted())
            #expect(try store.current() == nil)
            try store.promote(one)
            #expect(try store.load().id == one)
            try store.promote(other)
            #expect(try store.load().id == other)
            #expect(try store.load(one).id == one)
            for unknown in ["0000000000000000", "../models/\(one)", ""] {
                #expect { try store.promote(ModelID(unknown)) } throws: { ($0 as? ModelError)?.code == .notFound }
            }
            #expect(try store.current() == other)
            try Self.write(Array("nonsense".utf8), folder + "/models/current")
            #expect { try store.current() } throws: { ($0 as? ModelError)?.code == .unreadable }
        }
    }
}
