// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "sabil-speed",
    dependencies: [
        .package(name: "sabil", path: "../.."),
        // Without its traits: the counts of allocations need preloaded libraries that most systems lack, and read 0 here.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // The one source of the yardstick. Needs libxapian-dev and nlohmann-json3-dev.
        .target(name: "CYardstick", linkerSettings: [.linkedLibrary("xapian")]),
        .executableTarget(name: "yardstick", dependencies: ["CYardstick"]),
        .executableTarget(
            name: "sabil-speed",
            dependencies: [
                "CYardstick",
                .product(name: "SabilEngine", package: "sabil"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/SpeedTool",
            swiftSettings: strict),
        .executableTarget(
            name: "Operations",
            dependencies: [
                .product(name: "SabilEngine", package: "sabil"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Operations",
            swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    cxxLanguageStandard: .cxx17
)
