import SabilEvaluation
import Testing

@Suite struct MistypingTests {
    @Test(arguments: [
        ("social protection", "social protcetion", "the longest word"),
        ("bottle", "botle", "two of the same letter cannot be exchanged"),
        ("2022-2024 cash", "2022-2024 csah", "numbers are left alone"),
        ("الحماية", "المحاية", "letters of Arabic, not bytes"), ("été", "té\u{e9}", "an accent stays with its letter"),
        ("a", "a", "a single letter"), ("2022", "2022", "nothing but a number"), ("", "", "nothing"),
    ])
    func `one slip is made`(text: String, mistyped: String, reason: Comment) {
        #expect(Mistyping.mistyped(text) == mistyped, reason)
    }

    @Test func `a text is typed letter by letter, each stage once`() {
        #expect(Mistyping.beginnings("cash plus") == ["c", "ca", "cas", "cash ", "cash plu", "cash plus"])
        #expect(Mistyping.beginnings("ab") == ["a", "ab"])
        #expect(Mistyping.beginnings("").isEmpty)
    }
}
