import ArgumentParser
import Foundation

/// Where the parts of an installation lie. Every flag has a default below one folder.
struct LocationOptions: ParsableArguments {
    @Option(help: "Folder of the index.")
    var index = "var/index"

    @Option(help: "Folder of the trained models.")
    var model = "var/model"

    @Option(help: "Folder of the taxonomy: SKOS files, registry.tsv, content-types.json.")
    var taxonomy = "taxonomy"

    @Option(help: "SQLite file of curators' decisions.")
    var decisions = "var/decisions.sqlite"
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One JSON document (or one per line where several inputs were given).
    case json
}
