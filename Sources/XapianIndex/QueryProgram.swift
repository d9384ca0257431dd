/// A query in postfix order: operands before their operator.
struct QueryProgram: Sendable, Hashable {
    /// One instruction; text lies in the program's one buffer.
    struct Instruction: Sendable, Hashable {
        var operation: Int32
        var count: UInt32 = 0
        var number: UInt32 = 0
        var textOffset = 0
        var textLength: UInt32 = 0
        var low = 0.0
        var high = 0.0
    }

    /// The operators, numbered as at the border.
    enum Operation {
        static let term: Int32 = 1
        static let all: Int32 = 2
        static let nothing: Int32 = 3
        static let and: Int32 = 4
        static let or: Int32 = 5
        static let synonym: Int32 = 6
        static let max: Int32 = 7
        static let andNot: Int32 = 8
        static let andMaybe: Int32 = 9
        static let filter: Int32 = 10
        static let phrase: Int32 = 11
        static let near: Int32 = 12
        static let scale: Int32 = 13
        static let valueRange: Int32 = 14
        static let prefix: Int32 = 15
        static let chain: Int32 = 16
        static let valueIn: Int32 = 17
    }

    private(set) var instructions: [Instruction] = []
    private(set) var text: [UInt8] = []

    /// - Throws: `invalidArgument` if the tree is too deep or too large.
    init(_ query: QueryNode) throws(IndexError) {
        try append(query, depth: 1)
    }

    /// A program as given, for showing that a malformed one is refused.
    init(instructions: [Instruction], text: [UInt8]) {
        self.instructions = instructions
        self.text = text
    }

    private mutating func append(_ node: QueryNode, depth: Int) throws(IndexError) {
        guard depth <= QueryNode.maximumDepth else {
            throw refusal("it is nested more than \(QueryNode.maximumDepth) deep")
        }
        switch node {
        case .term(let term, let wqf):
            append(Operation.term, text: term, number: wqf)
        case .all:
            instructions.append(Instruction(operation: Operation.all))
        case .nothing:
            instructions.append(Instruction(operation: Operation.nothing))
        case .and(let operands):
            try append(Operation.and, operands, depth)
        case .or(let operands):
            try append(Operation.or, operands, depth)
        case .synonym(let operands):
            try append(Operation.synonym, operands, depth)
        case .max(let operands):
            try append(Operation.max, operands, depth)
        case .andNot(let first, let second):
            try append(Operation.andNot, [first, second], depth)
        case .andMaybe(let first, let second):
            try append(Operation.andMaybe, [first, second], depth)
        case .filter(let first, let second):
            try append(Operation.filter, [first, second], depth)
        case .stream(let pattern, let operands):
            guard !pattern.words.isEmpty, !operands.isEmpty else {
                instructions.append(Instruction(operation: Operation.nothing))
                break
            }
            for operand in operands { try append(operand, depth: depth + 1) }
            if pattern.distances.isEmpty {
                append(
                    pattern.isOrdered ? Operation.phrase : Operation.near,
                    text: pattern.words.joined(separator: " "), number: UInt32(clamping: pattern.window))
            } else {
                append(Operation.chain, text: pattern.chain, number: 0)
            }
            instructions[instructions.count - 1].count = UInt32(operands.count)
            instructions[instructions.count - 1].low = pattern.scope.number
        case .scale(let factor, let operand):
            try append(operand, depth: depth + 1)
            instructions.append(Instruction(operation: Operation.scale, count: 1, low: factor))
        case .valueRange(let slot, let low, let high):
            instructions.append(
                Instruction(operation: Operation.valueRange, number: slot, low: low ?? .nan, high: high ?? .nan))
        case .valueIn(let slot, let texts):
            if texts.isEmpty {
                instructions.append(Instruction(operation: Operation.nothing))
            } else if texts.contains(where: { $0.utf8.contains(UInt8(ascii: "\n")) }) {
                throw refusal("a value that is asked for has a line break")
            } else {
                append(Operation.valueIn, text: texts.joined(separator: "\n"), number: slot)
            }
        case .prefix(let prefix, let maxExpansion):
            append(Operation.prefix, text: prefix, number: maxExpansion)
        }
        guard instructions.count <= QueryNode.maximumNodes else {
            throw refusal("it has more than \(QueryNode.maximumNodes) nodes")
        }
    }

    private mutating func append(_ operation: Int32, _ operands: [QueryNode], _ depth: Int) throws(IndexError) {
        for operand in operands { try append(operand, depth: depth + 1) }
        instructions.append(Instruction(operation: operation, count: UInt32(operands.count)))
    }

    private mutating func append(_ operation: Int32, text piece: String, number: UInt32) {
        let start = text.count
        text.append(contentsOf: piece.utf8)
        instructions.append(
            Instruction(
                operation: operation, number: number, textOffset: start, textLength: UInt32(text.count - start)))
    }

    private func refusal(_ reason: String) -> IndexError {
        IndexError(code: .invalidArgument, operation: "read the query", message: reason)
    }
}

extension StreamPattern.Scope {
    /// The border's number of the scope.
    fileprivate var number: Double {
        switch self {
        case .anywhere: 0
        case .firstField: 1
        case .markedFields: 2
        case .secondField: 3
        case .thirdField: 4
        }
    }
}
