/// Every number of the ranking, with where it comes from.
///
/// The recipe was measured on eleven public collections in four languages (nDCG@10, paired permutation tests, halves of
/// the queries and leave-one-language-out agree); the share each part is worth is in ADR 4.
/// From outside they are set by name: see ``init(_:)`` and ``names``. None of them changes what an index holds.
public struct RankingParameters: Sendable, Hashable {
    // First step: Robertson & Zaragoza 2009 (3.15) with Lucene's idf, raised to a power.
    /// .9 to 1.2 make no difference.
    var k1 = 0.9
    /// .85 to .9 are best for laws and manuals, a little less for single sentences.
    var b = 0.85
    /// Worth .0035.
    var idfExponent = 1.25

    /// Hits of the first step that the second one reorders; 50 keep nine tenths of the gain.
    var poolSize = 100
    /// Letter sequences: worth .0085.
    var gramWeight = 0.2
    var gramLength = 4
    /// Sequences in more documents than this share say nothing.
    var gramDocumentShare = 0.25
    /// Letter sequences where the document is in another language than the query: names and cognates are all there is.
    /// Without function words. Counted over all languages, shared sequences weigh less than when the pool's words stood for them
    /// (then .5 was best): .5 costs the judged fixtures .014, .75 costs queries over many languages .0025.
    var foreignGramWeight = 0.65
    /// Neighbours in the query's order: worth .0024, with near pairs .0138.
    var orderedPairWeight = 0.3
    /// Content words close to one another in any order: worth .0036.
    var nearPairWeight = 0.4
    /// Words of the query that make a near pair: neighbours, or one apart.
    var nearPairReach = 2
    /// Positions of the text between the words of a near pair at most.
    var nearPairDistance = 3
    /// The query holds the whole title: worth .0006, in units of BM25.
    var fullTitleWeight = 3.0
    /// Share of the title's mass that the query must hold.
    var fullTitleShare = 0.95
    /// Words of the query that stand early in a text: worth .008 (ADR 14). Laws and manuals want 1.1 and more, questions on
    /// paragraphs .4; between .4 and .9 all languages gain on both halves of the queries.
    var leadWeight = 0.6
    /// Words before a first occurrence that take half of it; 20 to 80 make .001 of difference.
    var leadLength = 40.0
    /// Postings leapt to at most to know how many documents hold both words of a pair; beyond, the number is an estimate.
    var pairFrequencySteps = 512

    // Concepts recognised in the query: on 262 records of the domain in four languages they take documents in other
    // languages from nDCG@10 .126 to .47 and cost documents in the same language nothing.
    /// Weight of a concept, which is scored like one word.
    var conceptWeight = 1.0
    // Words in texts of other languages, by what the index learnt of translations (``TranslationLearner``).
    /// Weight of a word's translation against the word itself: above 1 because function words and exact forms count at home only.
    /// 2 and 2.5 cost the judged fixtures .003 and .02 of nDCG@10 over all queries; what stands in the query's language is ranked the same.
    var translationWeight = 1.5
    /// The same for a query of undetermined language, of which any text may have the words as they stand.
    var plausibleTranslationWeight = 1.0
    /// Letter sequences of the query as translated, in texts of the language that it was translated to: .2 and .6 cost the
    /// queries whose answers are in other languages .03 and .02.
    var translatedGramWeight = 0.3
    /// A word whose surest translation is less sure than this is not translated.
    var minimumTranslationConfidence = 0.05
    /// From here on the surest translation counts in full.
    var certainTranslationConfidence = 0.6
    /// Translations of a word, per language, that are searched for.
    var translationsPerWord = 4
    /// How sure they must be, as a share of the surest.
    var translationShare = 0.25
    /// Translations of all words of a query.
    var maximumTranslations = 300
    /// Parts of a word that texts also write as two, against two words of the query; 0 leaves all other spellings of compounds out.
    var compoundWeight = 1.0
    // Concepts that people gave the best hits (``TagFeedback``).
    /// What a hit that shares all of them gains, as a part of the best hit's score.
    var feedbackWeight = 0.4
    /// Works that are looked at.
    var feedbackWorks = 6
    /// Words of the four languages that a prefix may stand for.
    var prefixExpansion: UInt32 = 200
    /// Beginnings of words in one query that are looked at.
    var maximumPrefixes = 20
    /// Analysed words of a query that are looked at.
    var maximumWords = 400
    /// Names of one concept that are told and marked.
    var maximumNames = 80
    /// Concepts recognised in one query that are searched for.
    var maximumConcepts = 40
    /// Weight of a person's tag under a concept filter, of a guess: it decides between hits that are about as good.
    var personTagWeight = 0.5

    public static let standard = RankingParameters()
}
