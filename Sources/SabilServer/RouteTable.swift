import HTTPTypes
import Hummingbird

/// The addresses the server answers, beside the router: for refusing methods, and to compare with the description.
package struct RouteTable: Sendable {
    package struct Route: Sendable, Hashable {
        package var method: String
        /// With variable parts in braces, as in the description.
        package var path: String
    }

    package private(set) var routes: [Route] = []

    mutating func add(_ method: HTTPRequest.Method, _ path: String) {
        routes.append(Route(method: method.rawValue, path: path))
    }

    /// Methods that an address takes, sorted; empty if there is no such address.
    func methods(at path: String) -> [String] {
        let parts = Self.parts(path)
        let own = routes.filter { route in
            let pattern = Self.parts(route.path)
            return pattern.count == parts.count
                && zip(pattern, parts).allSatisfy { $0.0.hasPrefix("{") || $0.0 == $0.1 }
        }
        var methods = Set(own.map(\.method))
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.sorted()
    }

    private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }

    /// Whether an address is for people, so that errors are pages too.
    func isPage(_ path: String) -> Bool {
        let first = path.split(separator: "/").first ?? ""
        return !["v1", "livez", "readyz", "openapi.json", "static"].contains(first)
    }
}
