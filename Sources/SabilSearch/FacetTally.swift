import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Turns the index's counts of numbers and bytes into facets with names, trees and selections.
struct FacetTally: Sendable {
    let taxonomy: ConceptScheme
    let contentTypes: ContentTypeCatalogue?
    let filters: FilterPlanner
    let readerLanguage: Language

    /// The slots to count for a field.
    static func requests(for field: FacetField) -> [XapianIndex.FacetRequest] {
        typealias Slot = IndexSchema.Slot
        return switch field {
        case .type: [.init(slot: Slot.type, kind: .single)]
        case .pillar: [.init(slot: Slot.pillar, kind: .single)]
        case .language: [.init(slot: Slot.language, kind: .single)]
        case .concept: [.init(slot: Slot.concepts, kind: .list), .init(slot: Slot.conceptsByPerson, kind: .list)]
        case .country: [.init(slot: Slot.countries, kind: .list)]
        case .region: [.init(slot: Slot.regions, kind: .list)]
        case .population: [.init(slot: Slot.populations, kind: .list)]
        case .programme: [.init(slot: Slot.programmes, kind: .list)]
        case .year: [.init(slot: Slot.year, kind: .single)]
        case .organisation: [.init(slot: Slot.organisations, kind: .list)]
        case .series: [.init(slot: Slot.series, kind: .single)]
        case .documentType: [.init(slot: Slot.documentType, kind: .single)]
        case .labelSource: [.init(slot: Slot.labelSources, kind: .list)]
        }
    }

    /// - Parameters:
    ///   - results: as ``requests(for:)`` asked.
    ///   - selection: the filter of the same field; its values are there even at 0.
    ///   - name: gives the name of an organisation that the taxonomy does not know.
    func counts<Failure: Error>(
        _ field: FacetField, _ results: [XapianIndex.FacetResult], selection: Filter?,
        name: (UInt32) throws(Failure) -> String?
    ) throws(Failure) -> [FacetCount] {
        var counts: [FacetCount] = []
        var places: [String: Int] = [:]
        // Organisations that the taxonomy does not know, by the digest of their folded name.
        var named: [UInt32: String] = [:]
        var session = filters.analyzer.makeSession()
        func add(_ count: FacetCount) {
            if let place = places[count.id] {
                counts[place].count += count.count
            } else {
                places[count.id] = counts.count
                counts.append(count)
            }
        }
        for entry in results.first?.counts ?? [] {
            switch entry.value {
            case .number(let number):
                if let count = try self.count(field, number: number, count: entry.count, name: name) {
                    add(count)
                    if field == .organisation { named[number] = count.id }
                }
            case .bytes(let bytes):
                add(value(field, bytes: bytes, count: entry.count, session: &session))
            }
        }
        if field == .concept, results.count > 1 {
            for index in counts.indices { counts[index].countByPerson = 0 }
            for entry in results[1].counts {
                guard case .number(let number) = entry.value, let concept = taxonomy.concept(number: .init(number)),
                    let place = places[concept.id.rawValue]
                else { continue }
                counts[place].countByPerson = entry.count
            }
        }
        for id in selected(selection, field: field, named: &named, session: &session) {
            if let place = places[id] {
                counts[place].isSelected = true
            } else if var count = empty(field, id: id) {
                count.isSelected = true
                add(count)
            }
        }
        return counts.sorted { first, second in
            if field == .year { return (Int(first.id) ?? 0) > (Int(second.id) ?? 0) }
            if first.count != second.count { return first.count > second.count }
            return (first.label, first.id) < (second.label, second.id)
        }
    }

    // MARK: Values

    private func count<Failure: Error>(
        _ field: FacetField, number: UInt32, count: Int, name: (UInt32) throws(Failure) -> String?
    ) throws(Failure) -> FacetCount? {
        if field == .labelSource {
            let source = LabelSource.allCases.first { IndexSchema.labelSourceNumber($0) == number }
            return source.map { FacetCount(id: $0.rawValue, label: $0.rawValue, count: count) }
        }
        if field == .organisation, number & IndexSchema.organisationDigestBit != 0 {
            let name = try name(number) ?? "#\(number)"
            return FacetCount(id: name, label: name, count: count)
        }
        guard let concept = taxonomy.concept(number: ConceptNumber(number)) else { return nil }
        return self.count(field, of: concept, count: count)
    }

    private func count(_ field: FacetField, of concept: Concept, count: Int) -> FacetCount {
        let isCountry = concept.facet == Facet.country
        let parent = (isCountry ? concept.regions.first : concept.broader.first)?.rawValue
        return FacetCount(
            id: concept.id.rawValue, label: taxonomy.label(concept.id, in: readerLanguage), count: count,
            parent: parent, parentField: parent == nil ? nil : isCountry ? .region : field,
            depth: isCountry ? 0 : taxonomy.depth(of: concept.id))
    }

    private func value(
        _ field: FacetField, bytes: [UInt8], count: Int, session: inout AnalysisSession
    ) -> FacetCount {
        if field == .year, let year = IndexValue.number(bytes) {
            return FacetCount(id: String(Int(year)), label: String(Int(year)), count: count)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if field == .series {
            // Spellings that a filter takes for one are counted as one, under the most frequent.
            let key = (try? NameKey.of(text, session: &session)) ?? text
            return FacetCount(id: key, label: text, count: count)
        }
        return self.count(field, id: text, count: count)
    }

    private func count(_ field: FacetField, id: String, count: Int) -> FacetCount {
        let pillar = field == .type ? contentTypes?.pillar(ofType: id)?.id : nil
        return FacetCount(
            id: id, label: label(field, id), count: count, parent: pillar,
            parentField: pillar == nil ? nil : .pillar)
    }

    private func label(_ field: FacetField, _ id: String) -> String {
        switch field {
        case .type: contentTypes?.type(id)?.label(in: readerLanguage) ?? id
        case .pillar: contentTypes?.pillars.first { $0.id == id }?.label(in: readerLanguage) ?? id
        case .documentType: contentTypes?.documentType(id)?.label(in: readerLanguage) ?? id
        default: id
        }
    }

    // MARK: Selections

    /// The ids that a filter selects, as the facet writes them.
    ///
    /// - Parameter named: names that were counted; one that was not is added as the filter writes it.
    private func selected(
        _ filter: Filter?, field: FacetField, named: inout [UInt32: String], session: inout AnalysisSession
    ) -> [String] {
        guard let filter else { return [] }
        var ids: [String] = []
        for value in filter.values.map(\.trimmed) {
            let id: String?
            switch field {
            case .concept, .country, .region, .population, .programme, .organisation:
                let concept = filters.tags.concept(value, facets: filters.facets(of: field), session: &session)
                if concept == nil, field == .organisation {
                    // Spellings that a filter takes for one are one.
                    let digest = IndexSchema.organisationDigest((try? NameKey.of(value, session: &session)) ?? value)
                    if named[digest] == nil { named[digest] = value }
                    id = named[digest]
                } else {
                    id = concept?.id.rawValue
                }
            case .series: id = (try? NameKey.of(value, session: &session)) ?? value
            case .type: id = contentTypes?.type(value)?.id ?? value
            case .language: id = Language(bcp47: value)?.rawValue
            // A range selects no single year.
            case .year: id = Int(value) == nil ? nil : value
            case .pillar, .documentType, .labelSource: id = value
            }
            if let id, !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    private func empty(_ field: FacetField, id: String) -> FacetCount? {
        if let concept = taxonomy.concept(ConceptID(id)), concept.facet.map(filters.facets(of: field).contains) == true
        {
            var count = count(field, of: concept, count: 0)
            if field == .concept { count.countByPerson = 0 }
            return count
        }
        return count(field, id: id, count: 0)
    }
}
