import SabilEvaluation
import SabilRecords
import Testing

/// A fault and the findings it must bring, in order, as beginnings of `file:line check: message`.
struct FixtureFault: Sendable, CustomTestStringConvertible {
    let name: String
    let findings: [String]
    let make: @Sendable (inout SmallFixtures) -> Void

    init(_ name: String, _ findings: String..., make: @escaping @Sendable (inout SmallFixtures) -> Void) {
        self.name = name
        self.findings = findings
        self.make = make
    }

    var testDescription: String { name }
}

extension FixtureFault {
    static func words(_ language: String, _ range: Range<Int>) -> String {
        range.map { "\(language)\($0 + 100_000)" }.joined(separator: " ")
    }

    static let all: [FixtureFault] =
        recordFaults + countFaults + textFaults + searchFaults + splitFaults + readingFaults

    static let recordFaults = [
        FixtureFault("what the validator warns of", "records/en.jsonl:2 record: $.population_groups[0]: ") {
            $0.change("en-0002") { $0.populationGroups = [ConceptID("g2")] }
        },
        FixtureFault("a line that is no JSON", "records/es.jsonl:4 record: $: This is no JSON") {
            $0.extraLines["records/es.jsonl"] = "{\n"
        },
        FixtureFault(
            "an id twice in one file", "labels/splits.tsv format: The file does not exist.",
            "records/en.jsonl:3 identity: The id en-0002 stands where en-0003 is due",
            "records/en.jsonl:3 record: $.id: The record replaces line 2"
        ) {
            $0.change("en-0003") { $0.id = RecordID("en-0002") }
            // The splits would tell it as well: this is about ids.
            $0.missing = ["labels/splits.tsv"]
        },
        FixtureFault("a gap", "records/ar.jsonl:3 identity: The id ar-0005 stands where ar-0003 is due.") {
            $0.change("ar-0003") { $0.id = RecordID("ar-0005") }
        },
        FixtureFault(
            "the id of another file", "labels/splits.tsv format: The file does not exist.",
            "records/es.jsonl:3 identity: The id es-0003 stands already at records/fr.jsonl:3.",
            "records/fr.jsonl:3 identity: The id es-0003 is not fr- and four digits."
        ) {
            $0.change("fr-0003") { $0.id = RecordID("es-0003") }
            $0.missing = ["labels/splits.tsv"]
        },
        FixtureFault(
            "versions of two types", "records/ar.jsonl:2 translations: ar-0002 and en-0002 are versions of work w2"
        ) {
            $0.change("ar-0002") { $0.type = "event" }
        },
        FixtureFault("versions about other countries", "records/es.jsonl:1 translations: es-0001 and en-0001") {
            $0.change("es-0001") { $0.countries = [] }
        },
        FixtureFault("versions five years apart", "records/fr.jsonl:1 translations: fr-0001 is of 2015 and en-0001") {
            $0.change("fr-0001") { $0.date = PartialDate(year: 2015) }
        },
        FixtureFault(
            "two versions in one language", "records/en.jsonl:4 translations: en-0004 and en-0003 are versions of work"
        ) {
            var copy = $0.records[.english]?[2] ?? ResourceRecord(id: RecordID(""), type: "", title: "")
            copy.id = RecordID("en-0004")
            copy.title = FixtureFault.words("en", 0..<4)
            copy.abstract = FixtureFault.words("en", 4..<80)
            $0.records[.english]?.append(copy)
        },
    ]

    static let countFaults = [
        FixtureFault("a short abstract", "records/en.jsonl:1 counts: The abstract of en-0001 has 59 words.") {
            $0.change("en-0001") { $0.abstract = FixtureFault.words("en", 0..<59) }
        },
        FixtureFault("a long abstract", "records/en.jsonl:1 counts: The abstract of en-0001 has 201 words.") {
            $0.change("en-0001") { $0.abstract = FixtureFault.words("en", 0..<201) }
        },
        FixtureFault("one concept", "records/es.jsonl:3 counts: es-0003 carries 1 concepts.") {
            $0.change("es-0003") { $0.concepts.removeLast() }
        },
        FixtureFault(
            "too few records", "records counts: There are 12 records, at least 13 are asked for."
        ) {
            $0.requirements.records = 13
        },
        FixtureFault("a type without a record", "records counts: No record is of type event.") {
            $0.requirements.everyContentType = true
        },
        FixtureFault(
            "too few in one language", "records/ar.jsonl counts: There are 2 records, at least 3 are asked for."
        ) {
            $0.records[.arabic]?.removeLast()
            $0.requirements.recordsPerLanguage = 3
        },
        FixtureFault("too few countries", "records counts: There are 2 countries, at least 3 are asked for.") {
            $0.requirements.countries = 3
        },
        FixtureFault("a year without a record", "records counts: No record is of 2014.") {
            $0.requirements.years = [2011, 2012, 2014]
        },
        FixtureFault(
            "too few bodies of the length", "records counts: There are 1 bodies of 400 to 1500 words, at least 2"
        ) {
            $0.change("en-0001") { $0.body = FixtureFault.words("en", 0..<400) }
            $0.change("en-0002") { $0.body = FixtureFault.words("en", 400..<799) }
            $0.requirements.bodies = 2
        },
        FixtureFault(
            "too few translated works", "records counts: There are 3 works in two to four languages, at least 4"
        ) {
            $0.requirements.translatedWorks = 4
        },
        FixtureFault(
            "concepts used too seldom, each by its own place",
            "records counts: The concept c5 (programme) is on 0 records, at least 1",
            "records counts: The concept c6 (programme) is on 0 records, at least 1",
            "records counts: The concept r1 (region) is on 0 records, at least 1"
        ) {
            $0.change("en-0001") { $0.populationGroups = [ConceptID("g1")] }
            $0.requirements.usesOfEachConcept = 1
        },
        FixtureFault(
            "too few frequent concepts", "records counts: 1 concepts of the subject facets are on 5 records or more, 2"
        ) {
            $0.requirements.frequentConcepts = 2
            $0.requirements.usesOfFrequentConcept = 5
        },
    ]

    static let textFaults = [
        FixtureFault("a language declared wrongly", "records/fr.jsonl:2 language: fr-0002 declares en in a file of fr.")
        {
            $0.change("fr-0002") { $0.language = .english }
        },
        FixtureFault("a wrong language that is meant") {
            $0.change("fr-0002") { $0.language = .english }
            $0.noise = ["fr-0002\twrong-language\tdeclares English"]
        },
        FixtureFault(
            "a wrong language that is not wrong", "records/fr.jsonl:2 language: fr-0002 is listed as wrong-language"
        ) {
            $0.noise = ["fr-0002\twrong-language\tdeclares English"]
        },
        FixtureFault("a text in the wrong file", "records/fr.jsonl:2 language: The text of fr-0002 seems to be in es") {
            $0.change("fr-0002") { $0.abstract = FixtureFault.words("es", 0..<90) }
        },
        FixtureFault(
            "a foreign sentence",
            "records/fr.jsonl:2 language: 11 % of the words of fr-0002 stand in sentences of another"
        ) {
            $0.change("fr-0002") { $0.abstract += ". " + FixtureFault.words("es", 0..<10) + "." }
        },
        FixtureFault("foreign words too few to tell, and a foreign sentence that is meant") {
            $0.change("fr-0001") { $0.abstract += ". " + FixtureFault.words("es", 0..<7) + "." }
            $0.change("fr-0002") { $0.abstract += ". " + FixtureFault.words("es", 10..<30) + "." }
            $0.noise = ["fr-0002\tmixed-language\ta sentence in Spanish"]
        },
        FixtureFault("a text of two languages that is meant") {
            $0.change("fr-0002") { $0.abstract = FixtureFault.words("es", 0..<90) }
            $0.noise = ["fr-0002\tmixed-language\thalf Spanish"]
        },
        FixtureFault("noise of an unknown record", "records/noise.tsv:2 noise: There is no record fr-0009.") {
            $0.noise = ["fr-0009\tdraft\tx"]
        },
        FixtureFault("noise of an unknown kind", "records/noise.tsv:2 format: \"capital\" is no kind of noise") {
            $0.noise = ["fr-0001\tcapital\tx"]
        },
        FixtureFault(
            "noise listed twice",
            "records/noise.tsv:3 noise: en-0001 is listed as draft already at records/noise.tsv:2."
        ) {
            $0.noise = ["en-0001\tdraft\tx", "en-0001\tdraft\ty"]
        },
        FixtureFault(
            "capitals and HTML that are not there",
            "records/noise.tsv:2 noise: en-0001 is listed as capitals, and its text shows none.",
            "records/noise.tsv:3 noise: en-0001 is listed as html, and its text shows none."
        ) {
            $0.noise = ["en-0001\tcapitals\tx", "en-0001\thtml\tx"]
        },
        FixtureFault(
            "capitals and HTML that are not listed", "records/en.jsonl:1 noise: en-0001 shows capitals",
            "records/en.jsonl:2 noise: en-0002 shows html", "records/en.jsonl:3 noise: en-0003 shows html"
        ) {
            $0.change("en-0001") { $0.title = "EN ENEN EN ENENEN 1" }
            $0.change("en-0002") { $0.abstract += " en&eacute;" }
            $0.change("en-0003") { $0.abstract += " en<br/>" }
        },
        FixtureFault("capitals, stretched Arabic and HTML that are listed, and what only looks like them") {
            $0.change("en-0001") { $0.title = "EN ENEN EN ENENEN 1" }
            $0.change("ar-0001") { $0.title = "الحمـــاية ar1 ar2" }
            $0.change("en-0002") { $0.abstract += " en <p>en</p>" }
            $0.change("en-0003") { $0.title = "ASPIRE en" }
            $0.change("en-0003") { $0.abstract += " en R&D en; 3 < 4 en > en" }
            $0.noise = ["en-0001\tcapitals\tx", "ar-0001\tcapitals\tx", "en-0002\thtml\tx"]
        },
        FixtureFault("a copied sentence", "records/en.jsonl:2 duplicates: en-0002 and en-0001 share ") {
            let own = $0.records[.english]?[0].abstract.split(separator: " ").prefix(16).joined(separator: " ") ?? ""
            $0.change("en-0002") { $0.abstract += " " + own }
        },
        FixtureFault(
            "a copied abstract beside a long body", "records/en.jsonl:2 duplicates: en-0002 and en-0001 share 9"
        ) {
            let own = $0.records[.english]?[0].abstract ?? ""
            $0.change("en-0002") { $0.abstract = own }
            $0.change("en-0002") { $0.body = FixtureFault.words("en", 0..<3000) }
        },
        FixtureFault("a likeness that is meant, and the same run of words in another language") {
            let own = $0.records[.english]?[0].abstract ?? ""
            $0.change("en-0002") { $0.abstract = own }
            $0.change("fr-0002") { $0.abstract += " " + own.split(separator: " ").prefix(40).joined(separator: " ") }
            $0.kin = ["en-0002\ten-0001\tthe same report"]
        },
        FixtureFault(
            "rows of kin that say nothing", "records/kin.tsv:2 duplicates: There is no record en-0009.",
            "records/kin.tsv:3 duplicates: The pair en-0001, en-0001", "records/kin.tsv:4 format: The reason is empty."
        ) {
            $0.kin = ["en-0009\ten-0001\tx", "en-0001\ten-0001\tx", "en-0001\ten-0003\t"]
        },
        FixtureFault(
            "one title twice in a type, case aside", "records/en.jsonl:2 duplicates: en-0002 and en-0001, both news"
        ) {
            $0.change("en-0001") { $0.title = "En Title of two" }
            $0.change("en-0002") { $0.title = "en title: of two" }
        },
    ]

    static let searchFaults = [
        FixtureFault(
            "a query without an answer", "search/queries.jsonl:1 judgements: No record has grade 2 or more for q-en-01."
        ) {
            $0.judgements["dev"] = ["q-en-01\ten-0001\t1", "q-en-01\tfr-0002\t0"]
        },
        FixtureFault(
            "too few judged", "search/queries.jsonl:1 judgements: 2 records are judged for q-en-01, at least 3"
        ) {
            $0.judgements["test"]?.append("q-fr-01\tes-0001\t1")
            $0.requirements.judgedPerQuery = 3
        },
        FixtureFault(
            "a judged record that is not there", "search/qrels/dev.tsv:3 judgements: There is no record fr-0008."
        ) {
            $0.judgements["dev"] = ["q-en-01\ten-0001\t3", "q-en-01\tfr-0008\t0"]
        },
        FixtureFault(
            "a judged query that is not there", "search/qrels/dev.tsv:4 judgements: There is no query q-en-02."
        ) {
            $0.judgements["dev"]?.append("q-en-02\ten-0001\t3")
        },
        FixtureFault("a grade of 4", "search/qrels/test.tsv:2 judgements: The grade 4 is not one of 0 to 3.") {
            $0.judgements["test"] = ["q-fr-01\ten-0001\t4"]
        },
        FixtureFault("a grade that is no number", "search/qrels/test.tsv:4 format: The grade \"x\" is no whole number.")
        {
            $0.trec = ["q-en-01 0 en-0001 3", "q-en-01 0 fr-0002 0", "q-fr-01 0 en-0001 3", "q-fr-01 0 fr-0002 0"]
            $0.judgements["test"]?.append("q-fr-01\ten-0002\tx")
        },
        FixtureFault(
            "a judgement in the file of the other split", "search/qrels/test.tsv:4 judgements: q-en-01 belongs to"
        ) {
            $0.judgements["test"]?.append("q-en-01\tes-0001\t0")
        },
        FixtureFault(
            "a pair judged twice", "search/qrels/all.trec:3 judgements: fr-0002 is judged for q-en-01 already at",
            "search/qrels/dev.tsv:4 judgements: fr-0002 is judged for q-en-01 already at search/qrels/dev.tsv:3."
        ) {
            $0.judgements["dev"]?.append("q-en-01\tfr-0002\t0")
        },
        FixtureFault(
            "all.trec that is another set",
            "search/qrels/all.trec:4 judgements: q-fr-01, es-0001 is in neither dev.tsv nor test.tsv.",
            "search/qrels/dev.tsv:3 judgements: search/qrels/all.trec has the grade 1 at line 2: q-en-01, fr-0002, 0.",
            "search/qrels/test.tsv:3 judgements: search/qrels/all.trec lacks this line: q-fr-01, fr-0002, 0."
        ) {
            $0.trec = ["q-en-01 0 en-0001 3", "q-en-01 0 fr-0002 1", "q-fr-01 0 en-0001 3", "q-fr-01 0 es-0001 0"]
        },
        FixtureFault(
            "a subject in both splits",
            "search/queries.jsonl:3 queries: q-en-02 is in test, q-en-01 of the same subject"
        ) {
            $0.queries.append(
                #"{"_id":"q-en-02","text":"t","lang":"en","kind":"word","split":"test","subject":"s-dev"}"#)
            $0.judgements["test"]? += ["q-en-02\ten-0001\t3", "q-en-02\tfr-0002\t0"]
        },
        FixtureFault(
            "a subject judged in two ways", "search/queries.jsonl:3 judgements: q-en-02 and q-en-01 have the subject"
        ) {
            $0.queries.append(
                #"{"_id":"q-en-02","text":"t","lang":"en","kind":"word","split":"dev","subject":"s-dev"}"#)
            $0.judgements["dev"]? += ["q-en-02\ten-0001\t3", "q-en-02\tfr-0002\t1"]
        },
        FixtureFault(
            "a query of no known split, language or form",
            "search/queries.jsonl:3 judgements: No record has grade 2 or more",
            "search/queries.jsonl:3 queries: \"de\" is no language of the engine.",
            "search/queries.jsonl:3 queries: The split \"train\" is neither dev nor test.",
            "search/queries.jsonl:4 format: The line is not like"
        ) {
            $0.queries.append(
                #"{"_id":"q-de-01","text":"t","lang":"de","kind":"word","split":"train","subject":"s"}"#)
            $0.queries.append(#"{"_id":"q-de-02"}"#)
        },
        FixtureFault(
            "a query twice",
            "search/queries.jsonl:3 queries: The query q-en-01 stands already at search/queries.jsonl:1"
        ) {
            $0.queries.append($0.queries[0])
        },
        FixtureFault(
            "too few queries", "search/queries.jsonl queries: There are 0 queries in ar, at least 1",
            "search/queries.jsonl queries: There are 0 queries in es, at least 1",
            "search/queries.jsonl queries: There are 0 queries of kind cross-language, at least 1",
            "search/queries.jsonl queries: There are 2 queries, at least 3"
        ) {
            $0.requirements.queries = 3
            $0.requirements.queriesPerLanguage = 1
            $0.requirements.crossLanguageQueries = 1
        },
    ]

    /// Rows of a table of splits for the records of the sound folder: by date and by subject for each work.
    static func rows(_ parts: [(String, String)]) -> [String] {
        ["ar", "en", "es", "fr"].flatMap { language in
            parts.enumerated().map { index, part in
                "\(language)-000\(index + 1)\tw\(index + 1)\t\(part.0)\t\(part.1)"
            }
        }
    }

    static let splitFaults = [
        FixtureFault("no table of splits", "labels/splits.tsv format: The file does not exist.") {
            $0.missing = ["labels/splits.tsv"]
        },
        FixtureFault("a table of splits without a row", "labels/splits.tsv splits: The table has no row.") {
            $0.splits = []
        },
        FixtureFault("a labelled record in no split", "records/fr.jsonl:3 splits: fr-0003 is labelled and in no split.")
        {
            $0.splits = FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")]).dropLast()
        },
        FixtureFault(
            "a record twice, and one that is not there", "labels/splits.tsv:14 splits: fr-0003 stands already at",
            "labels/splits.tsv:15 splits: There is no record fr-0004."
        ) {
            $0.splits =
                FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")])
                + ["fr-0003\tw3\ttest\ttest", "fr-0004\tw4\ttest\ttest"]
        },
        FixtureFault("the work of another record", "labels/splits.tsv:2 splits: ar-0001 is a version of w1.") {
            $0.splits = FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")])
            $0.splits?[0] = "ar-0001\tw2\ttrain\tdev"
        },
        FixtureFault(
            "versions in two parts by date", "labels/splits.tsv:13 splits: fr-0003 and ar-0003, versions of one work"
        ) {
            $0.splits = FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")])
            $0.splits?[11] = "fr-0003\tw3\tdev\ttest"
        },
        FixtureFault(
            "versions in two parts by subject", "labels/splits.tsv:13 splits: fr-0003 and ar-0003, versions of one work"
        ) {
            $0.splits = FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")])
            $0.splits?[11] = "fr-0003\tw3\ttest\tdev"
        },
        FixtureFault(
            "a newer work before an older one", "labels/splits.tsv:3 splits: By date, the work of ar-0002 is in train"
        ) {
            $0.splits = FixtureFault.rows([("test", "dev"), ("train", "train"), ("test", "test")])
        },
        FixtureFault(
            "one country in two parts", "labels/splits.tsv:4 splits: ar-0003 and ar-0001 are about one country"
        ) {
            for language in ["en", "fr", "es", "ar"] { $0.change("\(language)-0003") { $0.countries = ["KEN"] } }
            $0.splits = FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")])
        },
        FixtureFault(
            "one programme in two parts", "labels/splits.tsv:4 splits: ar-0003 and ar-0002 are about one country"
        ) {
            $0.change("es-0003") { $0.title = "es1 Juntos es2" }
            $0.change("es-0002") { $0.title = "Juntos es3" }
            $0.splits = FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")])
        },
        FixtureFault(
            "concepts that a part has none of",
            "labels/splits.tsv splits: By subject, c2 has 4 examples or more and none in dev, test.",
            "labels/splits.tsv splits: By subject, c3", "labels/splits.tsv splits: By subject, c4"
        ) {
            $0.splits = FixtureFault.rows([("train", "train"), ("dev", "dev"), ("test", "test")])
            $0.requirements.examplesToStandInEveryPart = 4
        },
        FixtureFault("a part of another name", "labels/splits.tsv:14 format: A part is neither train, dev nor test.") {
            $0.splits =
                FixtureFault.rows([("train", "dev"), ("dev", "train"), ("test", "test")]) + ["x\tw\tall\tdev"]
        },
    ]

    static let readingFaults = [
        FixtureFault(
            "no second reading", "labels/second-reader.jsonl format: The file does not exist.",
            "labels/second-reader.jsonl second-reading: There are 0 second readings, at least 4 are asked for."
        ) {
            $0.missing = ["labels/second-reader.jsonl"]
            $0.requirements.secondReadings = 4
            $0.requirements.secondReadingsPerLanguage = 1
        },
        FixtureFault(
            "a language that nobody read again",
            "labels/second-reader.jsonl second-reading: There are 0 second readings in ar, at least 1"
        ) {
            $0.secondReadings.removeLast()
            $0.requirements.secondReadings = 3
            $0.requirements.secondReadingsPerLanguage = 1
        },
        FixtureFault(
            "a reading of nothing", "labels/second-reader.jsonl:5 second-reading: There is no record en-0009.",
            "labels/second-reader.jsonl:6 second-reading: en-0002: \"c9\" is no concept",
            "labels/second-reader.jsonl:7 second-reading: The concepts of en-0003 are none",
            "labels/second-reader.jsonl:8 second-reading: en-0001 stands already at labels/second-reader.jsonl:1.",
            "labels/second-reader.jsonl:9 format: The line is not like"
        ) {
            $0.secondReadings += [
                #"{"id":"en-0009","concepts":["c1"]}"#, #"{"id":"en-0002","concepts":["c9"]}"#,
                #"{"id":"en-0003","concepts":[]}"#, #"{"id":"en-0001","concepts":["c1"]}"#, #"{"id":"en-0001"}"#,
            ]
        },
    ]
}
