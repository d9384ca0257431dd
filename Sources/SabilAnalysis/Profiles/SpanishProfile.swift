// Word lists: written for Sabil from the closed word classes of Spanish (articles, pronouns, prepositions,
// conjunctions, auxiliaries in their usual forms); licence as the project; 2026-11.

import SabilRecords

extension LanguageProfile {
    /// Spanish: Snowball with the accents of common endings restored when they were left out.
    static let spanish = LanguageProfile(
        language: .spanish,
        stemmer: "spanish",
        elisions: "d l",
        joinedHeads: "o",
        respellings: [
            Respelling("cion", "ción"), Respelling("sion", "sión"), Respelling("logia", "logía"),
            Respelling("logias", "logías"), Respelling("nomia", "nomía"), Respelling("nomias", "nomías"),
            Respelling("grafia", "grafía"), Respelling("grafias", "grafías"), Respelling("nistia", "nistía"),
        ],
        stemExceptions: """
            covid: covid
            paro: paro paros parado parada parados paradas
            seguridad: seguridad
            genero: género géneros genero generos
            efectivo: efectivo
            efecto: efecto efectos
            actividad: actividad actividades
            internacional: internacional internacionales internacionalmente
            intern: interno interna internos internas internamente
            universal: universal universales universalidad universalmente
            universidad: universidad universidades
            organiz: organización organizacion organizaciones organizar organizado organizada organizados \
            organizadas organizador organizadora organizadores organiza organizan organizando organizativo \
            organizativa organizacional organizacionales
            organism: organismo organismos
            organic: orgánico orgánica orgánicos orgánicas organico organica organicos organicas
            """,
        // Snowball takes the -en and -er of these for endings of verbs, in the singular only; -z is -c- in the plural.
        irregulars: """
            jóvenes: joven
            regímenes: régimen regimen
            exámenes: examen
            imágenes: imagen
            orígenes: origen
            márgenes: margen
            volúmenes: volumen
            crímenes: crimen
            resúmenes: resumen
            caracteres: carácter caracter
            mujeres: mujer
            vez: veces
            luz: luces
            raíz: raíces raices
            """,
        stopwords: """
            a además ahí ahora al algo alguien algún alguna algunas alguno algunos allí ambos ante antes aquel \
            aquella aquellas aquello aquellos aquí así aún aunque bajo bien cada casi como cierto cierta ciertas \
            ciertos con consigo contra cual cuales cuando cualquier cualquiera cuya cuyas cuyo cuyos de debe deben \
            del demás dentro desde después dicha dichas dicho dichos donde durante e el él ella ellas ello ellos en \
            entonces entre era eran eres es esa esas ese eso esos esta está estaba estaban estado estamos están estar \
            estas este esto estos estoy etc excepto fue fuera fueron ha había habían haber hace hacia han has hasta \
            hay he hemos hubo incluso junto la las le les lo los luego más mas me mediante menos mi mí mientras mis \
            misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna ninguno no nos \
            nosotras nosotros nuestra nuestras nuestro nuestros nunca o otra otras otro otros para pero poca pocas \
            poco pocos por porque pues puede pueden que salvo se sea sean según ser será serán si sí sido siempre \
            siendo sin sino sobre solo sólo somos son soy su sus suya suyas suyo suyos tal tales también tampoco tan \
            tanta tantas tanto tantos te tener tenía ti tiene tienen toda todas todavía todo todos tras tu tú tus u \
            un una unas uno unos usted ustedes y ya yo
            """,
        questionWords: """
            qué cuál cuáles quién quiénes cuándo dónde adónde cómo cuánto cuánta cuántos cuántas
            """,
        compoundHeads: """
            anti auto bio co contra e eco entre extra inter macro micro mini multi no para pos post pre pro re semi socio \
            sobre sub super trans
            """)
}
