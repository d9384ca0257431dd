import Foundation

/// The files of the pages do not lie beside the program.
///
/// `Bundle.module` ends the process in that case; they are looked for by name instead.
package struct MissingPages: Error, Sendable, CustomStringConvertible {
    /// Folders that were looked in.
    var looked: [String]

    /// What the build calls the folder of the pages' files.
    static let folder = "sabil_SabilServer.resources"

    package var description: String {
        "the pages' files are missing: put \(Self.folder) beside the program, in \(looked.joined(separator: " or "))"
    }
}

/// Where the program lies.
enum ProgramFolders {
    /// As it was started and, where that is a link, as the file lies; each once.
    static var all: [URL] {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        var folders = [Bundle.main.bundleURL.standardizedFileURL]
        if !folders.contains(where: { $0.path == program.path }) { folders.append(program) }
        return folders
    }
}
