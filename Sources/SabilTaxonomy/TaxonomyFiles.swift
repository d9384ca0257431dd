import FoundationEssentials
import SabilRecords

/// The files of a taxonomy directory as bytes, with a digest over all of them.
struct TaxonomyFiles: Sendable {
    struct File: Sendable {
        /// Path as shown in messages.
        let path: String
        let bytes: [UInt8]
    }

    /// In order of names.
    let turtle: [File]
    let registryFile: File?
    let ambiguousFile: File?
    let wordsFile: File?
    private let directory: String

    static let registryName = "registry.tsv"
    static let ambiguousName = "ambiguous.tsv"
    static let wordsName = "words.tsv"

    init(directory: String, requiringRegistry: Bool = true) throws(TaxonomyError) {
        self.directory = directory
        let names: [String]
        var isDirectory = false
        if FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), !isDirectory {
            throw TaxonomyError(
                code: .unreadable, operation: "reading the taxonomy", file: directory,
                message: "it is a file; give the directory that holds sabil.ttl.")
        }
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        } catch {
            throw TaxonomyError(
                code: .unreadable, operation: "reading the taxonomy", file: directory,
                message: "the directory cannot be listed (\(Self.reason(error))); check the path and the rights.")
        }
        func read(_ name: String) throws(TaxonomyError) -> File { try Self.read(directory + "/" + name) }
        var turtle: [File] = []
        for name in names where name.hasSuffix(".ttl") && !name.hasPrefix(".") { turtle.append(try read(name)) }
        guard !turtle.isEmpty else {
            throw TaxonomyError(
                code: .unreadable, operation: "reading the taxonomy", file: directory,
                message: "there is no .ttl file in it; give the directory that holds sabil.ttl.")
        }
        self.turtle = turtle
        registryFile = names.contains(Self.registryName) ? try read(Self.registryName) : nil
        ambiguousFile = names.contains(Self.ambiguousName) ? try read(Self.ambiguousName) : nil
        wordsFile = names.contains(Self.wordsName) ? try read(Self.wordsName) : nil
        if requiringRegistry, registryFile == nil {
            throw TaxonomyError(
                code: .registry, operation: "reading the taxonomy", file: directory,
                message: "registry.tsv is missing, so concepts have no permanent numbers; put it back.")
        }
    }

    /// Reads one file whole.
    static func read(_ path: String) throws(TaxonomyError) -> File {
        do {
            return File(path: path, bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
        } catch {
            throw TaxonomyError(
                code: .unreadable, operation: "reading the taxonomy", file: path,
                message: "the file cannot be read (\(reason(error))); check the path and the rights.")
        }
    }

    func graph() throws(TaxonomyError) -> SKOSGraph {
        var graph = SKOSGraph()
        for file in turtle { try graph.read(turtle: file.bytes, file: file.path) }
        return graph
    }

    func registry() throws(TaxonomyError) -> ConceptRegistry {
        guard let file = registryFile else { return ConceptRegistry() }
        return try ConceptRegistry(tsv: Self.text(of: file), file: file.path)
    }

    func ambiguousRows() throws(TaxonomyError) -> [AmbiguousRow] {
        guard let file = ambiguousFile else { return [] }
        return try AmbiguousRow.rows(of: Self.text(of: file), file: file.path)
    }

    func equivalents() throws(TaxonomyError) -> [WordEquivalents] {
        guard let file = wordsFile else { return [] }
        return try WordEquivalents.rows(of: Self.text(of: file), file: file.path)
    }

    var version: String {
        ContentDigest.hex(of: (turtle + [registryFile, ambiguousFile, wordsFile].compactMap { $0 }).map(\.bytes))
    }

    /// The text of a file that must be UTF-8.
    static func text(of file: File) throws(TaxonomyError) -> String {
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw TaxonomyError(
                code: .syntax, operation: "reading the taxonomy", file: file.path,
                message: "the file is not UTF-8; convert it.")
        }
        return text
    }

    private static func reason(_ error: any Error) -> String {
        guard let cocoa = error as? CocoaError else { return String(describing: type(of: error)) }
        switch cocoa.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: return "it does not exist"
        case .fileReadNoPermission: return "permission denied"
        default: return "error \(cocoa.code.rawValue)"
        }
    }
}

/// A digest that tells contents apart; it guards against mistakes, not against malice.
package enum ContentDigest {
    /// 32 hexadecimal digits: FNV-1a of 128 bits (offset and prime of the FNV reference), file by file with lengths.
    package static func hex(of files: [[UInt8]]) -> String {
        let prime: UInt128 = 309_485_009_821_345_068_724_781_371
        var digest: UInt128 = 144_066_263_297_769_815_596_495_629_667_062_367_629
        func take(_ byte: UInt8) { digest = (digest ^ UInt128(byte)) &* prime }
        for file in files {
            takeLength(file.count, take)
            for byte in file { take(byte) }
        }
        let digits = String(digest, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    private static func takeLength(_ count: Int, _ take: (UInt8) -> Void) {
        for shift in stride(from: 0, to: 64, by: 8) { take(UInt8(truncatingIfNeeded: count >> shift)) }
    }
}

/// A row of `ambiguous.tsv`, before its concepts are looked up.
struct AmbiguousRow: Sendable, Hashable {
    let language: Language
    let form: String
    let concepts: [ConceptID]
    let place: SourcePlace

    private static let header = ["language", "form", "concepts"]

    static func rows(of text: String, file: String) throws(TaxonomyError) -> [AmbiguousRow] {
        var rows: [AmbiguousRow] = []
        for (index, cells) in TabularText.rows(of: text).enumerated() {
            if index == 0, cells == header { continue }
            if cells == [""] { continue }
            guard index > 0, cells.count == 3, !cells[1].isEmpty, let language = Language(rawValue: cells[0]) else {
                throw TaxonomyError(
                    code: .syntax, operation: "reading ambiguous forms", file: file, line: index + 1,
                    message: index == 0
                        ? "the first line must be language, form, concepts, with tabs between; put it back."
                        : "a row is a language (en, fr, es, ar or und), a form and concepts with spaces between them, "
                            + "with tabs between the three; mend it.")
            }
            rows.append(
                AmbiguousRow(
                    language: language, form: cells[1],
                    concepts: cells[2].split(separator: " ").map { ConceptID(String($0)) },
                    place: SourcePlace(file: file, line: index + 1)))
        }
        return rows
    }
}
