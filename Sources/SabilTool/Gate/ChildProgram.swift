import Foundation

/// A program that is run as a child for what it writes on standard output.
struct ChildProgram: Sendable {
    let path: String
    /// A folder for what it says on standard error.
    let scratch: String

    /// Runs it to its end. Blocks the thread.
    ///
    /// - Throws: with the last line it said, when it cannot be started or ends with another status than 0.
    func run(_ arguments: [String]) throws -> Data {
        let errors = "\(scratch)/errors"
        guard FileManager.default.createFile(atPath: errors, contents: nil),
            let said = FileHandle(forWritingAtPath: errors)
        else {
            throw CommandError(.inputOutput, "\(errors) cannot be written; check the folder and the room on its disk")
        }
        defer { try? said.close() }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardError = said
        let answer = Pipe()
        process.standardOutput = answer
        do {
            try process.run()
        } catch {
            throw CommandError(.unavailable, "\(path) could not be started: \(ExitStatus.reason(of: error))")
        }
        let data = try answer.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let words = FileManager.default.contents(atPath: errors).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let last = words.split(whereSeparator: \.isNewline).last.map(String.init) ?? "it said nothing"
            throw CommandError(
                .unavailable,
                "\(path) \(arguments.prefix(2).joined(separator: " ")) ended with \(process.terminationStatus): \(last)"
            )
        }
        return data
    }

    /// Runs it and reads the numbers of the JSON object that it prints. Blocks the thread.
    func figures(_ arguments: [String]) throws -> [String: Double] {
        try Self.figures(of: run(arguments), from: ([path] + arguments.prefix(2)).joined(separator: " "))
    }

    /// The numbers of a JSON object; what is no number is left out.
    ///
    /// - Parameter name: the program, for the error.
    /// - Throws: `data` when it is no JSON object.
    static func figures(of data: Data, from name: String) throws -> [String: Double] {
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw CommandError(.data, "\(name) printed what is no JSON object")
        }
        return object.compactMapValues { ($0 as? NSNumber)?.doubleValue }
    }
}
