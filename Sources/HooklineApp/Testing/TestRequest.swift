import HooklineCore
import HooklineHooks

/// Asks to run the tests of packages.
package struct TestRequest: Sendable {
    /// Names, folders or `.hookpack` files; none for all activations of the workspace.
    package var activations: [String]
    /// Only tests whose name contains this text; nil for all.
    package var filter: String?
    /// What `math.random` starts from, instead of each test's own seed.
    package var seed: UInt64?
    /// Whether snapshots are written rather than compared.
    package var updatesSnapshots = false
    /// Whether the lines and functions that run are recorded.
    package var recordsCoverage = false
    /// The most that a package's limits may be; nil leaves them as they are.
    package var ceiling: HookLimits?

    package init(_ activations: [String] = []) {
        self.activations = activations
    }
}

/// What came of the tests of packages.
package struct TestRun: Sendable {
    package let packages: [PackageTestOutcome]
    /// What is wrong with packages whose tests cannot be read: a broken file stops its own package only.
    package let issues: [Issue]

    package var results: [TestResult] { packages.flatMap(\.results) }
    /// Whether a file, of a package or one that a test needs, cannot be read or is wrong.
    package var hasUnreadable: Bool { !issues.isEmpty || results.contains(where: \.isUnreadable) }
    package var hasFailures: Bool { results.contains { !$0.hasPassed } }
}

/// What came of one package's tests.
package struct PackageTestOutcome: Sendable {
    /// As it was asked for.
    package let name: String
    /// The package's folder, an absolute path.
    package let folder: String
    /// In the order of the files.
    package var results: [TestResult] = []
    /// Nil where nobody asked, and for a package without scripts.
    package var coverage: PackageCoverage?
    /// Snapshots, relative to the package, that no test has anymore. Removed, where snapshots are written.
    package var orphans: [String] = []
}

/// What came of one test.
package struct TestResult: Sendable {
    package let activation: String
    package let test: ScriptTest
    /// What differs from what is expected; empty for a test that passed.
    package let differences: [String]
    package let seconds: Double
    /// Whether a file that the test needs, such as its sample, cannot be read or is wrong.
    package var isUnreadable = false

    package var hasPassed: Bool { differences.isEmpty }
}
