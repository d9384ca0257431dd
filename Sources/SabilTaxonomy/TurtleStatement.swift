/// One statement of a Turtle file, with full names and its place.
struct TurtleStatement: Sendable, Hashable {
    let subject: TurtleTerm
    /// Full URI.
    let predicate: String
    let object: TurtleTerm
    /// Line of the object, from 1.
    let line: Int
}

/// A subject or object of a statement.
enum TurtleTerm: Sendable, Hashable {
    case uri(String)
    case blank(String)
    /// A literal with its language tag as written, if any.
    case literal(String, language: String?)
}
