/// The names of the format and of a vocabulary, ready to be found by their bytes.
struct ScannedNames: Sendable {
    /// Names, and what each stands for.
    struct List<Value: Sendable>: Sendable {
        let table: ByteTable
        let values: [Value]

        init(_ entries: [(name: String, value: Value)]) {
            table = ByteTable(entries.map(\.name))
            values = entries.map(\.value)
        }
    }

    /// A content type with the kinds of its extra fields.
    struct TypeNames: Sendable {
        let id: String
        let fields: List<(name: String, kind: ContentType.FieldKind)>
    }

    let vocabulary: RecordVocabulary?
    let keys = List(RecordKey.allCases.map { ($0.rawValue, $0) })
    let tagKeys = ByteTable(["id", "source"])
    let sources = List(LabelSource.allCases.map { ($0.rawValue, $0) })
    /// By ids and aliases.
    let types: List<TypeNames>
    let documentTypes: List<String>?
    /// Alpha-3 by alpha-3 and alpha-2, upper and lower case.
    let countries: List<String>?
    let concepts: List<ConceptID>?
    let regions: List<ConceptID>?
    let populationGroups: List<ConceptID>?

    init(_ vocabulary: RecordVocabulary?) {
        self.vocabulary = vocabulary
        let catalogue = vocabulary?.contentTypes
        types = List(
            (catalogue?.types ?? []).flatMap { type in
                let fields = type.fields.sorted { $0.key < $1.key }
                let names = TypeNames(id: type.id, fields: List(fields.map { ($0.key, ($0.key, $0.value)) }))
                return ([type.id] + type.aliases).map { ($0, names) }
            })
        documentTypes = catalogue.map { List($0.documentTypes.map { ($0.id, $0.id) }) }
        countries = vocabulary.map { vocabulary in
            let alpha3 = vocabulary.countries.sorted().map { ($0, $0) }
            let alpha2 = vocabulary.alpha3ByAlpha2.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            let upper = (alpha3 + alpha2).filter { $0.0.utf8.allSatisfy { (0x41...0x5A).contains($0) } }
            return List(upper + upper.map { ($0.0.lowercased(), $0.1) })
        }
        func list(_ known: Set<ConceptID>?) -> List<ConceptID>? {
            known.map { List($0.sorted().map { ($0.rawValue, $0) }) }
        }
        concepts = list(vocabulary?.concepts)
        regions = list(vocabulary?.regions)
        populationGroups = list(vocabulary?.populationGroups)
    }
}
