import ArgumentParser

/// `sabil fixtures`: what helps to keep and to enlarge the judged records, and to measure speed and load.
struct FixturesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fixtures",
        abstract: "Check the judged fixtures, divide them, and make records for speed and load measurements.",
        subcommands: [Check.self, Split.self, Generate.self])
}
