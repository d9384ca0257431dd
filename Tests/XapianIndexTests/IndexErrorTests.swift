import Testing
import XapianIndex

extension IndexSuites {
    @Suite struct IndexErrorTests {
        @Test func `a description says what was done, what happened and what to do`() {
            let error = IndexError(
                code: .locked, operation: "open the index at /x", engineType: "DatabaseLockError", message: "held")
            #expect(
                error.description
                    == "Could not open the index at /x: held [DatabaseLockError]; wait for the other writer or stop it."
            )
        }
    }
}
