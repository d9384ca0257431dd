import Foundation
import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilClassification

@Suite("Cuts follow the newest works and the languages of the texts")
struct CutTests {
    /// A document of so many labels, the first `right` of which fit; scores 1, 2, … below `top`, right ones first.
    private static func row(
        top: Double, labels: Int = 4, right: Int = 2, missed: Int = 0, language: Language = .english,
        isNewest: Bool = false
    ) -> ScoreTable.Row {
        ScoreTable.Row(
            scores: CandidateScores(
                labels: (0..<labels).map { Int32($0) }, scores: [(0..<labels).map { top - Double($0) }]),
            truth: (0..<labels).map { $0 < right ? .fits : .doesNot },
            scarcity: [Double](repeating: 0, count: labels), missedPositives: missed, half: 0, language: language,
            isNewest: isNewest)
    }

    private static func cuts(_ rows: [ScoreTable.Row], goal: TrainingOptions.ThresholdGoal = .microF1) -> Cuts {
        Cuts(
            ScoreTable(rows: rows, missedPositives: rows.reduce(0) { $0 + $1.missedPositives }),
            raw: rows.map { $0.scores.scores[0] }, goal: goal, shrinkage: 50, labelCount: 4)
    }

    @Test func `without dates and languages it is the cut of the best F1`() {
        let cuts = Self.cuts((0..<10).map { _ in Self.row(top: 4) })
        #expect(cuts.global == 2.5 && cuts.byLanguage.isEmpty && cuts.perLabel.isEmpty)
    }

    @Test func `the cut lies where that of the newest works does`() {
        // Works of before: right labels at 4 and 3. The newest: all scores 10 lower. The best F1 of all takes whole documents,
        // 2 right ones of 2, of the old: there the F1 of 80 right of 80 among 100 beats any other.
        let rows = (0..<40).map { _ in Self.row(top: 4) } + (0..<10).map { _ in Self.row(top: -6, isNewest: true) }
        let cuts = Self.cuts(rows)
        // 80 selected for 100 right ones: 16 for the 20 of the newest, and the sixteenth score is one of ten that are alike.
        let newest = -7.0
        let best = 2.5
        #expect(abs(cuts.global - (best + (newest - best) * 20 / (20 + Cuts.newestShrinkage))) < 1e-12)
        let undated = Self.cuts(
            rows.map { row in
                var row = row; row.isNewest = false; return row
            })
        #expect(undated.global == best)
    }

    @Test func `labels that were no candidates count as right ones`() {
        let rows =
            (0..<10).map { _ in Self.row(top: 4, missed: 2) }
            + (0..<10).map { _ in Self.row(top: 4, missed: 0, isNewest: true) }
        // 40 selected for 60 right ones: 13 for the 20 of the newest.
        #expect(abs(Self.cuts(rows).global - (2.5 + (3 - 2.5) * 20 / (20 + Cuts.newestShrinkage))) < 1e-12)
    }

    @Test func `a language whose scores are lower is asked for less, drawn to all`() throws {
        let rows = (0..<30).map { _ in Self.row(top: 4) } + (0..<30).map { _ in Self.row(top: 3, language: .arabic) }
        let cuts = Self.cuts(rows)
        // The best F1: all right ones with the third labels of the English texts, 150 for 120. Of each language 75 for its 60: in
        // English within the third labels (2), in Arabic within those (1); of both together between 2 and 1.
        #expect(cuts.global == 1.5)
        let share = 60 / (60 + Cuts.languageShrinkage)
        let english = try #require(cuts.byLanguage["en"])
        let arabic = try #require(cuts.byLanguage["ar"])
        #expect(abs(english - (2 - 1.5) * share) < 1e-12)
        #expect(abs(arabic - (1 - 1.5) * share) < 1e-12)
        let raw = 1.5 - (0.5 * share) / 2
        #expect(cuts.selects(raw, label: 0, language: .arabic))
        #expect(!cuts.selects(raw, label: 0, language: .english))
        #expect(!cuts.selects(raw, label: 0), "of no language")
        #expect(!cuts.selects(raw, label: 0, language: .french), "of a language that was not seen")
        #expect(cuts.selects(1.5, label: 0, language: .french))
    }

    @Test func `for macro F1 each label lies about the moved cut as its own best one does about that of all`() {
        let rows = (0..<40).map { _ in Self.row(top: 4) } + (0..<10).map { _ in Self.row(top: -6, isNewest: true) }
        let (micro, macro) = (Self.cuts(rows), Self.cuts(rows, goal: .macroF1))
        #expect(macro.global == micro.global && macro.perLabel.count == 4)
        // Label 0 fits all 50: its own best cut takes all, half a point below -6; fifty are half of its say. Labels 2 and 3 fit
        // nothing: the cut of all.
        #expect(abs(macro.perLabel[0] - (micro.global + (-6.5 - 2.5) * 50 / (50 + 50))) < 1e-12)
        #expect(macro.perLabel[2] == micro.global && macro.perLabel[3] == micro.global)
    }

    @Test func `without a right label nothing is learnt`() {
        let cuts = Self.cuts([Self.row(top: 4, right: 0), Self.row(top: 4, right: 0, isNewest: true)])
        #expect(cuts == Cuts(global: 0))
    }

    @Test(arguments: [TrainingOptions.CalibrationMethod.isotonic, .sigmoid])
    func `confidences are those of the newest works`(method: TrainingOptions.CalibrationMethod) throws {
        var generator = SeededGenerator(seed: 11)
        /// Of a score s of before a share of 1 / (1 + e^-s) fits; of the newest one of s + 1.
        func rows(_ count: Int, isNewest: Bool) -> [ScoreTable.Row] {
            (0..<count).map { _ in
                var row = Self.row(top: 0, isNewest: isNewest)
                row.scores.scores[0] = row.scores.labels.map { _ in 6 * generator.nextUnit() - 3 }
                row.truth = row.scores.scores[0].map { score in
                    generator.nextUnit() < 1 / (1 + exp(-score - (isNewest ? 1 : 0))) ? .fits : .doesNot
                }
                return row
            }
        }
        var table = ScoreTable(rows: rows(4_000, isNewest: false) + rows(1_000, isNewest: true))
        let raw = table.rows.map { $0.scores.scores[0] }
        let dated = Calibration(table, raw: raw, method: method)
        for row in table.rows.indices { table.rows[row].isNewest = false }
        let undated = Calibration(table, raw: raw, method: method)
        for score in [-2.0, -1, 0, 1, 2] {
            let wanted = 1 / (1 + exp(-score - 1))
            #expect(abs(dated.confidence(score) - wanted) < 0.03, "\(score)")
            #expect(undated.confidence(score) < wanted - 0.02, "\(score)")
        }
        let rising = stride(from: -4.0, through: 4, by: 0.1).map { dated.confidence($0) }
        #expect(zip(rising, rising.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `they are read as they were written, and those of before without languages`() throws {
        var cuts = Cuts(global: -1.5)
        cuts.byLanguage = ["ar": 0.25]
        let again = try JSONDecoder().decode(Cuts.self, from: try JSONEncoder().encode(cuts))
        #expect(again == cuts)
        let before = try JSONDecoder().decode(Cuts.self, from: Data(#"{"global": -1.5, "perLabel": []}"#.utf8))
        #expect(before == Cuts(global: -1.5))
        cuts.byLanguage["en"] = .nan
        #expect(!cuts.isConsistent(labelCount: 3) && before.isConsistent(labelCount: 3))
    }
}

@Suite("Folds: the newest works are held out together")
struct FoldTests {
    private func folds(_ examples: [TrainingExample], folds count: Int = 5) throws -> [String: ModelTraining.Fold] {
        var options = TrainingOptions()
        options.folds = count
        let training = try ModelTraining(
            examples, scheme: nil, labelNames: [], options: options, analyzer: Analyzer(), seed: 3)
        return Dictionary(uniqueKeysWithValues: zip(training.examples.map(\.id), training.folds()))
    }

    /// Works of one version; every year has one, the first in 1900.
    private func dated(
        _ count: Int, _ date: (Int) -> PartialDate? = { PartialDate(year: 1900 + $0) }
    ) -> [TrainingExample] {
        (0..<count).map { TrainingExample(id: "\($0)", text: "text", labels: ["a"], date: date($0)) }
    }

    @Test(arguments: [3, 5, 10])
    func `the newest make the first fold, and all folds have works of both halves`(count: Int) throws {
        let folds = try folds(dated(100), folds: count)
        let newest = Set((0..<100).suffix(100 / count).map { "\($0)" })
        #expect(Set(folds.filter { $0.value.isNewest }.keys) == newest)
        #expect(Set(folds.filter { $0.value.fold == 0 }.keys) == newest)
        #expect(Set(folds.values.map(\.fold)) == Set(0..<count))
        for fold in 0..<count {
            let own = folds.values.filter { $0.fold == fold }
            #expect(abs(own.count - 100 / count) <= 2, "fold \(fold)")
            #expect(abs(own.count { $0.half == 0 } - own.count { $0.half == 1 }) <= 1, "fold \(fold)")
        }
    }

    @Test func `a work is as new as its newest version, and stays together`() throws {
        var examples = dated(50)
        examples[0].work = "49"
        examples.append(
            TrainingExample(id: "late", work: "1", text: "text", labels: ["a"], date: PartialDate("2020-05")))
        let folds = try folds(examples)
        #expect(folds["0"]?.isNewest == true, "with work 49")
        #expect(folds["1"]?.isNewest == true && folds["late"]?.isNewest == true)
        // Forty-nine works, nine to a fold.
        #expect(Set(examples.filter { folds[$0.id]?.isNewest == true }.map(\.work)).count == 9)
    }

    @Test func `where dates do not tell, works are dealt out`() throws {
        let cases: [(String, [TrainingExample])] = [
            ("no dates", dated(50) { _ in nil }), ("one date", dated(50) { _ in PartialDate(year: 2020) }),
            ("dates of half", dated(50) { $0 < 25 ? PartialDate(year: 1900 + $0) : nil }),
            ("fewer works than folds", dated(4)),
        ]
        for (name, examples) in cases {
            let folds = try folds(examples)
            #expect(!folds.values.contains { $0.isNewest }, "\(name)")
            #expect(Set(folds.values.map(\.fold)).count == min(5, examples.count), "\(name)")
        }
        let two = try folds(dated(50), folds: 2)
        #expect(!two.values.contains { $0.isNewest }, "of two folds none is given away")
        let some = try folds(dated(50) { $0 < 26 ? PartialDate(year: 1900 + $0) : nil })
        let newest = some.filter { $0.value.isNewest }.keys.sorted()
        #expect(newest == (16..<26).map { "\($0)" }, "works without a date are old")
    }

    @Test func `a date is not what an example is known by`() {
        var example = TrainingExample(id: "1", text: "text", labels: ["a"])
        let digest = example.digest
        example.date = PartialDate(year: 2020)
        #expect(example.digest == digest, "decisions take it back without one")
    }
}
