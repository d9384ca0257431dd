import Foundation
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilExperiments

struct ExperimentInputsTests {
    private let program = ProgramDigest(hexadecimal: "00")

    private func digest(_ file: ExperimentFile, _ small: SmallCollection) throws -> String {
        try ExperimentInputs(file, places: small.places, program: program).digest
    }

    @Test func everyInputChangesTheDigestAndNothingElseDoes() throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let yaml = "taxonomy: ${COLLECTIONS}/labels.tsv\n"
        let file = try small.file(yaml)
        var seen = [try digest(file, small)]
        #expect(try digest(file, small) == seen[0], "reading twice")
        #expect(seen[0].count == 64)

        for name in [
            "collection/corpus.jsonl", "collection/queries.jsonl", "collection/qrels/test.tsv",
            "collection/lucene.trec",
            "labels.tsv",
        ] {
            try small.append("\n", to: name)
            let now = try digest(file, small)
            #expect(!seen.contains(now), "\(name) has one byte more")
            seen.append(now)
        }
        try FileManager.default.removeItem(at: small.folder.appending(path: "collection/lucene.trec"))
        let without = try digest(file, small)
        #expect(!seen.contains(without), "the reference run is gone")
        seen.append(without)

        #expect(!seen.contains(try digest(try small.file(yaml + "# a remark\n"), small)), "the experiment's file")
        let other = try ExperimentInputs(file, places: small.places, program: ProgramDigest(hexadecimal: "01")).digest
        #expect(!seen.contains(other), "another program")

        try small.write("x", to: "collection/SOURCE.md")
        let again = small.folder.appending(path: "collection/queries.jsonl")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: again.path)
        #expect(try digest(file, small) == without, "a file that is not read, and a date")
    }

    @Test func parametersAreInTheDigestByNameAndValue() throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let inputs = try ExperimentInputs(
            small.file("parameters: {k1: 1.25}\n"), places: small.places, program: program)
        #expect(inputs.parts["parameters"]?.contains("k1=1.25") == true)
        #expect(inputs.parts["parameters"]?.contains("personTagWeight=0.5") == true, "those that are not changed too")
    }

    @Test func wordsAreInTheDigestAndAreReadFromAFileOrAFolder() throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let text = "name: f\nkind: classify\ncollection: ${COLLECTIONS}/collection\nlanguage: many\nwords: "
        func parts(_ words: String) throws -> [String: String] {
            let file = try ExperimentFile(bytes: [UInt8]("\(text)\(words)\n".utf8), path: "f.yaml")
            for name in ["train.jsonl", "test.jsonl"] { try small.write("", to: "collection/\(name)") }
            return try ExperimentInputs(file, places: small.places, program: program).parts
        }
        try small.write("en\tar\ncat\tقط\n", to: "words.tsv")
        #expect(try parts("${COLLECTIONS}/words.tsv")["words"]?.count == 64)
        #expect(try parts(small.places.taxonomy)["words/words.tsv"]?.count == 64)

        let alone = try MeaningSource.load(small.folder.appending(path: "words.tsv").path)
        #expect(alone.map(\.forms) == [[.english: ["cat"], .arabic: ["قط"]]])
        // A taxonomy brings the names of its concepts besides.
        let whole = try MeaningSource.load(small.places.taxonomy)
        #expect(whole.contains { $0.forms[.english]?.first == "Cash transfers" && $0.forms[.arabic] != nil })
        #expect(whole.count > 3_000)
        try small.write("en\nx\n", to: "words.tsv")
        #expect(throws: TaxonomyError.self) { try MeaningSource.load(small.folder.appending(path: "words.tsv").path) }
        #expect(throws: TaxonomyError.self) { try MeaningSource.load(small.folder.appending(path: "none.tsv").path) }
    }

    @Test func everyFileOfTheFixturesAndTheirTaxonomyIsIn() throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let text = "name: f\nkind: rank\ncollection: fixtures:dev\nlanguage: many\n"
        let file = try ExperimentFile(bytes: [UInt8](text.utf8), path: "f.yaml")
        let parts = try ExperimentInputs(file, places: small.places, program: program).parts
        for name in [
            "collection/records/en.jsonl", "collection/records/ar.jsonl", "collection/search/queries.jsonl",
            "collection/search/qrels/dev.tsv", "taxonomy/sabil.ttl", "taxonomy/registry.tsv",
            "taxonomy/content-types.json",
        ] {
            #expect(parts[name]?.count == 64, "\(name)")
        }
        #expect(parts["collection/search/qrels/test.tsv"] == nil, "what is not read is not in it")
    }

    @Test func aMissingFileAndAMissingFolderAreSaid() throws {
        let small = try SmallCollection()
        defer { small.remove() }
        try FileManager.default.removeItem(at: small.folder.appending(path: "collection/corpus.jsonl"))
        let missing = #expect(throws: ExperimentError.self) { try digest(try small.file(), small) }
        #expect(missing?.code == .unreadable)
        #expect(missing?.message.contains("corpus.jsonl") == true)
        let unknown = #expect(throws: ExperimentError.self) {
            try ExperimentInputs(small.file(), places: ExperimentPlaces(), program: program)
        }
        #expect(unknown?.message.contains("--collections") == true)
    }

    @Test func theRunningProgramHasADigestThatStaysTheSame() throws {
        // Asking for a file's owner loads a library of the C library's own.
        let first = try ProgramDigest.running()
        _ = try FileManager.default.attributesOfItem(atPath: "/")
        #expect(try first == ProgramDigest.running())
        #expect(first.hexadecimal.count == 64)
    }

    /// Every one, every time: the table of maps comes in pieces of a page.
    @Test func everyLoadedLibraryIsFoundEveryTime() throws {
        let libraries = try ProgramDigest.loadedLibraries()
        for name in ["libxapian.so", "libicuuc.so", "libc.so", "libFoundationEssentials.so", "libstdc++.so"] {
            #expect(libraries.contains { $0.contains(name) }, "\(name) is missing in \(libraries)")
        }
        for round in 0..<50 { #expect(try ProgramDigest.loadedLibraries() == libraries, "round \(round)") }
    }

    @Test func librariesAreTakenFromTheTableOfMapsOnceEach() {
        let maps = """
            55d0 r--p 00000000 fe:00 12 /usr/bin/sabil
            7f00 r--p 00000000 fe:00 99    /usr/lib/libxapian.so.30.12.0
            7f01 r-xp 00001000 fe:00 99    /usr/lib/libxapian.so.30.12.0
            7f02 r--p 00000000 fe:00 98 /usr/lib/with space/libx.so
            7f03 r--p 00000000 fe:00 97 /usr/lib/x86_64-linux-gnu/gconv/UTF-16.so
            7f04 r--p 00000000 fe:00 96 /lib/libnss_files.so.2
            7f05 rw-p 00000000 00:00 0
            7f06 rw-p 00000000 00:00 0 [heap]
            7f07 r--s 00000000 fe:00 95 /srv/sabil/index/postlist.glass
            """
        #expect(ProgramDigest.libraries(in: maps) == ["/usr/lib/libxapian.so.30.12.0", "/usr/lib/with space/libx.so"])
    }
}
