import Testing

@testable import SabilServer

@Suite struct ServerConfigurationTests {
    private static let cases: [(String, ServerConfiguration.Curation, String?, Bool, String)] = [
        ("127.0.0.1", ServerConfiguration.Curation.loopback, "localhost:8080", true, "on this machine"),
        ("127.0.0.1", .loopback, "127.0.0.1:8080", true, "by number"), ("::1", .loopback, "[::1]:8080", true, "IPv6"),
        ("127.0.0.1", .loopback, "evil.example", false, "another name that leads here"),
        ("127.0.0.1", .loopback, "127.0.0.1.evil.example:80", false, "a name that only looks so"),
        ("127.0.0.1", .loopback, String?.none, false, "no name"), ("127.0.0.1", .loopback, "", false, "an empty name"),
        ("0.0.0.0", .loopback, "localhost", false, "listening everywhere"),
        ("127.0.0.1", .everyone, "sabil.example", true, "behind a proxy, told so"),
        ("0.0.0.0", .everyone, "sabil.example", true, "everywhere, told so"),
        ("127.0.0.1", .nobody, "localhost", false, "told not to"),
    ]

    @Test(arguments: [
        (ServerConfiguration.Curation.loopback, false, "a proxy, though it names this machine as the host"),
        (.everyone, true, "told that everyone may"), (.nobody, false, "told not to"),
    ])
    func `whom a proxy says it brought is not at this machine`(
        _ curation: ServerConfiguration.Curation, _ isOpen: Bool, _ reason: String
    ) {
        let configuration = ServerConfiguration(indexPath: "index", taxonomyDirectory: "taxonomy", curation: curation)
        #expect(configuration.isCurationOpen(to: "127.0.0.1:8080", isForwarded: true) == isOpen, "\(reason)")
    }

    @Test(arguments: cases)
    func `review is open to whom it should be`(
        _ host: String, _ curation: ServerConfiguration.Curation, _ authority: String?, _ isOpen: Bool,
        _ reason: String
    ) {
        let configuration = ServerConfiguration(
            host: host, indexPath: "index", taxonomyDirectory: "taxonomy", curation: curation)
        #expect(configuration.isCurationOpen(to: authority) == isOpen, "\(reason)")
    }
}
