import Glibc

/// Time of the machine and of this process.
enum Clocks {
    /// Seconds on the wall since some moment.
    static var wall: Double { seconds(CLOCK_MONOTONIC) }
    /// Seconds of processor that all threads of this process used.
    static var processor: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
