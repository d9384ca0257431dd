import Foundation
import Hummingbird

/// What tells a form of this server from one that another site made: the same random text in a cookie and in the form.
///
/// Another site can make a browser send the cookie but cannot read it, so it cannot fill in the form. Source: OWASP Cross-Site
/// Request Forgery Prevention Cheat Sheet, "Naive Double-Submit Cookie", together with the check of the origin.
struct FormToken: Sendable {
    static let cookie = "sabil_form"
    static let field = "token"

    let value: String
    /// Whether the browser does not have it yet.
    let isNew: Bool

    /// The token of the browser, or a new one.
    init(of request: Request) {
        if let known = request.cookies[Self.cookie]?.value, Self.isSound(known) {
            value = known
            isNew = false
        } else {
            var generator = SystemRandomNumberGenerator()
            let digits = (0..<4).map { _ in
                let text = String(generator.next(), radix: 16)
                return String(repeating: "0", count: 16 - text.count) + text
            }
            value = digits.joined()
            isNew = true
        }
    }

    /// Gives the token to a browser that does not have it.
    func set(on response: inout Response) {
        guard isNew else { return }
        response.setCookie(
            Cookie(name: Self.cookie, value: value, path: "/review", httpOnly: true, sameSite: .strict))
    }

    /// - Throws: `formExpired` if form and cookie do not hold the same.
    static func check(_ request: Request, form: QueryParameters) throws(Problem) {
        guard let known = request.cookies[cookie]?.value, isSound(known), let sent = form[field],
            isEqual(known, sent)
        else {
            throw Problem(.formExpired, "The form is too old or not of this server; load its page again.")
        }
    }

    private static func isSound(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Compares without telling by its time where texts differ.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// The curator's name as the browser remembers it.
enum CuratorName {
    private static let cookie = "sabil_curator"

    static func remembered(by request: Request) -> String {
        request.cookies[cookie]?.value.removingPercentEncoding ?? ""
    }

    static func remember(_ name: String, on response: inout Response) {
        response.setCookie(
            Cookie(
                name: cookie, value: QueryParameters.encoded(name), maxAge: 365 * 24 * 3600, path: "/review",
                httpOnly: true, sameSite: .lax))
    }
}
