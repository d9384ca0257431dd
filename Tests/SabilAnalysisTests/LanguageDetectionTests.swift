import SabilAnalysis
import SabilRecords
import Testing

@Suite struct `Language detection` {
    static let texts: [(Language, [String])] = [
        (
            .english,
            [
                "how many households receive the grant", "old age pensions in Kenya", "the minister's report",
                "Cash transfers and food security", "what is social protection", "working poor",
            ]
        ),
        (
            .french,
            [
                "combien de ménages reçoivent l’allocation", "transferts monétaires", "l'emploi des jeunes",
                "Rapport sur la sécurité sociale", "couverture maladie universelle", "qu’est-ce que la pauvreté",
            ]
        ),
        (
            .spanish,
            [
                "cuántos hogares reciben el subsidio", "protección social", "¿qué es la pobreza?", "seguro de salud",
                "Informe sobre pensiones", "trabajadores del hogar",
            ]
        ),
        (.arabic, ["الحماية الاجتماعية", "كم عدد الأسر المستفيدة؟", "تقرير COVID-19 عن العمالة", "المعاشات"]),
    ]

    @Test(arguments: texts) func `short texts are recognised`(language: Language, texts: [String]) {
        var session = Analyzer().makeSession()
        for text in texts {
            let guess = session.detect(text, declared: nil)
            #expect(guess.language == language, "\(text)")
            #expect(guess.plausible.first == language, "\(text)")
            #expect(guess.confidence >= 0.6 && guess.confidence <= 1, "\(text)")
        }
    }

    @Test(arguments: [
        "Sozialschutz ist ein Menschenrecht und die Grundlage der Sicherheit für alle Menschen in jedem Land der Welt, "
            + "sagt die Organisation in ihrem Bericht",
        "A proteção social é um direito humano e inclui as políticas destinadas a reduzir e prevenir a pobreza e a "
            + "vulnerabilidade ao longo da vida",
        "La protezione sociale è un diritto umano e comprende le politiche che riducono la povertà di tutte le persone "
            + "nel corso della vita",
        "تأمین اجتماعی در ایران برای همه کارگران است", "социальная защита", "社会保護", "2030", "", "?!",
    ])
    func `what is in no language of ours stays undetermined`(text: String) {
        var session = Analyzer().makeSession()
        let guess = session.detect(text, declared: nil)
        #expect(guess.language == .undetermined)
        #expect(guess.confidence == 0)
    }

    /// A single word, what it is taken for, what it may be in any case, why the row is here.
    static let words: [(word: String, language: Language, plausible: Language, reason: String)] = [
        ("rent", .undetermined, .english, "its letters are likelier French"),
        ("acute", .undetermined, .english, "or Spanish"),
        ("procurement", .undetermined, .english, ""), ("planification", .undetermined, .french, "or English"),
        ("tarde", .undetermined, .spanish, ""), ("poverty", .english, .english, "letters of one language only"),
        ("chômage", .french, .french, ""), ("pobreza", .spanish, .spanish, ""),
        ("l'emploi", .french, .french, "elision tells"),
        ("الفقر", .arabic, .arabic, "so does the script"),
    ]

    @Test(arguments: words)
    func `one word is guessed only where it is telling`(
        word: String, language: Language, plausible: Language, reason: String
    ) {
        var session = Analyzer().makeSession()
        let guess = session.detect(word, declared: nil)
        #expect(guess.language == language, "\(word): \(reason)")
        #expect(guess.plausible.contains(plausible), "\(word): \(reason)")
    }

    @Test func `a word of several languages is plausible in each`() {
        var session = Analyzer().makeSession()
        #expect(session.plausibleLanguages(of: "pensions").contains(.english))
        #expect(session.plausibleLanguages(of: "pensions").contains(.french))
        #expect(Set(session.plausibleLanguages(of: "social")).isSuperset(of: [.english, .french, .spanish]))
        #expect(session.plausibleLanguages(of: "2030") == Language.known)
        #expect(session.plausibleLanguages(of: "منحة takaful").contains(.arabic))
        #expect(!session.plausibleLanguages(of: "transferts monétaires").contains(.spanish))
    }

    @Test func `a declared language wins and a contradiction is noted`() {
        var session = Analyzer().makeSession()
        let text = "The government pays a monthly grant to every child in the country"
        let agreed = session.detect(text, declared: .english)
        #expect(agreed.language == .english && agreed.contradiction == nil && agreed.confidence >= 0.95)
        let wrong = session.detect(text, declared: .french)
        #expect(wrong.language == .french && wrong.contradiction == .english && wrong.confidence < 0.1)
        let short = session.detect("PROGRESA", declared: .spanish)
        #expect(short.language == .spanish && short.contradiction == nil)
        #expect(session.detect(text, declared: .undetermined).language == .english)
    }

    @Test func `case, accents in two forms and repetition change little`() {
        var session = Analyzer().makeSession()
        #expect(session.detect("TRANSFERTS MONÉTAIRES", declared: nil).language == .french)
        #expect(session.detect("transferts mone\u{301}taires", declared: nil).language == .french)
        let long = String(repeating: "les transferts monétaires aident les ménages. ", count: 5000)
        #expect(session.detect(long, declared: nil).language == .french)
    }

    @Test(arguments: [3, .random(in: 0...UInt64.max)] as [UInt64])
    func `no text breaks it`(seed: UInt64) {
        var random = RandomText(seed: seed)
        var session = Analyzer().makeSession()
        for round in 0..<300 {
            for text in [random.text(length: 80), random.joints(length: 30), random.bytes(length: 200)] {
                let guess = session.detect(text, declared: nil)
                #expect((0...1).contains(guess.confidence), "seed \(seed) round \(round)")
                #expect(!guess.plausible.isEmpty && Set(guess.plausible).count == guess.plausible.count)
                #expect(guess == session.detect(text, declared: nil))
            }
        }
    }
}
