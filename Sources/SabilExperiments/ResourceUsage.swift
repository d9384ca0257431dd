import FoundationEssentials
import Glibc

/// What the process has used so far.
package struct ResourceUsage: Sendable {
    /// Of all threads, in user code and in the kernel.
    package let cpuSeconds: Double
    /// The most that lay in memory at one time.
    package let maximumKilobytes: Int

    package static var now: ResourceUsage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return ResourceUsage(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            maximumKilobytes: highWaterMark() ?? usage.ru_maxrss)
    }

    /// `VmHWM` of `/proc/self/status`: what getrusage tells is at least what the process had that started this one.
    private static func highWaterMark() -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
    }
}
