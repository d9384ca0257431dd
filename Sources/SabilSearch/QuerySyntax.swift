/// A query as a reader meant it: words not yet analysed, fields not yet looked up.
///
/// Places are byte offsets of the query as typed.
indirect enum QueryTree: Sendable, Hashable {
    /// Words side by side; any of them may match.
    case words(String, at: Int)
    /// Words that must follow one another exactly as written.
    case phrase(String, at: Int)
    /// Words that begin so.
    case prefix(String, at: Int)
    /// Words of a form in which `*` stands for any letters and `?` for one.
    case pattern(String, at: Int)
    /// Words and phrases of which each is at most so many words from the next, in any order: one distance from each to the
    /// next.
    case near([QueryTree], gaps: [Int])
    case field(QueryField, FieldValueSyntax, at: Int)
    /// What must match, what may match, what must not.
    case group(required: [QueryTree], optional: [QueryTree], excluded: [QueryTree])
    case and([QueryTree])
    case or([QueryTree])
    case nothing
}

/// What stands behind a field's colon.
enum FieldValueSyntax: Sendable, Hashable {
    case words(String)
    case phrase(String)
    case prefix(String)
    case pattern(String)
    /// Years, or ordinals of days; both included.
    case range(Int?, Int?)

    /// The values that a text names, parted by commas; one in quotation marks is one, whatever it holds. Ranges name none.
    var listed: [String] {
        switch self {
        case .phrase(let text): text.isEmpty ? [] : [text]
        case .words(let text), .prefix(let text), .pattern(let text): text.split(separator: ",").map(String.init)
        case .range: []
        }
    }
}

/// The fields of the query language, with their names in the four languages.
enum QueryField: String, Sendable, Hashable, CaseIterable {
    case title, author, type, pillar, language, concept, country, region, population, year, organisation, series
    case documentType, abstract, body, programme, labelSource, access, date, id, work

    /// The field of that name, in any of the four languages and either case.
    init?(name: Substring) {
        guard let field = Self.byName[name.lowercased()] else { return nil }
        self = field
    }

    /// Whether values are ids of a facet; such a field filters, the others search words.
    var facet: FacetField? {
        switch self {
        case .title, .author, .abstract, .body, .access, .date, .id, .work: nil
        case .programme: .programme
        case .labelSource: .labelSource
        case .type: .type
        case .pillar: .pillar
        case .language: .language
        case .concept: .concept
        case .country: .country
        case .region: .region
        case .population: .population
        case .year: .year
        case .organisation: .organisation
        case .series: .series
        case .documentType: .documentType
        }
    }

    /// Whether it narrows what other words find and scores nothing.
    var isFilter: Bool {
        switch self {
        case .access, .date, .id, .work: true
        default: facet != nil
        }
    }

    private static let byName: [String: QueryField] = {
        let names: [(QueryField, String)] = [
            (.title, "title titre titulo título العنوان عنوان"),
            (.author, "author auteur auteure autor autora المؤلف مؤلف"),
            (.type, "type tipo النوع نوع"), (.pillar, "pillar pilier pilar"),
            (.language, "language lang langue idioma lengua اللغة لغة"),
            (.concept, "concept topic subject concepto thème theme tema مفهوم موضوع"),
            (.country, "country pays país pais البلد بلد"), (.region, "region région región المنطقة منطقة"),
            (.population, "population población poblacion السكان"),
            (.year, "year année annee año ano السنة سنة"),
            (.organisation, "organisation organization organización organizacion المنظمة منظمة"),
            (.series, "series série serie السلسلة سلسلة"), (.documentType, "document_type document-type doctype"),
            (.abstract, "abstract summary résumé resume resumen الملخص ملخص"), (.body, "body text texte texto النص نص"),
            (.programme, "programme program programa البرنامج برنامج"),
            (.labelSource, "label_source label-source labels"),
            (.access, "access accès acces acceso visibility"), (.date, "date fecha التاريخ تاريخ"), (.id, "id"),
            (.work, "work œuvre oeuvre obra"),
        ]
        var byName: [String: QueryField] = [:]
        for (field, list) in names {
            for name in list.split(separator: " ") { byName[String(name)] = field }
        }
        return byName
    }()
}
