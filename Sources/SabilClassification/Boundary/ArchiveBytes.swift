/// Numbers as bytes, lowest first; back: ``WeightsSource``.
enum ArchiveBytes {
    static func append<Number: FixedWidthInteger>(_ numbers: [Number], to bytes: inout [UInt8]) {
        #if _endian(little)
            unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        #else
            let stored = numbers.map(\.littleEndian)
            unsafe stored.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        #endif
    }
}
