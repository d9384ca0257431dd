import Foundation

/// The lines of a file, read in blocks.
struct Lines: Sequence, IteratorProtocol {
    private let file: FileHandle
    private var rest = Data()
    private var ended = false

    init(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw SpeedError("\(path) cannot be read") }
        self.file = file
    }

    mutating func next() -> String? {
        while true {
            if let end = rest.firstIndex(of: 0x0A) {
                let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                rest = rest[(end + 1)...]
                if !line.isEmpty { return line }
                continue
            }
            guard !ended else {
                guard !rest.isEmpty else { return nil }
                defer { rest = Data() }
                return String(decoding: rest, as: UTF8.self)
            }
            let block = file.readData(ofLength: 1 << 20)
            if block.isEmpty { ended = true } else { rest = Data(rest) + block }
        }
    }
}
