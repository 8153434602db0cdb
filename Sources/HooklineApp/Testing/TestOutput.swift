import HooklineCore
import HooklineHooks

/// The shape of `test --json`.
package struct TestOutput: Encodable {
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

    package init(_ run: TestRun) {
        tests = run.results.map {
            Test(
                activation: $0.activation, test: $0.test.name, file: $0.test.position.file, line: $0.test.position.line,
                passed: $0.hasPassed, differences: $0.differences,
                seconds: ($0.seconds * 1_000).rounded() / 1_000)
        }
        passed = tests.count { $0.passed }
        failed = tests.count - passed
        let covered = run.packages.compactMap { package in package.coverage.map { (package.name, $0) } }
        coverage = covered.isEmpty ? nil : covered.map(Coverage.init)
        issues = run.issues
    }
}

extension TestOutput.Coverage {
    /// To hundredths, rounded down: 99.999 must not look like 100.
    private static func rounded(_ percent: Double) -> Double { (percent * 100).rounded(.down) / 100 }

    init(_ name: String, _ coverage: PackageCoverage) {
        self.init(
            activation: name, linePercent: Self.rounded(coverage.linePercent), functionPercent: Self.rounded(coverage.functionPercent),
            files: coverage.files.map { file in
                File(
                    file: file.path, lines: file.lines.count, missedLines: file.missedLines, functions: file.functions.count,
                    missedFunctions: file.missedFunctions)
            })
    }
}
