import SabilEvaluation
import Testing

@Suite struct EvaluationErrorTests {
    @Test func `its description is its message`() {
        let error = EvaluationError(code: .empty, operation: "score", message: "Scoring failed.")
        #expect("\(error)" == "Scoring failed.")
    }
}
