/// The layout of `weights.bin`: magic, version, then sections of a name, a length and content; all numbers lowest byte first.
struct WeightsArchive {
    static let magic: [UInt8] = Array("SABILMDL".utf8)
    static let version: UInt32 = 3
    /// The oldest layout that is still read: 1 had no counts behind the centroids, 2 no meanings and no counts by language.
    static let oldestVersion: UInt32 = 1

    /// About so many bytes are given on at a time: the whole would be as large as the model it is made of.
    static let partSize = 1 << 20
    /// Numbers of a list that are turned into bytes at a time.
    private static let stretch = 1 << 16

    private var part: [UInt8] = []
    private let write: ([UInt8]) -> Void

    /// - Parameter write: takes the bytes, part by part.
    init(to write: @escaping ([UInt8]) -> Void) {
        self.write = write
        part = Self.magic
        ArchiveBytes.append([Self.version], to: &part)
    }

    /// Gives on what is left.
    mutating func finish() {
        add("end", bytes: [])
        write(part)
        part = []
    }

    private mutating func giveOn() {
        guard part.count >= Self.partSize else { return }
        write(part)
        part.removeAll(keepingCapacity: true)
    }

    private mutating func begin(_ name: String, length: Int) {
        ArchiveBytes.append([UInt32(name.utf8.count)], to: &part)
        part.append(contentsOf: name.utf8)
        ArchiveBytes.append([UInt64(length)], to: &part)
    }

    mutating func add(_ name: String, bytes content: [UInt8]) {
        begin(name, length: content.count)
        part.append(contentsOf: content)
        giveOn()
    }

    mutating func add<Number: FixedWidthInteger>(_ name: String, _ numbers: [Number]) {
        add(name, numbers, as: \.self)
    }

    /// The lists one after another, each made when its turn comes; `count` numbers in all.
    mutating func add<Number: FixedWidthInteger>(_ name: String, lists: some Sequence<[Number]>, count: Int) {
        begin(name, length: count * MemoryLayout<Number>.size)
        for list in lists {
            ArchiveBytes.append(list, to: &part)
            giveOn()
        }
    }

    mutating func add(_ name: String, _ numbers: [Float]) { add(name, numbers, as: \.bitPattern) }
    mutating func add(_ name: String, _ numbers: [Double]) { add(name, numbers, as: \.bitPattern) }

    private mutating func add<Value, Number: FixedWidthInteger>(
        _ name: String, _ values: [Value], as number: (Value) -> Number
    ) {
        begin(name, length: values.count * MemoryLayout<Number>.size)
        for start in stride(from: 0, to: values.count, by: Self.stretch) {
            ArchiveBytes.append(values[start..<min(values.count, start + Self.stretch)].map(number), to: &part)
            giveOn()
        }
    }

    mutating func add(_ name: String, _ weights: LabelWeights) {
        add(name + ".starts", weights.starts.map { Int64($0) })
        add(name + ".labels", weights.labels)
        add(name + ".weights", weights.weights)
    }
}

/// A `weights.bin` read back: its sections by name. Sections may be read from several threads.
struct WeightsReader: Sendable {
    private let source: WeightsSource
    private var sections: [String: Range<Int>] = [:]
    private let operation: String

    init(_ bytes: [UInt8], operation: String) throws(ModelError) {
        try self.init(WeightsSource(bytes), operation: operation)
    }

    /// Checks magic, version and the lengths of all sections, in that order.
    init(_ source: WeightsSource, operation: String) throws(ModelError) {
        self.source = source
        self.operation = operation
        let magic = source.bytes(0..<min(source.count, WeightsArchive.magic.count)) ?? []
        guard magic == WeightsArchive.magic else {
            // A file cut within the magic was a model; anything else never was.
            let isCut = WeightsArchive.magic.starts(with: magic)
            throw ModelError(
                code: isCut ? .truncatedWeights : .wrongMagic, operation: operation,
                message: isCut
                    ? "weights.bin ends within its first bytes; copy the model again or train anew."
                    : "weights.bin does not begin as a model's weights do; it is some other file; train anew.")
        }
        var offset = WeightsArchive.magic.count
        let version = try Self.number(source, &offset, as: UInt32.self, operation)
        guard WeightsArchive.oldestVersion...WeightsArchive.version ~= version else {
            throw ModelError(
                code: .otherWeightsVersion, operation: operation,
                message: "weights.bin has layout \(version), this build reads \(WeightsArchive.oldestVersion) to "
                    + "\(WeightsArchive.version); "
                    + "train anew or use the build that wrote it.")
        }
        while offset < source.count {
            let nameLength = Int(try Self.number(source, &offset, as: UInt32.self, operation))
            guard nameLength <= source.count - offset, let name = source.bytes(offset..<offset + nameLength) else {
                throw Self.truncated(operation)
            }
            offset += nameLength
            let length = try Self.number(source, &offset, as: UInt64.self, operation)
            guard length <= UInt64(source.count - offset) else { throw Self.truncated(operation) }
            sections[String(decoding: name, as: UTF8.self)] = offset..<offset + Int(length)
            offset += Int(length)
        }
        guard sections["end"] != nil else { throw Self.truncated(operation) }
    }

    private static func truncated(_ operation: String) -> ModelError {
        ModelError(
            code: .truncatedWeights, operation: operation,
            message: "weights.bin ends before its content does; copy the model again or train anew.")
    }

    private static func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ source: WeightsSource, _ offset: inout Int, as type: Number.Type, _ operation: String
    ) throws(ModelError) -> Number {
        let size = MemoryLayout<Number>.size
        guard source.count - offset >= size, let number = source.numbers(offset..<offset + size, as: type)?.first
        else { throw truncated(operation) }
        offset += size
        return number
    }

    func corrupt(_ what: String) -> ModelError {
        ModelError(
            code: .corruptWeights, operation: operation,
            message: "\(what) of weights.bin contradict each other; copy the model again or train anew.")
    }

    func has(_ name: String) -> Bool { sections[name] != nil }

    private func range(_ name: String) throws(ModelError) -> Range<Int> {
        guard let range = sections[name] else { throw corrupt("the sections (\(name))") }
        return range
    }

    func content(_ name: String) throws(ModelError) -> [UInt8] {
        guard let bytes = source.bytes(try range(name)) else { throw Self.truncated(operation) }
        return bytes
    }

    func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
        _ name: String, as type: Number.Type = Number.self
    ) throws(ModelError) -> [Number] {
        guard let numbers = source.numbers(try range(name), as: type) else { throw corrupt("the numbers (\(name))") }
        return numbers
    }

    /// How many numbers a section has.
    func count<Number: FixedWidthInteger & BitwiseCopyable>(of name: String, as type: Number.Type) throws(ModelError)
        -> Int
    {
        let range = try range(name)
        guard range.count % MemoryLayout<Number>.size == 0 else { throw corrupt("the numbers (\(name))") }
        return range.count / MemoryLayout<Number>.size
    }

    /// Some of the numbers of a section.
    func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
        _ name: String, from part: Range<Int>, as type: Number.Type = Number.self
    ) throws(ModelError) -> [Number] {
        let range = try range(name)
        let size = MemoryLayout<Number>.size
        guard part.lowerBound >= 0, part.upperBound <= range.count / size,
            let numbers = source.numbers(
                range.lowerBound + size * part.lowerBound..<range.lowerBound + size * part.upperBound, as: type)
        else { throw corrupt("the numbers (\(name))") }
        return numbers
    }

    func floats(_ name: String) throws(ModelError) -> [Float] {
        guard let floats = source.floats(try range(name)) else { throw corrupt("the numbers (\(name))") }
        return floats
    }

    func doubles(_ name: String) throws(ModelError) -> [Double] {
        try numbers(name, as: UInt64.self).map { Double(bitPattern: $0) }
    }

    func weights(_ name: String, labelCount: Int, columnCount: Int) throws(ModelError) -> LabelWeights {
        let starts = try numbers(name + ".starts", as: Int64.self).map { Int($0) }
        guard
            let weights = LabelWeights(
                starts: starts, labels: try numbers(name + ".labels"), weights: try floats(name + ".weights"),
                labelCount: labelCount), weights.columnCount == columnCount
        else { throw corrupt("the weights (\(name))") }
        return weights
    }
}
