import SabilClassification
import SabilRecords
import Testing

@Suite struct TrainingExampleTests {
    @Test(arguments: [
        ("fr-431", Language.french, "431"), ("en-A-0.6-s146", .english, "A-0.6-s146"), ("fr-431", .english, "fr-431"),
        ("fr-", .french, "fr-"), ("a7007", .french, "a7007"),
    ])
    func `translations share a work`(id: String, language: Language, work: String) {
        #expect(TrainingExample.work(of: id, language: language) == work)
    }
}
