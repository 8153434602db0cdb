import ArgumentParser
import Foundation
import HooklineApp
import HooklineCore
import HooklineHooks

/// `hookline test [NAME…]`.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests of packages on their samples, offline.",
        discussion: Examples.text(
            "test", "test vip-customers --coverage --min-coverage 90", "test --junit results.xml",
            after:
                "Each file in a package's tests/ is a list of tests; docs/guide/test-a-package.md describes what they may say. Exit code 1: a test failed; 2: a file cannot be read."
        )
    )

    @Argument(help: "The activations; by default, all of the workspace.", completion: Completion.activation)
    var names: [String] = []

    @Option(help: ArgumentHelp("Run only tests whose name contains this text.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("What math.random starts from, instead of each test's own seed.", valueName: "n"))
    var seed: UInt64?

    @Flag(help: "Write the snapshots of tests that have one, instead of comparing them.")
    var update = false

    @Option(help: ArgumentHelp("Also write the results as JUnit XML, for CI.", valueName: "file"))
    var junit: String?

    @Flag(help: "Also show which lines and functions of the scripts ran, and which never did.")
    var coverage = false

    @Option(help: ArgumentHelp("Fail if less than this percentage of the lines, or of the functions, ran.", valueName: "percent"))
    var minCoverage: Double?

    @Option(help: ArgumentHelp("Also write the coverage in LCOV format.", valueName: "file"))
    var lcov: String?

    @Flag(help: "Run again whenever a file of the packages changes, until interrupted.")
    var watch = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let minCoverage, !(0...100).contains(minCoverage) {
            throw ValidationError("--min-coverage takes a percentage from 0 to 100, not \(minCoverage)")
        }
    }

    func run() async throws {
        if watch { try await runOnChange() } else { try await runOnce() }
    }

    private var request: TestRequest {
        var request = TestRequest(names)
        request.filter = filter
        request.seed = seed
        request.updatesSnapshots = update
        request.recordsCoverage = coverage || minCoverage != nil || lcov != nil
        return request
    }

    private func runOnChange() async throws {
        var seen = ""
        while !Task.isCancelled {
            let now = try options.app.stateOfFiles(for: request)
            if now != seen {
                seen = now
                do { try await runOnce() } catch is ExitStatus {}
                // Whoever reads a pipe or a file sees the results at once, too.
                fflush(nil)
                StandardError.print("watching; Ctrl-C ends it")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func runOnce() async throws {
        let run = try await options.reporting { try await options.app.test(request) }
        if let junit { try options.reporting { try run.writeJUnit(to: junit) } }
        if options.json { try JSONOutput.print(TestOutput(run)) } else { show(run) }
        if !options.quiet { for package in run.packages { tell(package) } }
        for issue in run.issues where !options.json { StandardError.print(issue.shown) }
        if let lcov { try options.reporting { try run.writeLCOV(to: lcov) } }
        try leave(after: run)
    }

    private func show(_ run: TestRun) {
        StandardOutput.print(TestText(results: run.results).text(showsPassed: !options.quiet))
        guard coverage else { return }
        for package in run.packages {
            if let found = package.coverage {
                StandardOutput.print(CoverageText(coverage: found, folder: package.folder, name: package.name).text)
            }
        }
    }

    private func tell(_ package: PackageTestOutcome) {
        if package.results.isEmpty, filter == nil { StandardError.print("\(package.name) has no tests: they belong in its tests/*.yaml") }
        if package.orphans.isEmpty { return }
        let files = package.orphans.joined(separator: ", ")
        StandardError.print(
            update
                ? "removed, because no test has it anymore: \(files)"
                : "no test has these snapshots anymore ('hookline test --update' removes them): \(files)")
    }

    private func leave(after run: TestRun) throws {
        if run.hasUnreadable { throw ExitStatus.invalid }
        for package in run.packages {
            guard let least = minCoverage, let found = package.coverage, found.linePercent < least || found.functionPercent < least else {
                continue
            }
            StandardError.print(
                "coverage of \(package.name) is \(CoverageText.percent(found.linePercent)) of the lines and "
                    + "\(CoverageText.percent(found.functionPercent)) of the functions; both must reach \(CoverageText.percent(least))")
            throw ExitStatus.failed
        }
        if run.hasFailures { throw ExitStatus.failed }
    }
}
