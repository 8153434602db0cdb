// swift-tools-version: 6.2

import PackageDescription

// The rooms and who may import whom: docs/architecture.md.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let nioHTTPCompression: Target.Dependency = .product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "hookline",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "hookline", targets: ["hookline"]),
        // Drivers that the tests load, as readers load drivers.
        .library(name: "FakeADBC", type: .dynamic, targets: ["FakeADBC"]),
        .library(name: "FakeODBC", type: .dynamic, targets: ["FakeODBC"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C as it comes.
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"]), .brew(["lua"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Subject libraries: they know one subject and nothing of the product.
        .target(name: "CCSV", cSettings: [.treatAllWarnings(as: .error)]),
        .target(name: "CMD5", cSettings: [.treatAllWarnings(as: .error)]),
        // Loads unixODBC when it runs, so that neither building nor starting needs it.
        .target(
            name: "CODBC", dependencies: ["CReader"],
            cSettings: [.treatAllWarnings(as: .error), .headerSearchPath("."), .define("_GNU_SOURCE", .when(platforms: [.linux]))],
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        // Loads a driver when it runs, too.
        .target(
            name: "CADBC", dependencies: ["CReader"],
            cSettings: [.treatAllWarnings(as: .error), .headerSearchPath("."), .define("_GNU_SOURCE", .when(platforms: [.linux]))],
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CReader", cSettings: [.treatAllWarnings(as: .error), .define("_GNU_SOURCE", .when(platforms: [.linux]))]),
        .target(name: "CSubprocess", cSettings: [.treatAllWarnings(as: .error), .headerSearchPath(".")]),
        .target(name: "CText", cSettings: [.treatAllWarnings(as: .error)]),
        .target(
            name: "CLuaHost", dependencies: ["CLua", "CMD5", "CText"], cSettings: [.treatAllWarnings(as: .error), .headerSearchPath(".")]),
        .target(name: "Lua", dependencies: ["CLuaHost"], swiftSettings: strict),
        .target(name: "Text", swiftSettings: strict),
        .target(name: "JSON", dependencies: ["Text"], swiftSettings: strict),
        .target(name: "TimeLimits", swiftSettings: strict),
        .target(name: "CodedErrors", swiftSettings: strict),
        .target(name: "Cryptography", dependencies: ["CCrypto"], swiftSettings: strict),
        .target(name: "NetworkSettings", dependencies: [asyncHTTPClient, nioSSL], swiftSettings: strict),
        .target(name: "PostgreSQL", dependencies: ["CPostgreSQL", "Text"], swiftSettings: strict),
        .target(name: "Archive", dependencies: ["CArchive", "CodedErrors", "CZlib"], swiftSettings: strict),
        .target(
            name: "Mailchimp",
            dependencies: [
                "CodedErrors", "JSON", "NetworkSettings", "Text", asyncHTTPClient, nioCore, nioHTTP1, nioHTTPCompression, nioPosix, nioSSL,
            ],
            swiftSettings: strict),
        .target(
            name: "MailchimpSimulator",
            dependencies: ["CodedErrors", "Cryptography", nioCore, nioHTTP1, nioPosix],
            swiftSettings: strict),

        // Hookline itself.
        .target(name: "HooklineCore", dependencies: ["CMD5", "CText", "Cryptography", "Text"], swiftSettings: strict),
        .target(name: "HooklineManifest", dependencies: ["HooklineCore", "JSON", "Text", yams], swiftSettings: strict),
        .target(
            name: "HooklineSources",
            dependencies: [
                "Archive", "CADBC", "CCSV", "CODBC", "CReader", "CSubprocess", "CodedErrors", "HooklineCore", "JSON", "PostgreSQL", "Text",
                grdb,
                grdbSQLite,
            ],
            swiftSettings: strict),
        .target(name: "HooklineHooks", dependencies: ["CodedErrors", "HooklineCore", "Lua", "Text"], swiftSettings: strict),
        .target(name: "HooklineStore", dependencies: ["CodedErrors", "HooklineCore", grdb, grdbSQLite], swiftSettings: strict),
        .target(
            name: "HooklinePackages",
            dependencies: [
                "Archive", "CodedErrors", "Cryptography", "HooklineCore", "NetworkSettings", "Text", "TimeLimits", asyncHTTPClient,
                nioCore, nioHTTP1, nioSSL,
            ],
            swiftSettings: strict),
        .target(name: "HooklineEngine", dependencies: ["CodedErrors", "HooklineCore", "Mailchimp", "Text"], swiftSettings: strict),
        .target(name: "HooklineConsole", dependencies: ["HooklineCore", "Text", mustache], swiftSettings: strict),
        .target(
            name: "HooklineApp",
            dependencies: [
                "Archive", "CodedErrors", "HooklineCore", "HooklineEngine", "HooklineHooks", "HooklineManifest", "HooklinePackages",
                "HooklineSources", "HooklineStore", "Lua", "Mailchimp", "MailchimpSimulator", "NetworkSettings", "Text", "TimeLimits",
                systemPackage,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "hookline",
            dependencies: [
                "Archive", "HooklineApp", "HooklineConsole", "HooklineCore", "HooklineEngine", "HooklineHooks", "HooklineManifest",
                "HooklinePackages", "HooklineSources", "HooklineStore", "Mailchimp", "MailchimpSimulator", "Text", argumentParser,
                systemPackage, unixSignals,
            ],
            swiftSettings: strict
        ),

        // Measures hooks from inside, which needs package access; `make bench-hooks`.
        .target(
            name: "CHostBaseline", dependencies: ["CLua"], path: "Benchmarks/CHostBaseline", cSettings: [.treatAllWarnings(as: .error)]),
        // The floor under a plan's processor time; `make bench`.
        .executableTarget(
            name: "hookline-floors", dependencies: ["CMD5"], path: "Benchmarks/Floors", cSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "hookline-hookbench", dependencies: ["CHostBaseline", "HooklineCore", "HooklineHooks", "Lua"],
            path: "Benchmarks/HookBench", swiftSettings: strict),

        // Tests.
        .target(name: "Support", dependencies: ["HooklineCore", "PostgreSQL", grdb], path: "Tests/Support", swiftSettings: strict),
        .executableTarget(
            name: "jail-program", dependencies: ["HooklineSources", "Lua"], path: "Tests/JailProgram", swiftSettings: strict),
        .target(
            name: "FakeADBC", path: "Tests/FakeADBC",
            cSettings: [
                .treatAllWarnings(as: .error), .headerSearchPath("../../Sources/CADBC"), .define("_GNU_SOURCE", .when(platforms: [.linux])),
            ]),
        .target(name: "FakeODBC", path: "Tests/FakeODBC", cSettings: [.treatAllWarnings(as: .error)]),
        // The only one that looks inside CLuaHost: it needs the functions that scripts call, and a state to call them in.
        .target(
            name: "CPatternFuzz", dependencies: ["CLua", "CLuaHost"], path: "Tests/CPatternFuzz",
            cSettings: [.treatAllWarnings(as: .error), .headerSearchPath("../../Sources/CLuaHost")]),
        .testTarget(name: "LuaTests", dependencies: ["CPatternFuzz", "Lua", "Support", "jail-program"], swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "Support"], swiftSettings: strict),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "Text"], swiftSettings: strict),
        .testTarget(name: "TimeLimitsTests", dependencies: ["TimeLimits"], swiftSettings: strict),
        .testTarget(name: "NetworkSettingsTests", dependencies: ["NetworkSettings", asyncHTTPClient], swiftSettings: strict),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive", "CArchive", "Cryptography", "Support"], swiftSettings: strict),
        .testTarget(
            name: "MailchimpTests", dependencies: ["CodedErrors", "JSON", "Mailchimp", "NetworkSettings", "Support", nioCore, nioPosix],
            swiftSettings: strict),
        .testTarget(
            name: "MailchimpSimulatorTests", dependencies: ["CodedErrors", "MailchimpSimulator", asyncHTTPClient, nioCore, nioHTTP1],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HooklineCoreTests", dependencies: ["CMD5", "CText", "Cryptography", "HooklineCore", "Support", "Text", grdb],
            swiftSettings: strict),
        .testTarget(name: "HooklineManifestTests", dependencies: ["HooklineCore", "HooklineManifest", "Support"], swiftSettings: strict),
        .testTarget(
            name: "HooklineSourcesTests",
            dependencies: [
                "CArchive", "CCSV", "CodedErrors", "HooklineCore", "HooklineSources", "PostgreSQL", "Support", "jail-program", grdb,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HooklineHooksTests", dependencies: ["HooklineCore", "HooklineHooks", "Lua", "Support", "jail-program"],
            swiftSettings: strict),
        .testTarget(
            name: "HooklineStoreTests", dependencies: ["CodedErrors", "HooklineCore", "HooklineStore", "Support", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "HooklineEngineTests", dependencies: ["HooklineCore", "HooklineEngine", "Mailchimp", "MailchimpSimulator", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "HooklinePackagesTests", dependencies: ["Archive", "CArchive", "HooklinePackages", "Support"], swiftSettings: strict),
        .testTarget(
            name: "HooklineAppTests",
            dependencies: [
                "Archive", "CodedErrors", "HooklineApp", "HooklineCore", "HooklineEngine", "HooklineHooks", "HooklineManifest",
                "HooklinePackages", "HooklineSources", "HooklineStore", "Lua", "MailchimpSimulator", "Support", "jail-program", grdb,
            ],
            swiftSettings: strict),
        .testTarget(name: "HooklineConsoleTests", dependencies: ["HooklineConsole", "HooklineCore"], swiftSettings: strict),
        .testTarget(name: "AcceptanceTests", dependencies: ["MailchimpSimulator", "Support", "hookline", grdb], swiftSettings: strict),
        .testTarget(
            name: "TidyTests",
            dependencies: [
                "Archive", "HooklineApp", "HooklineEngine", "HooklineHooks", "HooklineManifest", "HooklinePackages", "HooklineSources",
                "HooklineStore", "Mailchimp", "MailchimpSimulator",
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
