import Foundation
import SabilRecords
import SabilTaxonomy

/// The taxonomy folder, read: the concept scheme, the content types, and what records are checked against.
struct Workspace {
    let scheme: ConceptScheme
    let contentTypes: ContentTypeCatalogue

    init(taxonomy directory: String) throws {
        scheme = try ConceptScheme.load(directory: directory)
        let path = directory + "/content-types.json"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandError(
                .inputOutput,
                "reading content types: \(path) is missing or unreadable; name the taxonomy's folder with --taxonomy")
        }
        contentTypes = try ContentTypeCatalogue(json: [UInt8](bytes))
    }

    var vocabulary: RecordVocabulary { RecordVocabulary(scheme: scheme, contentTypes: contentTypes) }
}
