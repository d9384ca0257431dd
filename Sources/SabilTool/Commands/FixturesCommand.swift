import ArgumentParser

/// `sabil fixtures`: what helps to measure speed and load.
struct FixturesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fixtures",
        abstract: "Make records for speed and load measurements.",
        subcommands: [Generate.self])
}
