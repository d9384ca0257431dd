import CXapianShim

/// Calls a fallible function of the shim; any status but `XS_OK` becomes an error.
func callShim(
    _ operation: @autoclosure () -> String, _ body: (UnsafeMutablePointer<xs_error>) -> xs_status
) throws(IndexError) {
    var error = xs_error()
    let status = unsafe withUnsafeMutablePointer(to: &error) { unsafe body($0) }
    guard status != XS_OK else { return }
    let type = unsafe withUnsafeBytes(of: error.type) { unsafe text(upToNUL: $0) }
    let message = unsafe withUnsafeBytes(of: error.message) { unsafe text(upToNUL: $0) }
    throw IndexError(
        code: IndexError.Code(status: status), operation: operation(), engineType: type == "Shim" ? nil : type,
        message: message)
}

private func text(upToNUL bytes: UnsafeRawBufferPointer) -> String {
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}

/// Lends the bytes of a text for one call.
func withShimBytes<R>(_ text: String, _ body: (UnsafePointer<CChar>?, Int) -> R) -> R {
    var text = text
    return text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe body($0.baseAddress, $0.count) }
    }
}

/// Lends bytes for one call.
func withShimBytes<R>(_ bytes: [UInt8], _ body: (UnsafePointer<UInt8>?, Int) -> R) -> R {
    unsafe bytes.withUnsafeBufferPointer { unsafe body($0.baseAddress, $0.count) }
}

extension IndexError.Code {
    init(status: xs_status) {
        switch Int(status) {
        case XS_LOCKED: self = .locked
        case XS_NOT_FOUND: self = .notFound
        case XS_MODIFIED: self = .modifiedDuringRead
        case XS_FORMAT: self = .schemaMismatch
        case XS_CORRUPT: self = .corrupt
        case XS_DISK_FULL: self = .diskFull
        case XS_TIMED_OUT: self = .timedOut
        case XS_INVALID_ARGUMENT: self = .invalidArgument
        case XS_BATCH_LOST: self = .batchLost
        case XS_DENIED: self = .denied
        default: self = .engine
        }
    }
}

func encodeNumber(_ number: Double) -> [UInt8] {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 9) { room in
        guard let start = room.baseAddress else { return [] }
        let count = unsafe xs_number_encode(number, start)
        return unsafe [UInt8](room.prefix(count))
    }
}

func decodeNumber(_ bytes: [UInt8]) -> Double {
    unsafe withShimBytes(bytes) { unsafe xs_number_decode($0, $1) }
}
