import FoundationEssentials
public import SabilTaxonomy

/// Words of several languages that mean the same, from whatever a flag names: a word list, or a taxonomy folder that has one.
public enum MeaningSource {
    /// - Throws: what reading the folder or file throws.
    public static func load(_ path: String) throws(TaxonomyError) -> [WordEquivalents] {
        var isDirectory = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory {
            return try ConceptScheme.load(directory: path).meanings
        }
        return try WordEquivalents.load(file: path)
    }
}
