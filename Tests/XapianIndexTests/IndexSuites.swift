import Testing

/// All suites, one test after another.
///
/// `CrashTests` starts processes; between fork and exec a child holds the files of its parent, the lock of an index
/// among them, so a test that closes a writer and opens the next could find the index locked.
@Suite(.serialized) enum IndexSuites {}
