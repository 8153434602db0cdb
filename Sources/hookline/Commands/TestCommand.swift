import ArgumentParser
import Foundation
import HooklineCore

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

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let results = try await app.reporting {
            let workspace = try app.workspace()
            let chosen = names.isEmpty ? workspace.workspace.activationNames : names
            var results: [PackageTests.Result] = []
            for name in chosen {
                results += try await PackageTests(
                    app: app, workspace: workspace, name: name, filter: filter, seed: seed, updates: update
                ).run()
            }
            if results.isEmpty {
                throw CommandFailure(
                    "test.none", filter.map { "no test's name holds '\($0)'" } ?? "there are no tests: a package's lie in its tests/*.yaml")
            }
            return results
        }
        if let junit { try app.reporting { try JUnitFile(results).write(to: junit) } }
        if options.json {
            try JSONOutput.print(TestOutput(results))
        } else {
            print(TestText(results: results).text(verbose: !options.quiet))
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
