// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that users do not build it. It measures the built program from outside, whole processes at a time.
let package = Package(
    name: "hookline-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .executableTarget(
            name: "hookline-bench", path: "Sources/HooklineBench",
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility")])
    ],
    swiftLanguageModes: [.v6]
)
