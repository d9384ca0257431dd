/// The least that the fixtures must hold to serve as a benchmark: every number the checks compare with, in one place.
///
/// The defaults are those of the shipped fixtures; tests lower them.
public struct FixtureRequirements: Sendable, Hashable {
    // Records.
    public var records = 720
    public var recordsPerLanguage = 170
    /// Whether each content type has at least one record.
    public var everyContentType = true
    public var countries = 90
    /// Each of these years has at least one record.
    public var years = Array(2000...2024)
    /// Words of an abstract, counted as the analyzer's tokens, remains of HTML and of extraction included.
    public var abstractWords = 60...200
    /// Words of a body that counts as a long text.
    public var bodyWords = 400...1500
    /// Records with a body of that length.
    public var bodies = 80
    /// Works that stand in two to four languages.
    public var translatedWorks = 120
    /// Most years between the dates of two versions of one work.
    public var yearsBetweenVersions = 3

    // Labels.
    public var conceptsPerRecord = 2...7
    /// Records for each concept of the six facets; regions and population groups count by their own fields.
    public var usesOfEachConcept = 3
    /// How many concepts of the four subject facets are to be frequent, and how many records make a concept frequent.
    public var frequentConcepts = 60
    public var usesOfFrequentConcept = 25

    // Languages.
    /// Share of the words in sentences of another language from which a text must be listed as mixed.
    ///
    /// Of 734 records the 21 written with sentences of two languages have 0.32 to 0.53, all others none.
    public var foreignShare = 0.1

    // Duplicates.
    /// Jaccard coefficient of the 5-word shingles of two texts of one language from which they count as nearly the same.
    ///
    /// Of the 66,988 pairs of one language among 734 records, an instrument and the glossary entry that lists what it grants
    /// reach 0.057, all others at most 0.037, and 66,979 less than 0.014. One sentence of sixteen words copied from one
    /// abstract of 110 words into another gives 0.06.
    public var nearDuplicate = 0.05

    // Search.
    public var queries = 200
    public var queriesPerLanguage = 50
    public var crossLanguageQueries = 60
    public var judgedPerQuery = 15
    /// The grade from which a record answers a query.
    public var relevantGrade = 2
    public var grades = 0...3

    // Splits.
    /// From how many labelled records on a concept must occur in each part of the split by subject.
    public var examplesToStandInEveryPart = 10

    // Second reader.
    public var secondReadings = 150
    public var secondReadingsPerLanguage = 30

    public init() {}

    /// Nothing is asked for: every count may be 0. The limits on single records and pairs stay.
    public static var none: FixtureRequirements {
        var none = FixtureRequirements()
        none.records = 0
        none.recordsPerLanguage = 0
        none.everyContentType = false
        none.countries = 0
        none.years = []
        none.bodies = 0
        none.translatedWorks = 0
        none.usesOfEachConcept = 0
        none.frequentConcepts = 0
        none.queries = 0
        none.queriesPerLanguage = 0
        none.crossLanguageQueries = 0
        none.judgedPerQuery = 0
        none.secondReadings = 0
        none.secondReadingsPerLanguage = 0
        return none
    }
}
