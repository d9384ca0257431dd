import SabilRecords
import Testing

@testable import SabilAnalysis

@Suite struct `Language profiles` {
    @Test(arguments: Language.known) func `word lists are of a sensible size and repeat nothing`(language: Language) {
        let profile = LanguageProfile.profile(of: language)
        let stopwords = profile.stopwords.split(whereSeparator: \.isWhitespace)
        let questionWords = profile.questionWords.split(whereSeparator: \.isWhitespace)
        #expect((80...240).contains(stopwords.count), "\(language) has \(stopwords.count)")
        #expect((11...17).contains(questionWords.count), "\(language) has \(questionWords.count)")
        #expect(Set(stopwords).count == stopwords.count)
        #expect(Set(questionWords).count == questionWords.count)
    }

    @Test func `content words of the domain are no function words`() throws {
        let texts: [Language: String] = [
            .english: "social protection cash transfer pension work health child poverty income",
            .french: "protection sociale transfert emploi retraite santé enfant pauvreté été état",
            .spanish: "protección social transferencia empleo pensión salud niñez pobreza trabajo",
            .arabic: "الحماية الاجتماعية التحويلات النقدية العمل الصحة الفقر الأسرة التأمين",
        ]
        var session = Analyzer().makeSession()
        for language in Language.known {
            for token in try session.tokens(in: texts[language] ?? "", language: language) {
                #expect(!token.isStopword && !token.isQuestionWord, "\(language) \(token.surface)")
            }
        }
    }

    @Test(arguments: Language.known) func `every listed function word is marked`(language: Language) throws {
        let profile = LanguageProfile.profile(of: language)
        var session = Analyzer().makeSession()
        for token in try session.tokens(in: profile.stopwords, language: language) {
            #expect(token.isStopword, "\(language) \(token.surface)")
        }
        for token in try session.tokens(in: profile.questionWords, language: language) {
            #expect(token.isQuestionWord, "\(language) \(token.surface)")
        }
    }

    @Test func `given stems are used, folded and never strangers' stems`() throws {
        for language in [Language.english, .french, .spanish] {
            let chain = LanguageChain(.profile(of: language))
            var session = Analyzer().makeSession()
            let given = chain.listed.compactMapValues(\.stem).sorted { $0.key < $1.key }
            #expect(!given.isEmpty)
            for (word, stem) in given {
                let token = try session.tokens(in: word, language: language).first
                #expect(token?.stem == stem)
                #expect(stem.utf8.allSatisfy { (0x61...0x7A).contains($0) })
            }
        }
    }
}

@Suite struct `Stems` {
    /// Groups that must share one stem, and groups on one line that must not meet.
    static let families: [(Language, [[String]])] = [
        (.english, [["universal", "universally"], ["university", "universities"], ["universe"]]),
        (.english, [["internal"], ["international"], ["intern", "interns"], ["internment"]]),
        (.english, [["organic"], ["organization", "organisations", "organize"], ["organ", "organs"]]),
        (.english, [["transfer", "transfers", "transferring"], ["pension", "pensions", "pensioned"]]),
        (.english, [["benefit", "benefits"], ["beneficiary", "beneficiaries"], ["poverty"], ["poor"]]),
        (.english, [["subsidy", "subsidies"], ["insured", "insurance"], ["household", "households"]]),
        (.english, [["privatisation", "privatization"], ["labour", "labor"], ["programme", "program", "programs"]]),
        (.english, [["informal", "informality"], ["information"], ["government"], ["governance"], ["activities"]]),
        (.french, [["transfert", "transferts"], ["pension", "pensions"], ["pauvre", "pauvres"]]),
        (.french, [["mobilité", "mobilite", "mobilités"], ["chômage", "chomage"], ["vieillesse"]]),
        (.french, [["université", "universités"], ["universel", "universelle"], ["pays"], ["payer", "payé"]]),
        (.spanish, [["protección", "proteccion", "protecciones"], ["pobreza"], ["pobre", "pobres"]]),
        (.spanish, [["jubilación", "jubilacion", "jubilaciones"], ["niño", "niña", "niños"]]),
        (.spanish, [["universidad", "universidades"], ["universal"], ["interno"], ["internacional"]]),
        (.spanish, [["para"], ["paro", "parados"], ["seguridad"], ["seguro", "seguros"], ["género"], ["generar"]]),
        (.arabic, [["بطاقة", "البطاقة", "والبطاقات"], ["الطاقة", "طاقة"], ["برنامج", "البرنامج", "للبرنامج"]]),
        (.arabic, [["الحماية", "والحماية", "بالحماية", "للحماية", "حماية"], ["الفقر", "فقر"]]),
        (
            .arabic,
            [["خدمة", "خدمات", "الخدمات", "والخدمة"], ["أطفال", "طفل", "للأطفال", "الطفل"], ["نساء", "امرأة"]]
        ),
        (.arabic, [["لاجئ", "لاجئين", "اللاجئين", "للاجئين"], ["تعزيز", "لتعزيز", "ولتعزيز"], ["سياسة", "سياسات"]]),
        (
            .english,
            [["child", "children", "child's"], ["woman", "women"], ["criteria", "criterion"], ["crises", "crisis"]]
        ),
        (.french, [["travail", "travaux"], ["national", "nationaux"], ["œil", "yeux"]]),
        (
            .spanish,
            [["mujer", "mujeres"], ["joven", "jóvenes", "jovenes"], ["carácter", "caracteres"], ["vez", "veces"]]
        ),
        (.arabic, [["إعانات", "الإعانات"], ["الأسر", "للأسر"], ["معاشات", "المعاشات", "والمعاشات"]]),
    ]

    @Test(arguments: families) func `relatives meet and strangers do not`(
        language: Language, groups: [[String]]
    ) throws {
        var session = Analyzer().makeSession()
        var stems: [Set<String>] = []
        for group in groups {
            var seen: Set<String> = []
            for word in group {
                for token in try session.tokens(in: word, language: language) { seen.insert(token.stem) }
            }
            #expect(seen.count == 1, "\(group) gives \(seen.sorted())")
            stems.append(seen)
        }
        #expect(Set(stems.flatMap { $0 }).count == groups.count, "\(groups) give \(stems.map { $0.sorted() })")
    }

    /// Words and stems of the vocabularies of the Snowball project (BSD licence), as printed there.
    static let snowball: [(Language, String)] = [
        (
            .english,
            "consign:consign consigned:consign consistency:consist knackeries:knackeri knavish:knavish skies:sky "
                + "dying:die news:news generously:generous communism:communism happily:happili hopping:hop"
        ),
        (
            .french,
            "continu:continu continua:continu continuait:continu majestueusement:majestu main:main mainte:maint "
                + "maintenir:mainten malheureuse:malheur"
        ),
        (
            .spanish,
            "cheque:chequ chicas:chic chicharrones:chicharron torneo:torne torneos:torne toronto:toront "
                + "torre:torr trabajando:trabaj"
        ),
    ]

    @Test(arguments: snowball) func `the stemmer is Snowball's`(language: Language, pairs: String) throws {
        var session = Analyzer().makeSession()
        for pair in pairs.split(separator: " ") {
            let parts = pair.split(separator: ":").map(String.init)
            let token = try session.tokens(in: parts[0], language: language).first
            #expect(token?.stem == parts[1])
        }
    }

    @Test(arguments: [
        ("والكتاب", 6), ("الكتاب", 4), ("بالكتاب", 6), ("وبالكتاب", 8), ("للكتاب", 4), ("وللكتاب", 6), ("كتاب", 0),
        ("والد", 2), ("ولد", 0), ("الله", 0), ("لل", 0), ("لالتزام", 6), ("فالكتاب", 6), ("كالكتاب", 6), ("لتعزيز", 2),
        ("ولتعزيز", 4), ("لدول", 0), ("فقير", 0), ("سيدفع", 0), ("بطاقه", 0),
    ])
    func `Arabic prefixes are stripped by rule`(word: String, length: Int) {
        #expect(ArabicPrefixes.length(in: Array(word.utf8)) == length)
    }
}
