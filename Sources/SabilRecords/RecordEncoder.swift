extension ResourceRecord {
    /// The record as one line of JSON (without the line end), keys in the canonical order, empty values left out.
    public func jsonLine() -> [UInt8] { [] }
}
