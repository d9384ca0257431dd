import SabilRecords
import Testing

@testable import SabilAnalysis

@Suite struct `Passages in another language` {
    static let english = """
        The ministry reviewed the social registry in 2021 and found that most of the households had moved. It asked the \
        districts to visit them again before the lean season.
        """
    static let french = """
        Le ministère a revu le registre social et constaté que la plupart des ménages avaient déménagé. Il a demandé aux \
        districts de les visiter à nouveau avant la soudure.
        """
    static let spanish = """
        El ministerio revisó el registro social y encontró que la mayoría de los hogares se había mudado. Pidió a los \
        distritos que los visitaran de nuevo antes de la temporada de escasez.
        """
    static let arabic = """
        راجعت الوزارة السجل الاجتماعي في عام ٢٠٢١ ووجدت أن معظم الأسر قد انتقلت من مساكنها. وطلبت من المديريات أن تزورها مرة \
        أخرى قبل موسم الجفاف.
        """
    static let texts: [(Language, String)] = [
        (.english, english), (.french, french), (.spanish, spanish), (.arabic, arabic),
    ]

    private static func passages(
        of text: String, _ language: Language, _ session: inout AnalysisSession
    ) throws -> [ForeignPassage] {
        let tokens = try session.tokens(in: text, language: language)
        return try session.foreignPassages(
            of: text, language: language, words: tokens.map { ($0.utf8Range, $0.isStopword) })
    }

    @Test func `a passage is found between two of the text's own language, in every pair`() throws {
        var session = Analyzer().makeSession()
        for (own, text) in Self.texts {
            for (other, foreign) in Self.texts where other != own {
                let whole = text + "\n" + foreign + "\n" + text
                let found = try Self.passages(of: whole, own, &session)
                #expect(found.map(\.language) == [other], "\(other) in \(own)")
                guard let passage = found.first else { continue }
                let marked = String(decoding: Array(whole.utf8)[passage.utf8Range], as: UTF8.self)
                #expect(foreign.hasPrefix(marked) && marked.utf8.count >= foreign.utf8.count - 1, "\(other) in \(own)")
            }
        }
    }

    @Test func `its words have the stems of their own language, and places in the whole text`() throws {
        var session = Analyzer().makeSession()
        for (own, text) in Self.texts {
            for (other, foreign) in Self.texts where other != own {
                let whole = text + "\n" + foreign + "\n" + text
                let tokens = try session.documentTokens(in: whole, language: own)
                let before = try session.tokens(in: text, language: own)
                let expected = try session.tokens(in: foreign, language: other)
                let between = tokens.dropFirst(before.count).prefix(expected.count)
                #expect(between.map(\.stem) == expected.map(\.stem), "\(other) in \(own)")
                #expect(tokens.prefix(before.count) == before[...])
                #expect(tokens.map(\.position) == Array(tokens.indices))
                let bytes = Array(whole.utf8)
                for token in tokens {
                    let piece = String(decoding: bytes[token.utf8Range], as: UTF8.self)
                    let again = try session.tokens(in: piece, language: .undetermined)
                    #expect(again.map(\.surface).contains(token.surface), "\(piece) is not \(token.surface)")
                }
            }
        }
    }

    @Test func `an undetermined text is read passage by passage`() throws {
        var session = Analyzer().makeSession()
        let whole = Self.texts.map(\.1).joined(separator: "\n")
        let found = try Self.passages(of: whole, .undetermined, &session)
        #expect(found.map(\.language) == [.english, .french, .spanish, .arabic])
    }

    @Test(arguments: [
        "A note by Juan Pérez, María López, Amadou Diallo, Fatou Sow, Nguyễn Văn An, Luís Carvalho and Jean Dupont.",
        "ILO UNICEF WFP FAO UNHCR IOM WHO UNDP UNESCO UNFPA ISSA OECD IMF.",
        "de la de la", "", "1 2 3 4 5 6 7 8 9 10 11 12 13",
    ]) func `names, acronyms, numbers and short texts are left to the language of the text`(text: String) throws {
        var session = Analyzer().makeSession()
        #expect(try Self.passages(of: text, .english, &session).isEmpty)
        #expect(
            try session.documentTokens(in: text, language: .english) == session.tokens(in: text, language: .english))
    }
}
