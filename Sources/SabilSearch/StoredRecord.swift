import SabilRecords
import SabilTaxonomy

/// Records as documents of the index carry them: in their stored form, or as a line of JSON in an index of before.
struct StoredRecord: Sendable {
    private let validator: RecordValidator

    /// - Parameter contentTypes: what tells a date from a text in the extra fields of a line of JSON.
    init(taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue?) {
        let vocabulary = contentTypes.map { RecordVocabulary(scheme: taxonomy, contentTypes: $0) }
        validator = RecordValidator(vocabulary: vocabulary)
    }

    /// Reads lines of JSON without a vocabulary: any name passes.
    init() {
        validator = RecordValidator(vocabulary: nil)
    }

    static func data(of record: ResourceRecord) -> [UInt8] { record.storedForm() }

    func decode(_ data: [UInt8]) throws(SearchError) -> ResourceRecord {
        if data.isEmpty { throw unreadable("Could not read a record of the index: it is empty; rebuild the index.") }
        guard data[0] == UInt8(ascii: "{") else {
            do {
                return try ResourceRecord(storedForm: data)
            } catch {
                throw unreadable("Could not read a record of the index. \(error.message)")
            }
        }
        let outcome = validator.validate(json: data)
        if let record = outcome.record { return record }
        throw unreadable(
            "Could not read a record of the index. \(outcome.issues.first?.message ?? "It is no record.") Rebuild the index."
        )
    }

    private func unreadable(_ message: String) -> SearchError {
        SearchError(code: .unreadableRecord, operation: "read a record of the index", message: message)
    }
}
