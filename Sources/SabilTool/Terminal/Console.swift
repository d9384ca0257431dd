import Foundation
import Synchronization

/// Standard output and standard error: results go to the first, everything said to a person to the second.
enum Console {
    /// The first failure of writing a line of results, told at the end.
    private static let failure = Mutex<CommandError?>(nil)

    /// One line on standard error, prefixed with the command's name; clears a progress bar that stands there.
    static func error(_ message: String) { diagnose("sabil: \(message)") }

    /// One line on standard error; what might steer a terminal is taken out.
    static func diagnose(_ line: String) {
        // Nobody is left to tell that standard error is gone.
        try? FileHandle.standardError.write(contentsOf: Data((clearing + harmless(line) + "\n").utf8))
    }

    /// One line on standard output; what might steer a terminal is taken out.
    static func output(_ line: String) {
        do {
            try write(bytes: [UInt8]((harmless(line) + "\n").utf8))
        } catch {
            failure.withLock { first in first = first ?? error }
        }
    }

    /// Bytes on standard output; a full disk behind a redirection is an error here.
    static func write(bytes: [UInt8]) throws(CommandError) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            let reason = ExitStatus.reason(of: error)
            throw CommandError(.inputOutput, "writing to standard output failed: \(reason); the results are not whole")
        }
    }

    /// Throws if a line of results was lost, for example to a full disk behind a redirection.
    static func requireAllWritten() throws(CommandError) {
        if let error = failure.withLock({ $0 }) { throw error }
    }

    static let errorIsTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    static let outputIsTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1

    private static let clearing = errorIsTerminal ? "\r\u{1B}[K" : ""

    /// Titles and messages come from records: their control characters become spaces, but for tabs.
    static func harmless(_ line: String) -> String {
        func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.generalCategory == .control && scalar != "\t"
        }
        guard line.unicodeScalars.contains(where: isHarmful) else { return line }
        return String(String.UnicodeScalarView(line.unicodeScalars.map { isHarmful($0) ? " " : $0 }))
    }
}
