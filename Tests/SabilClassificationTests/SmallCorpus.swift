import SabilClassification
import SabilRecords
import SabilTaxonomy

/// Small training sets made by a seed: four languages, three topics with words of their own.
enum SmallCorpus {
    static let topics: [String: [Language: [String]]] = [
        "pensions": [
            .english: ["pension", "retirement", "elderly", "contribution", "annuity", "old-age"],
            .french: ["retraite", "pension", "vieillesse", "cotisation", "rente", "âgées"],
            .spanish: ["pensión", "jubilación", "vejez", "cotización", "mayores", "renta"],
            .arabic: ["معاش", "تقاعد", "الشيخوخة", "اشتراكات", "المسنين", "راتب"],
        ],
        "health": [
            .english: ["hospital", "health", "insurance", "patients", "medicine", "clinic"],
            .french: ["hôpital", "santé", "assurance", "patients", "médicament", "clinique"],
            .spanish: ["hospital", "salud", "seguro", "pacientes", "medicina", "clínica"],
            .arabic: ["مستشفى", "الصحة", "تأمين", "المرضى", "دواء", "عيادة"],
        ],
        "school-meals": [
            .english: ["school", "meals", "pupils", "feeding", "lunch", "kitchen"],
            .french: ["école", "repas", "élèves", "cantine", "déjeuner", "cuisine"],
            .spanish: ["escuela", "comidas", "alumnos", "comedor", "almuerzo", "cocina"],
            .arabic: ["مدرسة", "وجبات", "تلاميذ", "تغذية", "غداء", "مطبخ"],
        ],
    ]
    static let filler: [Language: [String]] = [
        .english: ["the", "programme", "in", "country", "report", "of", "families"],
        .french: ["le", "programme", "dans", "pays", "rapport", "des", "familles"],
        .spanish: ["el", "programa", "en", "país", "informe", "de", "familias"],
        .arabic: ["في", "برنامج", "من", "البلد", "تقرير", "على", "الأسر"],
    ]
    static let names: [LabelName] = [
        LabelName(label: "pensions", language: .english, text: "Pensions"),
        LabelName(label: "pensions", language: .french, text: "Régimes de retraite"),
        LabelName(label: "health", language: .english, text: "Health insurance"),
        LabelName(label: "health", language: .arabic, text: "التأمين الصحي"),
        LabelName(label: "school-meals", language: .english, text: "School meals"),
        LabelName(label: "school-meals", language: .spanish, text: "Comedores escolares"),
    ]

    /// The words of a topic, and those of none, by their places: those of a place mean the same.
    static var meanings: [WordEquivalents] {
        (topics.sorted { $0.key < $1.key }.map(\.value) + [filler]).flatMap { words in
            (0..<(words[.english]?.count ?? 0)).map { place in
                WordEquivalents(forms: words.mapValues { [$0[place]] })
            }
        }
    }

    /// `count` works, each in one language; with `isSingle`, one label each, else none to two.
    static func examples(_ count: Int, isSingle: Bool, seed: UInt64 = 5) -> [TrainingExample] {
        var generator = SeededGenerator(seed: seed)
        let labels = topics.keys.sorted()
        return (0..<count).map { index in
            let language = Language.known[generator.nextIndex(below: 4)]
            var own = [labels[generator.nextIndex(below: labels.count)]]
            if !isSingle {
                let roll = generator.nextIndex(below: 4)
                if roll == 0 { own = [] }
                if roll == 1 { own = Array(Set(own + [labels[generator.nextIndex(below: labels.count)]])).sorted() }
            }
            var words: [String] = []
            for _ in 0..<(6 + generator.nextIndex(below: 8)) {
                let usesTopic = generator.nextIndex(below: 3) > 0
                if usesTopic, !own.isEmpty {
                    let topic = topics[own[generator.nextIndex(below: own.count)]]?[language] ?? []
                    words.append(topic[generator.nextIndex(below: topic.count)])
                } else {
                    let common = filler[language] ?? []
                    words.append(common[generator.nextIndex(below: common.count)])
                }
            }
            return TrainingExample(
                id: "d\(index)", title: words.prefix(3).joined(separator: " "),
                text: words.dropFirst(3).joined(separator: " "), language: language, labels: own)
        }
    }

    /// Options that are quick on a small set.
    static func options(_ members: [MemberKind], task: TrainingOptions.Task = .automatic) -> TrainingOptions {
        var options = TrainingOptions()
        options.members = members
        options.task = task
        options.costs = [1]
        return options
    }
}
