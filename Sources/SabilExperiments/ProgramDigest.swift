import Crypto
import FoundationEssentials
import SabilRecords

/// The digest of the running program: of the executable and of every library loaded into it.
public struct ProgramDigest: Sendable, Hashable {
    /// 64 hexadecimal digits.
    public let hexadecimal: String

    /// A digest for tests and for programs that are not files.
    public init(hexadecimal: String) { self.hexadecimal = hexadecimal }

    /// Reads the executable as it runs (also when another has taken its place since), and the libraries at their paths.
    ///
    /// Blocks the thread for the reading of some 100 MB.
    /// - Throws: `unreadable` where the system does not tell what is loaded.
    public static func running() throws(ExperimentError) -> ProgramDigest {
        do {
            let executable = try Data(contentsOf: URL(filePath: "/proc/self/exe"))
            var hash = SHA256()
            hash.update(data: SHA256.hash(data: executable).data)
            for path in try loadedLibraries() {
                hash.update(data: SHA256.hash(data: try Data(contentsOf: URL(filePath: path))).data)
            }
            return ProgramDigest(hexadecimal: hash.finalize().hexadecimal)
        } catch {
            throw ExperimentError(
                code: .unreadable, operation: "read the running program",
                message:
                    "Reading the running program and its libraries through /proc/self failed: \(error). Without them "
                    + "a result cannot be told from an older one.")
        }
    }

    /// Paths of the libraries that are loaded now, sorted.
    ///
    /// Line by line: the table has no size, and a reader that trusts sizes gets its first page only.
    static func loadedLibraries() throws(RecordError) -> [String] {
        var maps = ""
        var lines = try LineReader(path: "/proc/self/maps", limit: 1 << 16)
        while let line = try lines.next() {
            if case .bytes(let bytes) = line.content { maps += String(decoding: bytes, as: UTF8.self) + "\n" }
        }
        return libraries(in: maps)
    }

    /// Paths of the libraries in a table of memory maps, sorted.
    static func libraries(in maps: String) -> [String] {
        var paths: Set<String> = []
        for line in maps.split(separator: "\n") {
            let columns = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            guard columns.count == 6 else { continue }
            let path = columns[5].drop { $0 == " " }
            // Data that the program maps is no library.
            guard path.hasPrefix("/"), path.hasSuffix(".so") || path.contains(".so.") else { continue }
            // The C library loads these when somebody asks for a user's name or a character set: at any time, or never.
            let name = path.split(separator: "/").last ?? ""
            guard !name.hasPrefix("libnss_"), !path.contains("/gconv/") else { continue }
            paths.insert(String(path))
        }
        return paths.sorted()
    }
}

extension SHA256Digest {
    var data: Data { Data(self) }
}
