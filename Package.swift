// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: language mode 6 and the upcoming features that make borders explicit.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Settings of the targets that cross into C: the compiler asks for `unsafe` wherever memory safety is ours to prove.
let border: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
    name: "sabil",
    products: [
        .executable(name: "sabil", targets: ["SabilTool"]),
        // The chains and the measures alone, without index or server.
        .library(name: "SabilAnalysis", targets: ["SabilAnalysis", "SabilEvaluation", "SabilRecords"]),
        .library(
            name: "Sabil",
            targets: [
                "SabilRecords", "SabilTaxonomy", "SabilAnalysis", "XapianIndex", "SabilSearch", "SabilClassification",
                "SabilReview", "SabilEvaluation", "SabilServer", "SabilExperiments",
            ]),
        // The same without the server and what it brings: for benchmarks/speed, which would build it for nothing.
        .library(
            name: "SabilEngine",
            targets: [
                "SabilRecords", "SabilTaxonomy", "SabilAnalysis", "XapianIndex", "SabilSearch", "SabilClassification",
                "SabilReview", "SabilEvaluation",
            ]),
        // For benchmarks/analysis.
        .library(name: "AllocationCount", targets: ["CAllocationCount"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Layer 0: what C and C++ look like from Swift.
        .target(
            name: "CXapianShim",
            linkerSettings: [.linkedLibrary("xapian")]),
        .target(
            name: "CICUShim",
            linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc"), .linkedLibrary("icudata")]),
        .target(
            name: "CCLD2Shim",
            linkerSettings: [.linkedLibrary("cld2")]),
        .target(
            name: "CLinearShim",
            linkerSettings: [.linkedLibrary("linear")]),
        .systemLibrary(
            name: "CSerd", pkgConfig: "serd-0", providers: [.apt(["libserd-dev"])]),

        .target(name: "SabilRecords", swiftSettings: border),

        // Layer 1
        .target(name: "SabilTaxonomy", dependencies: ["SabilRecords", "CSerd"], swiftSettings: border),
        .target(
            name: "SabilAnalysis",
            dependencies: ["SabilRecords", "CICUShim", "CXapianShim", "CCLD2Shim"],
            exclude: ["Resources"],
            swiftSettings: border),
        .target(name: "XapianIndex", dependencies: ["CXapianShim"], swiftSettings: border),

        // Layer 2
        .target(
            name: "SabilSearch",
            dependencies: ["SabilRecords", "SabilTaxonomy", "SabilAnalysis", "XapianIndex"],
            swiftSettings: strict),
        .target(
            name: "SabilClassification",
            dependencies: ["SabilRecords", "SabilTaxonomy", "SabilAnalysis", "CLinearShim"],
            swiftSettings: border),
        .target(name: "SabilEvaluation", dependencies: ["SabilRecords"], swiftSettings: strict),

        // Layer 3
        .target(
            name: "SabilReview",
            dependencies: [
                "SabilRecords", "SabilTaxonomy", "SabilClassification",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "SabilServer",
            dependencies: [
                "SabilRecords", "SabilTaxonomy", "SabilAnalysis", "SabilSearch", "SabilClassification", "SabilReview",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Static")],
            swiftSettings: strict),

        .target(
            name: "SabilExperiments",
            dependencies: [
                "SabilRecords", "SabilTaxonomy", "SabilAnalysis", "SabilSearch", "SabilClassification", "SabilReview",
                "SabilEvaluation",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        // Layer 4
        .executableTarget(
            name: "SabilTool",
            dependencies: [
                "SabilRecords", "SabilTaxonomy", "SabilAnalysis", "XapianIndex", "SabilSearch", "SabilClassification",
                "SabilReview", "SabilEvaluation", "SabilServer", "SabilExperiments",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),

        .testTarget(name: "SabilRecordsTests", dependencies: ["SabilRecords"], swiftSettings: strict),
        .testTarget(name: "SabilTaxonomyTests", dependencies: ["SabilTaxonomy"], swiftSettings: strict),
        // Counts the allocations of a program that links it: for tests and measurements alone.
        .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
        .testTarget(
            name: "SabilAnalysisTests", dependencies: ["SabilAnalysis", "CAllocationCount"], swiftSettings: strict),
        .testTarget(name: "XapianIndexTests", dependencies: ["XapianIndex", "CXapianShim"], swiftSettings: strict),
        .testTarget(name: "SabilSearchTests", dependencies: ["SabilSearch"], swiftSettings: strict),
        .testTarget(name: "SabilClassificationTests", dependencies: ["SabilClassification"], swiftSettings: strict),
        .testTarget(name: "SabilEvaluationTests", dependencies: ["SabilEvaluation"], swiftSettings: strict),
        .testTarget(name: "SabilReviewTests", dependencies: ["SabilReview"], swiftSettings: strict),
        .testTarget(
            name: "SabilServerTests",
            dependencies: [
                "SabilServer", .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: strict),
        .testTarget(name: "SabilExperimentsTests", dependencies: ["SabilExperiments"], swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests", dependencies: ["SabilTool", "SabilRecords", "SabilReview"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
