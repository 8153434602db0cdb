import ArgumentParser
import Foundation
import HooklineCore
import HooklineHooks

/// `hookline test [NAME…]`.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests of packages on their samples, offline.",
        discussion:
            "Each file of a package's tests/ holds a list of tests; docs/guide/test-a-package.md tells what they may say. Exit code 1: a test failed; 2: a file cannot be read."
    )

    @Argument(help: "The activations; all of the workspace when none is named.")
    var names: [String] = []

    @Option(help: ArgumentHelp("Only tests whose name holds this text.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("What math.random starts from, instead of each test's own seed.", valueName: "n"))
    var seed: UInt64?

    @Flag(help: "Write the snapshots of tests that have one, instead of comparing them.")
    var update = false

    @Option(help: ArgumentHelp("Also write the results as JUnit XML, for CI.", valueName: "file"))
    var junit: String?

    @Flag(help: "Also show which lines and functions of the scripts ran, and which never did.")
    var coverage = false

    @Option(help: ArgumentHelp("With coverage: fail below so many percent of the lines.", valueName: "percent"))
    var minCoverage: Double?

    @Option(help: ArgumentHelp("Also write the coverage in LCOV's format.", valueName: "file"))
    var lcov: String?

    @Flag(help: "Run again whenever a file of the packages changes, until interrupted.")
    var watch = false

    @OptionGroup var options: GlobalOptions

    private var notesCoverage: Bool { coverage || minCoverage != nil || lcov != nil }

    func run() async throws {
        guard watch else { return try await runOnce() }
        var seen = ""
        while !Task.isCancelled {
            let now = try watched()
            if now != seen {
                seen = now
                do { try await runOnce() } catch is ExitStatus {}
                // A pipe or a file sees the results at once, too.
                fflush(nil)
                StandardError.print("watching; Ctrl-C ends it")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The files of the packages with their sizes and times: another text when one has changed.
    private func watched() throws -> String {
        let workspace = try App(options).workspace().workspace
        let chosen = names.isEmpty ? workspace.activationNames : names
        return chosen.map { name in
            let folder = name.contains("/") ? name : "\(workspace.root)/activations/\(name)"
            let files = FileManager.default.enumerator(
                at: URL(fileURLWithPath: folder), includingPropertiesForKeys: [.contentModificationDateKey, .fileSizeKey])
            return (files?.allObjects as? [URL] ?? []).map { file in
                let values = try? file.resourceValues(forKeys: [.contentModificationDateKey, .fileSizeKey])
                return "\(file.path) \(values?.fileSize ?? 0) \(values?.contentModificationDate?.timeIntervalSince1970 ?? 0)"
            }.filter { !$0.contains("/snapshots/") }.sorted().joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func runOnce() async throws {
        let app = App(options)
        let outcomes = try await app.reporting {
            let workspace = try app.workspace()
            let chosen = names.isEmpty ? workspace.workspace.activationNames : names
            var outcomes: [PackageTests.Outcome] = []
            for name in chosen {
                outcomes.append(
                    try await PackageTests(
                        app: app, workspace: workspace, name: name, filter: filter, seed: seed, updates: update,
                        notesCoverage: notesCoverage
                    ).run())
            }
            if outcomes.allSatisfy(\.results.isEmpty) {
                throw CommandFailure(
                    "test.none", filter.map { "no test's name holds '\($0)'" } ?? "there are no tests: a package's lie in its tests/*.yaml")
            }
            return outcomes
        }
        let results = outcomes.flatMap(\.results)
        if let junit { try app.reporting { try JUnitFile(results).write(to: junit) } }
        if options.json {
            try JSONOutput.print(TestOutput(results))
        } else {
            print(TestText(results: results).text(verbose: !options.quiet))
            if coverage {
                for outcome in outcomes {
                    if let found = outcome.coverage { print(CoverageText(coverage: found, folder: outcome.folder).text) }
                }
            }
        }
        if let lcov {
            let text = outcomes.map { outcome in outcome.coverage?.lcov(folder: outcome.folder) ?? "" }.joined()
            try app.reporting { try JUnitFile.write(text, to: lcov) }
        }
        for outcome in outcomes {
            guard let least = minCoverage, let found = outcome.coverage, found.linePercent < least else { continue }
            StandardError.print("coverage is \(CoverageText.percent(found.linePercent)), below \(CoverageText.percent(least))")
            throw ExitStatus.failed
        }
        if results.contains(where: { !$0.differences.isEmpty }) { throw ExitStatus.failed }
    }
}

/// The shape of `test --json`.
private struct TestOutput: Encodable {
    struct Test: Encodable {
        let activation: String
        let test: String
        let file: String
        let line: Int
        let passed: Bool
        let differences: [String]
        let seconds: Double
    }

    let passed: Int
    let failed: Int
    let tests: [Test]

    init(_ results: [PackageTests.Result]) {
        tests = results.map {
            Test(
                activation: $0.activation, test: $0.test.name, file: $0.test.position.file, line: $0.test.position.line,
                passed: $0.differences.isEmpty, differences: $0.differences, seconds: $0.seconds)
        }
        passed = tests.count { $0.passed }
        failed = tests.count - passed
    }
}
