import Glibc

/// What the process has used so far.
struct ResourceUsage: Sendable {
    /// Of all threads, in user code and in the kernel.
    let cpuSeconds: Double
    let maximumKilobytes: Int

    static var now: ResourceUsage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return ResourceUsage(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), maximumKilobytes: usage.ru_maxrss)
    }
}
