import Foundation
import Glibc

/// A program that is kept running as a child: for each line that it is sent it does a turn of its work and answers with one
/// line, a JSON object of figures.
///
/// Two of them take turns of milliseconds, so that what else the machine does touches both alike.
final class TurnProgram {
    private let process = Process()
    private let name: String
    private let questions: FileHandle
    private let answers: FileHandle
    private var unread = Data()

    /// Starts it.
    ///
    /// - Throws: when it cannot be started.
    init(path: String, arguments: [String]) throws {
        name = ([path] + arguments.prefix(2)).joined(separator: " ")
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        questions = input.fileHandleForWriting
        answers = output.fileHandleForReading
        // A program that has ended is an error of its turn, not the end of this one.
        signal(SIGPIPE, SIG_IGN)
        do {
            try process.run()
        } catch {
            throw CommandError(.unavailable, "\(path) could not be started: \(ExitStatus.reason(of: error))")
        }
    }

    /// Has it do one turn and waits for the answer. Blocks the thread.
    ///
    /// - Throws: when it has ended, or answers with what is no JSON object.
    func turn() throws -> [String: Double] {
        guard process.isRunning, (try? questions.write(contentsOf: Data("\n".utf8))) != nil else {
            throw CommandError(.unavailable, "\(name) ended before its turn")
        }
        while !unread.contains(UInt8(ascii: "\n")) {
            let more = answers.availableData
            guard !more.isEmpty else { throw CommandError(.unavailable, "\(name) ended within its turn") }
            unread.append(more)
        }
        let line = unread.prefix { $0 != UInt8(ascii: "\n") }
        unread = Data(unread.dropFirst(line.count + 1))
        return try ChildProgram.figures(of: line, from: name)
    }

    /// Closes its input, which ends it, and waits. Blocks the thread.
    func end() {
        try? questions.close()
        process.waitUntilExit()
    }
}
