// Word lists: written for Sabil from the closed word classes of English (articles, pronouns, prepositions,
// conjunctions, auxiliaries, the remains of contractions); licence as the project; 2026-11.

import SabilRecords

extension LanguageProfile {
    /// English: possessive dropped, British endings respelled, Porter 2 with exceptions.
    static let english = LanguageProfile(
        language: .english,
        stemmer: "english",
        // Names such as Côte d’Ivoire keep their French elision in English text.
        elisions: "d l",
        joinedHeads: "o",
        dropsPossessive: true,
        // -isation is the same suffix as -ization; Porter 2 knows only the second.
        respellings: [
            Respelling("isation", "ization"), Respelling("isations", "izations"),
            Respelling("isational", "izational"), Respelling("isationally", "izationally"),
        ],
        stemExceptions: """
            universal: universal universals universally universality universalism universalist universalize \
            universalise universalized universalised
            universe: universe universes
            university: university universities
            international: international internationally internationalize internationalise internationalized \
            internationalised internationals
            internal: internal internally internalize internalise internalized internalised
            intern: intern interns interned internship internships
            internment: internment
            organiz: organization organizations organisation organisations organizational organisational \
            organizationally organisationally organize organise organized organised organizes organises organizing \
            organising organizer organiser organizers organisers
            organic: organic organically
            labor: labour labours labor labors
            program: programme programmes program programs programming programmed
            center: centre centres center centers
            provident: provident
            inform: inform informs informed informing
            information: information informational
            informal: informal informally informality
            governance: governance
            government: government governments governmental
            minor: minor minors
            minority: minority minorities
            mobile: mobile mobiles
            mobility: mobility
            account: account accounts
            accountability: accountability accountable
            active: active actively
            activity: activity activities
            response: response responses responsive responsiveness
            responsibility: responsibility responsibilities responsible
            unit: unit units
            united: united unite unites
            past: past
            paste: paste pastes
            """,
        // Porter 2 knows no irregular plurals; these are those that meet in texts of the field.
        irregulars: """
            child: children
            woman: women
            man: men
            foot: feet
            tooth: teeth
            crisis: crises
            analysis: analyses
            criterion: criteria
            hypothesis: hypotheses
            synthesis: syntheses
            wife: wives
            half: halves
            index: indices
            matrix: matrices
            """,
        stopwords: """
            a about above across after again against all almost along also although always am among an and any are \
            around as at be became because become been before being below between beyond both but by can cannot could \
            d did do does doing done down during each either else etc even ever every few for from further had has \
            have having he hence her here hers herself him himself his however i if in indeed into is it its itself \
            just least less ll m many may me might mine more moreover most much must my myself near neither never no \
            nor not now of off often on once one only onto or other others our ours ourselves out over own per quite \
            rather re s same several shall she should since so some such t than that the their theirs them themselves \
            then there thereby therefore these they this those through thus till to together too toward towards under \
            unless until up upon us ve very via was we were while will with within without would yet you your yours \
            yourself yourselves
            """,
        questionWords: """
            what which who whom whose when where why how whatever whichever whoever whenever wherever
            """,
        compoundHeads: """
            anti auto bio co counter cross e eco extra inter macro micro mid mini multi non over para post pre pro re \
            self semi socio sub super trans ultra under
            """)
}
