import Foundation
import SabilTaxonomy

/// A concept scheme from whatever a flag names: a taxonomy folder, a Turtle file, a table of labels.
enum SchemeSource {
    static func load(_ path: String) throws -> ConceptScheme {
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
            return try ConceptScheme.load(directory: path)
        }
        return try ConceptScheme.load(file: path)
    }
}
