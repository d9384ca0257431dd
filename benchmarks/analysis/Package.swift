// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "sabil-analysis-speed",
    dependencies: [.package(name: "sabil", path: "../..")],
    targets: [
        .target(name: "CTermGenerator", linkerSettings: [.linkedLibrary("xapian")]),
        .executableTarget(
            name: "AnalysisSpeed",
            dependencies: ["CTermGenerator", .product(name: "SabilAnalysis", package: "sabil")]),
        .executableTarget(
            name: "AnalysisAllocations",
            dependencies: [
                .product(name: "SabilAnalysis", package: "sabil"), .product(name: "AllocationCount", package: "sabil"),
            ]),
        .executableTarget(
            name: "AnalysisChecks", dependencies: [.product(name: "SabilAnalysis", package: "sabil")]),
        .executableTarget(
            name: "AnalysisAblation", dependencies: [.product(name: "SabilAnalysis", package: "sabil")]),
    ],
    cxxLanguageStandard: .cxx17
)
