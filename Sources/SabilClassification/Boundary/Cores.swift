import Glibc

/// Cores the machine offers; 1 if it does not say.
func coreCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
