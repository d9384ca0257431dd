import FoundationEssentials
public import SabilTaxonomy

/// A concept scheme from whatever a flag names: a taxonomy folder, a Turtle file, a table of labels.
public enum SchemeSource {
    /// - Throws: what reading the folder or file throws.
    public static func load(_ path: String) throws(TaxonomyError) -> ConceptScheme {
        var isDirectory = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory {
            return try ConceptScheme.load(directory: path)
        }
        return try ConceptScheme.load(file: path)
    }
}
