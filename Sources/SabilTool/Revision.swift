import Foundation

/// The revision of the sources that the running program lies among.
enum Revision {
    /// Short name of the commit, with `+` when files that git knows are changed; `nil` outside of a checkout or without git.
    ///
    /// Only a name for people: what a result depends on is the digest of the program itself.
    static func current() -> String? {
        let folder = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        guard let commit = git(["rev-parse", "--short", "HEAD"], in: folder), !commit.isEmpty else { return nil }
        let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder) ?? ""
        return commit + (changes.isEmpty ? "" : "+")
    }

    private static func git(_ arguments: [String], in folder: String) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        // Without git there is no name; that is no error.
        guard (try? process.run()) != nil else { return nil }
        let data = (try? output.fileHandleForReading.readToEnd()) ?? nil
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data ?? Data(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
