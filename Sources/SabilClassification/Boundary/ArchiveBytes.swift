/// Numbers as bytes, lowest first, and back.
enum ArchiveBytes {
    static func append<Number: FixedWidthInteger>(_ numbers: [Number], to bytes: inout [UInt8]) {
        #if _endian(little)
            unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        #else
            let stored = numbers.map(\.littleEndian)
            unsafe stored.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        #endif
    }

    /// `nil` when the bytes are not a whole number of numbers.
    static func numbers<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>, as type: Number.Type) -> [Number]? {
        let size = MemoryLayout<Number>.size
        guard bytes.count % size == 0 else { return nil }
        return unsafe [Number](unsafeUninitializedCapacity: bytes.count / size) { target, count in
            count = bytes.count / size
            unsafe bytes.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
            for index in 0..<count { unsafe target[index] = Number(littleEndian: target[index]) }
        }
    }
}
