public import SabilRecords

/// Makes records at any scale whose words, lengths, labels, languages, countries and years follow given ones.
///
/// For speed and load only: the text reads like the given records from afar and means nothing, which each record's id
/// (`gen-…`) and address (`https://generated.invalid/…`) say. What follows what:
///
/// - Kinds and years: the platform's growth (`PlatformGrowth`) for the kinds that it counts, the given records' share for
///   the others. News, events and the like carry the year in which they came; a work of the publications' kind carries
///   its model's year, or the year in which it came when that is earlier.
/// - Language, labels, population groups, lengths and words: one given record of that kind, the first model.
/// - Countries, regions, organisations, authors and series: another given record of the same kind and language, so
///   that topics meet countries in more pairs than given.
/// - Words: a chain over the words of the language, drawn towards the first model's; see `WordChain` for new words.
/// - Works: as many records as given are a version, in another language, of the record before.
///
/// Deterministic: the same records and seed give the same bytes. Holds the given records' words and tables only.
public struct SyntheticRecords: Sendable {
    private var models: [Model] = []
    /// Models by group (a kind of the growth table, or one for each other type) and language.
    private var groups: [Group] = []
    private var groupDraws: CumulativeDraw
    private var chains: [Language: WordChain] = [:]
    /// Probability, in 1/65536, that a record is another version of the one before.
    private let versionRate: UInt64
    private var random: SeededGenerator
    private var made = 0
    private var previous: Skeleton?

    /// - Parameter records: those to follow, in any order; one without at least two words of abstract is not followed.
    /// - Complexity: O(words of the records).
    public init(like records: [ResourceRecord], seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let usable = records.sorted { $0.id < $1.id }.filter { $0.abstract.split(separator: " ").count > 1 }
        for record in usable {
            models.append(Model(record, chain: &chains[record.language, default: WordChain()]))
        }
        for language in chains.keys { chains[language]?.finish() }
        let works = Set(usable.map(\.work)).count
        versionRate = usable.isEmpty ? 0 : UInt64((1 - Double(works) / Double(usable.count)) * 65_536)
        groups = Group.all(of: models)
        groupDraws = CumulativeDraw(groups.map(\.weight))
    }

    /// Whether there is nothing to follow: no record can be made.
    public var isEmpty: Bool { models.isEmpty }

    /// Appends the next record as one line of canonical JSON, with a line end, to `output`; nothing when `isEmpty`.
    ///
    /// - Complexity: O(bytes appended).
    public mutating func appendNext(to output: inout [UInt8]) {
        guard !isEmpty else { return }
        made += 1
        let digits = String(made)
        let id = "gen-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        let skeleton = nextSkeleton(id: id)
        let model = models[skeleton.model]
        previous = skeleton

        output += #"{"id":""#.utf8
        output += id.utf8
        if skeleton.work != id {
            output += #"","uuid":""#.utf8
            output += skeleton.work.utf8
        }
        output += #"""#.utf8
        output += model.head
        appendText(#","title":""#, words: model.titleLength, model, to: &output)
        appendText(#","abstract":""#, words: stretched(model.abstractLength), model, to: &output)
        if model.bodyLength > 0 {
            appendText(#","body":""#, words: stretched(model.bodyLength), model, to: &output)
        }
        output += models[skeleton.place].makers
        output += model.documentType
        output += #","date":""#.utf8
        output += skeleton.date.utf8
        output += #"""#.utf8
        output += models[skeleton.place].place
        output += models[skeleton.topic].topic
        output += model.visibility
        output += #","url":"https://generated.invalid/"#.utf8
        output += id.utf8
        output += "\"}\n".utf8
    }

    private mutating func appendText(_ key: StaticString, words: Int, _ model: Model, to output: inout [UInt8]) {
        output += key.description.utf8
        chains[model.language]?.appendText(words: words, near: model.words, to: &output, using: &random)
        output.append(0x22)
    }

    private mutating func nextSkeleton(id: String) -> Skeleton {
        if let previous, random.next() & 0xFFFF < versionRate,
            let other = groups[previous.group].otherLanguage(than: models[previous.model].language, using: &random)
        {
            return Skeleton(
                group: previous.group, model: other, topic: previous.topic, place: previous.place,
                work: previous.work, date: previous.date)
        }
        let group = groupDraws.next(using: &random)
        let model = groups[group].models[random.nextIndex(below: groups[group].models.count)]
        let alike = groups[group].byLanguage[models[model].language] ?? groups[group].models
        let place = alike[random.nextIndex(below: alike.count)]
        return Skeleton(
            group: group, model: model, topic: model, place: place, work: id,
            date: date(came: groups[group].came, like: models[model]))
    }

    private mutating func date(came: Int?, like model: Model) -> String {
        let year: Int
        if let came, model.isDatedOnArrival {
            year = came
        } else {
            year = min(model.year, came ?? model.year)
        }
        func padded(_ number: Int) -> String { (number < 10 ? "-0" : "-") + String(number) }
        let month = padded(1 + random.nextIndex(below: 12))
        let day = padded(1 + random.nextIndex(below: 28))
        return String(year) + (model.dateParts > 1 ? month : "") + (model.dateParts > 2 ? day : "")
    }

    /// A length within a quarter of the given one.
    private mutating func stretched(_ length: Int) -> Int {
        max(2, length * (75 + random.nextIndex(below: 51)) / 100)
    }
}

/// What a record takes from which models.
private struct Skeleton: Sendable {
    let group: Int
    /// Gives type, language, lengths and words.
    let model: Int
    /// Gives the labels.
    let topic: Int
    /// Gives the countries and makers.
    let place: Int
    let work: String
    let date: String
}

/// A given record: its words as numbers, and its other members as they stand in JSON.
private struct Model: Sendable {
    let type: String
    let language: Language
    let titleLength: Int
    let abstractLength: Int
    let bodyLength: Int
    let words: [Int32]
    let year: Int
    /// 1 to 3: known to the year, month or day.
    let dateParts: Int
    let head: [UInt8]
    let makers: [UInt8]
    let documentType: [UInt8]
    let place: [UInt8]
    let topic: [UInt8]
    let visibility: [UInt8]

    /// Publications and laws are older than their arrival on the platform; all else is dated when it comes.
    var isDatedOnArrival: Bool { PlatformGrowth.kind(ofType: type) != 0 }

    init(_ record: ResourceRecord, chain: inout WordChain) {
        type = record.type
        language = record.language
        let title = chain.add(record.title)
        let abstract = chain.add(record.abstract)
        let body = chain.add(record.body)
        titleLength = max(1, title.count)
        abstractLength = abstract.count
        bodyLength = body.count
        words = title + abstract + body
        year = record.date?.year ?? 2015
        dateParts = record.date.map { $0.day != nil ? 3 : $0.month != nil ? 2 : 1 } ?? 1
        head = record.jsonMembers([.type, .language])
        makers = record.jsonMembers([.authors, .organisations, .series])
        documentType = record.jsonMembers([.documentType])
        place = record.jsonMembers([.countries, .regions])
        topic = record.jsonMembers([.populationGroups, .concepts])
        visibility = record.jsonMembers([.visibility])
    }
}

/// Models that can stand for one another: of one kind and, where the growth table counts the kind, one year of arrival.
private struct Group: Sendable {
    let models: [Int]
    let byLanguage: [Language: [Int]]
    /// The year of arrival; `nil` where the table does not count the kind.
    let came: Int?
    let weight: Double

    private init(_ numbers: [Int], of models: [Model], came: Int?, weight: Double) {
        self.models = numbers
        byLanguage = Dictionary(grouping: numbers) { models[$0].language }
        self.came = came
        self.weight = weight
    }

    static func all(of models: [Model]) -> [Group] {
        var byKind: [Int: [Int]] = [:]
        var byType: [String: [Int]] = [:]
        for (number, model) in models.enumerated() {
            if let kind = PlatformGrowth.kind(ofType: model.type) {
                byKind[kind, default: []].append(number)
            } else {
                byType[model.type, default: []].append(number)
            }
        }
        let steps = PlatformGrowth.added.filter { byKind[$0.kind] != nil }
        let total = Double(steps.reduce(0) { $0 + $1.count })
        let share = Double(byKind.values.reduce(0) { $0 + $1.count })
        var groups = steps.map { step in
            Group(
                byKind[step.kind] ?? [], of: models, came: step.year, weight: Double(step.count) / total * share)
        }
        for (_, numbers) in byType.sorted(by: { $0.key < $1.key }) {
            groups.append(Group(numbers, of: models, came: nil, weight: Double(numbers.count)))
        }
        return groups
    }

    /// A model in another language, languages as frequent as in the group; `nil` when the group has one language only.
    func otherLanguage(than language: Language, using random: inout SeededGenerator) -> Int? {
        let others = models.count - (byLanguage[language]?.count ?? 0)
        guard others > 0 else { return nil }
        var place = random.nextIndex(below: others)
        for (candidate, numbers) in byLanguage.sorted(by: { $0.key < $1.key }) where candidate != language {
            if place < numbers.count { return numbers[place] }
            place -= numbers.count
        }
        return nil
    }
}

/// Draws a place with probability proportional to its weight.
private struct CumulativeDraw: Sendable {
    private var sums: [Double] = []

    init(_ weights: [Double]) {
        var sum = 0.0
        for weight in weights {
            sum += weight
            sums.append(sum)
        }
    }

    /// - Complexity: O(log weights)
    func next(using random: inout SeededGenerator) -> Int {
        let draw = random.nextUnit() * (sums.last ?? 0)
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if draw < sums[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
