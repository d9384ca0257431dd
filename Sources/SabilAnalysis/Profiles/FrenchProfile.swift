// Word lists: written for Sabil from the closed word classes of French (articles, pronouns, prepositions,
// conjunctions, auxiliaries in their usual forms); licence as the project; 2026-11.

import SabilRecords

extension LanguageProfile {
    /// What French drops before a vowel, with what remains of it in names.
    static let frenchElisions = "l d j m t s c n qu jusqu lorsqu puisqu quoiqu"

    /// French: elision, inclusive endings, Snowball with the endings restored that it knows only with their accent.
    static let french = LanguageProfile(
        language: .french,
        stemmer: "french",
        elisions: frenchElisions,
        joinedHeads: "aujourd prud quelqu presqu entr grand o",
        dropsInclusiveEndings: true,
        // -ité typed without its accent; -ite alone is too common (site, limite, visite).
        respellings: ["al", "il", "id", "ur", "ar", "or", "iv", "ac", "ic", "er", "os", "rn", "nn", "eg"].flatMap {
            [Respelling($0 + "ite", $0 + "ité"), Respelling($0 + "ites", $0 + "ités")]
        } + [Respelling("naute", "nauté"), Respelling("nautes", "nautés")]
            // Plurals that Snowball keeps, or of whose singular it takes an ending off: revenu, crédit, étranger, commission, réel.
            + ["o", "u", "er", "it", "ion", "el"].map { Respelling($0 + "s", $0) },
        stemExceptions: """
            francais: français française françaises francais francaise francaises
            limit: limite limites illimite illimites
            merit: mérite mérites merite merites
            herit: hérite hérites herite herites
            interite: intérite
            favorit: favorite favorites
            pays: pays
            fonds: fonds
            loyer: loyer loyers
            foyer: foyer foyers
            profit: profit profits
            gros: gros
            dos: dos
            clos: clos
            inclus: inclus
            refus: refus
            abus: abus
            confus: confus
            diffus: diffus
            intrus: intrus
            divers: divers
            univers: univers
            activit: activité activités activite activites
            travailleur: travailleur travailleurs travailleuse travailleuses
            universel: universel universelle universels universelles universellement universalité universalite
            universit: université universités universite universites universitaire universitaires
            intern: interne internes
            internation: international internationale internationaux internationales internationalement
            organis: organisation organisations organiser organisé organisée organisés organisées organise \
            organisent organisant organisateur organisateurs organisationnel organisationnelle
            organism: organisme organismes
            organiqu: organique organiques
            """,
        // -aux of -ail, which Snowball takes for the plural of -al; plurals in -is, which it keeps since most words in -is are none.
        irregulars: """
            loi: lois
            emploi: emplois
            envoi: envois
            renvoi: renvois
            octroi: octrois
            convoi: convois
            tournoi: tournois
            essai: essais
            vrai: vrais
            quai: quais
            ami: amis
            mari: maris
            défi: défis
            abri: abris
            tri: tris
            uni: unis
            travail: travaux
            bail: baux
            oeil: yeux
            """,
        stopwords: """
            a à afin ai ainsi alors après as au aucun aucune aujourd'hui auparavant auprès auquel aura aurait auraient \
            auront aussi autant autre autres aux auxquelles auxquels avaient avais avait avant avec avez avoir avons \
            ayant c ça car ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette \
            ceux chacun chacune chaque chez ci comme contre d dans de depuis dernière derrière des dès desquelles \
            desquels devant doit doivent donc dont du duquel durant elle elles en encore enfin entre envers es est et \
            étaient étais était étant êtes être eu eux fait font furent fut hors il ils j jamais je jusqu jusque l \
            la là laquelle le les lesquelles lesquels leur leurs lors lorsque lui m ma mais malgré me même mêmes mes \
            mien moi moins mon n ne néanmoins ni non nos notamment notre nous on ont or ou outre par parce parmi pas \
            pendant peu peut peuvent plus plusieurs pour pourtant près presque puis puisque qu quelque quelques \
            quelqu'un s sa sans sauf se selon sera serait seraient seront ses si sien soi soient sois soit sommes son \
            sont sous suis sur t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes \
            très trop tu un une vers voici voilà vos votre vous y
            """,
        questionWords: """
            qui que quoi quel quelle quels quelles quand où comment pourquoi combien lequel laquelle lesquels lesquelles
            """,
        compoundHeads: """
            anti auto bio co contre e eco entre extra inter macro micro mi mini multi non para post pre pro re semi socio \
            sous sur trans
            """)
}
