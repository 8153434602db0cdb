import ArgumentParser
import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest

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

    func validate() throws {
        if let minCoverage, !(0...100).contains(minCoverage) {
            throw ValidationError("--min-coverage takes a number of percent from 0 to 100, not \(minCoverage)")
        }
    }

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
        let workspace = try App(options).workspace()
        let chosen = names.isEmpty ? workspace.workspace.activationNames : names
        return chosen.map { name in
            let folder = workspace.loader.location(of: name, in: workspace.document).value?.folder ?? name
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
        let (outcomes, issues) = try await app.reporting { try await runPackages(app) }
        let results = outcomes.flatMap(\.results)
        if let junit { try app.reporting { try JUnitFile(results).write(to: junit) } }
        if options.json {
            try JSONOutput.print(TestOutput(outcomes, issues))
        } else {
            print(TestText(results: results).text(verbose: !options.quiet))
            if coverage {
                for outcome in outcomes {
                    if let found = outcome.coverage {
                        print(CoverageText(coverage: found, folder: outcome.folder, name: outcome.name).text)
                    }
                }
            }
        }
        for outcome in outcomes { tell(outcome) }
        for issue in issues where !options.json { StandardError.print(issue.shown) }
        if let lcov {
            let text = outcomes.map { outcome in outcome.coverage?.lcov(folder: outcome.folder) ?? "" }.joined()
            try app.reporting { try JUnitFile.write(text, to: lcov) }
        }
        if !issues.isEmpty || results.contains(where: \.isUnreadable) { throw ExitStatus.invalid }
        for outcome in outcomes {
            guard let least = minCoverage, let found = outcome.coverage, found.linePercent < least else { continue }
            StandardError.print(
                "coverage of \(outcome.name) is \(CoverageText.percent(found.linePercent)), below \(CoverageText.percent(least))")
            throw ExitStatus.failed
        }
        if results.contains(where: { !$0.differences.isEmpty }) { throw ExitStatus.failed }
    }

    /// What came of each package, and what is wrong with those whose tests cannot be read: one broken file stops its own package only.
    private func runPackages(_ app: App) async throws -> (outcomes: [PackageTests.Outcome], issues: [Issue]) {
        let workspace = try app.workspace()
        let chosen = names.isEmpty ? workspace.workspace.activationNames : names
        var outcomes: [PackageTests.Outcome] = []
        var issues: [Issue] = []
        for name in chosen {
            do {
                outcomes.append(
                    try await PackageTests(
                        app: app, workspace: workspace, name: name, filter: filter, seed: seed, updates: update,
                        notesCoverage: notesCoverage
                    ).run())
            } catch let found as IssuesFound where chosen.count > 1 {
                issues += found.issues
            }
        }
        if outcomes.allSatisfy(\.results.isEmpty), issues.isEmpty {
            throw CommandFailure(
                "test.none", filter.map { "no test's name holds '\($0)'" } ?? "there are no tests: a package's lie in its tests/*.yaml")
        }
        return (outcomes, issues)
    }

    private func tell(_ outcome: PackageTests.Outcome) {
        if options.quiet { return }
        if outcome.results.isEmpty, filter == nil { StandardError.print("\(outcome.name) has no tests: they lie in its tests/*.yaml") }
        if outcome.orphans.isEmpty { return }
        let files = outcome.orphans.joined(separator: ", ")
        StandardError.print(
            update
                ? "removed, because no test has it any more: \(files)"
                : "no test has these snapshots any more (hookline test --update removes them): \(files)")
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

    struct Coverage: Encodable {
        struct File: Encodable {
            let file: String
            let lines: Int
            let missedLines: [Int]
            let functions: Int
            let missedFunctions: [Int]

            private enum CodingKeys: String, CodingKey {
                case file, lines, functions
                case missedLines = "missed_lines"
                case missedFunctions = "missed_functions"
            }
        }

        let activation: String
        let linePercent: Double
        let functionPercent: Double
        let files: [File]

        private enum CodingKeys: String, CodingKey {
            case activation, files
            case linePercent = "line_percent"
            case functionPercent = "function_percent"
        }
    }

    let passed: Int
    let failed: Int
    let tests: [Test]
    /// Nil where nobody asked.
    let coverage: [Coverage]?
    /// What is wrong with packages whose tests cannot be read.
    let issues: [Issue]

    init(_ outcomes: [PackageTests.Outcome], _ issues: [Issue]) {
        tests = outcomes.flatMap(\.results).map {
            Test(
                activation: $0.activation, test: $0.test.name, file: $0.test.position.file, line: $0.test.position.line,
                passed: $0.differences.isEmpty, differences: $0.differences, seconds: $0.seconds)
        }
        passed = tests.count { $0.passed }
        failed = tests.count - passed
        let covered = outcomes.compactMap { outcome in outcome.coverage.map { (outcome.name, $0) } }
        coverage = covered.isEmpty ? nil : covered.map(Coverage.init)
        self.issues = issues
    }
}

extension TestOutput.Coverage {
    init(_ name: String, _ coverage: PackageCoverage) {
        self.init(
            activation: name, linePercent: coverage.linePercent, functionPercent: coverage.functionPercent,
            files: coverage.files.map { file in
                File(
                    file: file.path, lines: file.lines.count, missedLines: file.missedLines, functions: file.functions.count,
                    missedFunctions: file.missedFunctions)
            })
    }
}
