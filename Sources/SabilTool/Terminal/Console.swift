import Foundation
import Synchronization

/// Standard output and standard error: results go to the first, everything said to a person to the second.
enum Console {
    /// One line on standard error, prefixed with the command's name; clears a progress bar that stands there.
    static func error(_ message: String) { diagnose("sabil: \(message)") }

    /// One line on standard error as it is.
    static func diagnose(_ line: String) {
        write(clearing + line + "\n", to: FileHandle.standardError)
    }

    /// One line on standard output.
    static func output(_ line: String) { write(line + "\n", to: FileHandle.standardOutput) }

    /// Bytes on standard output; a full disk behind a redirection is an error here.
    static func write(bytes: [UInt8]) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw CommandError(.inputOutput, "writing to standard output failed: \(error.localizedDescription)")
        }
    }

    static let errorIsTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    static let outputIsTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1

    private static let clearing = errorIsTerminal ? "\r\u{1B}[K" : ""

    private static func write(_ text: String, to handle: FileHandle) {
        // A reader that has gone away (`| head`) is no failure of ours: the text has nowhere to go.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
