import Foundation
import Glibc

/// A program run to its end as a process of its own.
struct Program {
    var path: String
    var arguments: [String]

    struct Outcome {
        var output: Data
        /// Seconds on the wall from before its start to after its end.
        var seconds: Double

        /// The numbers of the JSON object it printed.
        func numbers() throws -> [String: Double] {
            guard let object = try JSONSerialization.jsonObject(with: output) as? [String: Any] else {
                throw SpeedError("a program printed something else than one JSON object")
            }
            return object.compactMapValues { ($0 as? NSNumber)?.doubleValue }
        }
    }

    /// Runs it and waits.
    ///
    /// - Parameter throughShell: start it from a small shell, so that what the system remembers as its greatest size is not
    ///   the size of this process, from which it was forked.
    /// - Throws: if it cannot be started or does not end with status 0.
    func run(throughShell: Bool = false) throws -> Outcome {
        let command = throughShell ? ["/bin/sh", "-c", #""$0" "$@"; exit $?"#, path] + arguments : [path] + arguments
        let outputPath = FileManager.default.temporaryDirectory.appending(path: "sabil-speed-\(UUID().uuidString)").path
        defer { unlink(outputPath) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        var pointers: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var process: pid_t = 0
        let started = Clocks.wall
        let failure = posix_spawn(&process, command[0], &actions, nil, &pointers, environ)
        guard failure == 0 else {
            throw SpeedError("\(path) could not be started: \(String(cString: strerror(failure)))")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let seconds = Clocks.wall - started
        guard status == 0 else {
            throw SpeedError(
                "\(path) \(arguments.joined(separator: " ")) ended with status \(status >> 8 & 0xFF); its own message is above"
            )
        }
        return Outcome(output: FileManager.default.contents(atPath: outputPath) ?? Data(), seconds: seconds)
    }
}
