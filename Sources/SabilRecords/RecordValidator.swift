import FoundationEssentials

/// Turns JSON into records and says what is wrong with it: every defect, not the first one.
///
/// A defect that leaves a sound record behind (an unknown concept, a key too many) is a warning: what it names is left out
/// and the record is kept. Any other defect is an error and refuses the record. User input never throws.
public struct RecordValidator: Sendable {
    /// What one piece of JSON gave: a record unless an issue is an error.
    public struct Outcome: Sendable, Hashable {
        public var record: ResourceRecord?
        /// In the order of the record's keys, those of unknown keys last; of more than 1,000 the first 1,000 and one that
        /// says how many more.
        public var issues: [RecordIssue]

        public init(record: ResourceRecord?, issues: [RecordIssue]) {
            self.record = record
            self.issues = issues
        }
    }

    let names: KnownNames
    let scannedNames: ScannedNames

    /// - Parameter vocabulary: the names to check against; without one only shapes are checked: any content type, concept
    ///   and alpha-3 country passes, alpha-2 codes cannot be read, extra fields get the kind their JSON suggests.
    public init(vocabulary: RecordVocabulary?) {
        names = KnownNames(vocabulary)
        scannedNames = ScannedNames(vocabulary)
    }

    /// Reads one record.
    ///
    /// ```swift
    /// let outcome = RecordValidator(vocabulary: nil).validate(json: #"{"id":"a","type":"news","title":"T"}"#.utf8)
    /// outcome.record?.title  // "T"
    /// outcome.issues         // []
    /// ```
    /// - Parameter json: one JSON object in UTF-8; a byte order mark before it is skipped.
    /// - Complexity: O(bytes); each unknown name adds a search through the names of its kind.
    public func validate(json: some Collection<UInt8>) -> Outcome {
        var bytes = Array(json)
        if bytes.first == 0xEF, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        do throws(Unicode.UTF8.ValidationError) {
            let record = RecordScanner.record(in: try ValidText(bytes), names: scannedNames)
            if let record { return Outcome(record: record, issues: []) }
        } catch {
            return Outcome(record: nil, issues: [Self.encodingIssue(of: bytes, error)])
        }
        return read(bytes)
    }

    /// Reads a line that is valid UTF-8 by a tree of its values, and tells every defect.
    func read(_ bytes: [UInt8]) -> Outcome {
        let syntax: JSONSyntax
        do {
            syntax = try JSONSyntax(checking: bytes)
        } catch {
            return Outcome(
                record: nil,
                issues: [
                    RecordIssue(
                        code: .invalidJSON, severity: .error, path: "$",
                        message: "This is no JSON: \(error.words) (byte \(error.offset) of the line).",
                        remedy: "Write the record as one JSON object on one line.")
                ])
        }
        guard syntax.root == .object else {
            return Outcome(
                record: nil,
                issues: [
                    RecordIssue(
                        code: .notAnObject, severity: .error, path: "$",
                        message: "The line holds \(syntax.root == .array ? "a list" : "a single value").",
                        remedy: "Write each record as one JSON object {…} on a line of its own.")
                ])
        }
        let members: [String: JSONValue]
        do {
            members = try JSONDecoder().decode(RecordMembers.self, from: Data(bytes)).values
        } catch {
            let reason = (error as? DecodingError)?.sentence ?? "\(error)"
            return Outcome(
                record: nil,
                issues: [
                    RecordIssue(
                        code: .invalidJSON, severity: .error, path: "$", message: "The JSON cannot be read: \(reason).",
                        remedy: "Write the record as one JSON object on one line.")
                ])
        }
        var reading = RecordReading(members: members, names: names)
        reading.noteRepeatedKeys(of: syntax)
        let record = reading.record()
        return Outcome(record: record, issues: reading.issues)
    }

    private static func encodingIssue(
        of bytes: [UInt8], _ error: Unicode.UTF8.ValidationError
    ) -> RecordIssue {
        let offset = error.byteOffsets.lowerBound
        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        return RecordIssue(
            code: .invalidUTF8, severity: .error, path: "$",
            message: "The line is not UTF-8: byte \(offset) of the line is \(Self.words(for: error.kind)).",
            remedy: isUTF16
                ? "The file seems to be UTF-16; save it as UTF-8."
                : "Save the file as UTF-8, for example with iconv.")
    }

    private static func words(for kind: Unicode.UTF8.ValidationError.Kind) -> String {
        switch kind {
        case .unexpectedContinuationByte: "the middle of a character without its beginning"
        case .surrogateCodePointByte: "half of a surrogate pair"
        case .invalidNonSurrogateCodePointByte: "a byte that no character has"
        case .overlongEncodingByte: "a character written with too many bytes"
        case .truncatedScalar: "a character that is cut off"
        default: "no character"
        }
    }
}

/// The names of a vocabulary with what finds the nearest of each kind.
struct KnownNames: Sendable {
    let vocabulary: RecordVocabulary?
    let keys = NearestName(RecordKey.allCases.map(\.rawValue))
    let types: NearestName
    let documentTypes: NearestName
    let concepts: NearestName
    let regions: NearestName
    let populationGroups: NearestName
    let sources = NearestName(LabelSource.allCases.map(\.rawValue))
    let visibilities = NearestName(Visibility.allCases.map(\.rawValue))

    init(_ vocabulary: RecordVocabulary?) {
        self.vocabulary = vocabulary
        let catalogue = vocabulary?.contentTypes
        types = NearestName(catalogue?.types.flatMap { [$0.id] + $0.aliases } ?? [])
        documentTypes = NearestName(catalogue?.documentTypes.map(\.id) ?? [])
        concepts = NearestName(vocabulary?.concepts.map(\.rawValue) ?? [])
        regions = NearestName(vocabulary?.regions.map(\.rawValue) ?? [])
        populationGroups = NearestName(vocabulary?.populationGroups.map(\.rawValue) ?? [])
    }
}
