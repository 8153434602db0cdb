import Foundation
import HooklineCore
import HooklinePackages
import TimeLimits

/// What came of a package's tests on this machine, before it is installed.
package struct TestsHere: Encodable, Sendable {
    package let passed: Int
    package let failed: Int
    /// The name of the first that failed.
    package let firstFailed: String?
    /// Whether they took longer than ``App/testPatience`` and were stopped.
    package let isStopped: Bool
    /// How many seconds they could take.
    package let patience: Int64

    /// Whether there is a test, and none fails.
    package var pass: Bool { passed > 0 && failed == 0 && !isStopped }

    /// Runs the tests of a folder, within limits: nobody has agreed to the package yet, and so not to the limits that it sets itself.
    init(_ folder: String, named name: String, _ app: App, _ workspace: LoadedWorkspace) async throws {
        var run: (passed: Int, failed: [TestResult]) = (0, [])
        var isStopped = false
        if FileManager.default.fileExists(atPath: "\(folder)/tests") {
            app.observer.observe(.testing(package: name))
            do {
                run = try await TimeLimit.within(app.testPatience) {
                    try await app.testPackage(in: folder, of: workspace, ceiling: .beforeConsent)
                }
            } catch is TimeLimit.Exceeded { isStopped = true }
        }
        passed = run.passed
        failed = run.failed.count
        firstFailed = run.failed.first?.test.name
        self.isStopped = isStopped
        patience = app.testPatience.components.seconds
    }

    private enum CodingKeys: String, CodingKey {
        case passed, failed
        case firstFailed = "first_failed"
        case isStopped = "stopped"
    }
}

extension ExaminedPackage {
    /// - Throws: `package.untested` when one of its tests failed on this machine, or they took too long for anybody to know. A package
    ///   without tests may come in: whoever installs it sees that.
    func checkTestsHere() throws(PackageError) {
        guard let tests, tests.failed > 0 || tests.isStopped else { return }
        let what =
            tests.isStopped
            ? "the tests of '\(activation.name)' took longer than \(tests.patience) s here and were stopped"
            : "\(tests.failed) of \(tests.failed + tests.passed) tests of '\(activation.name)' fail here, the first one '\(tests.firstFailed ?? "")'"
        throw PackageError(.untested, "\(what), so nothing was installed. To install it nevertheless: --untested")
    }
}

extension App {
    /// Runs all tests of the package in a folder.
    ///
    /// - Throws: `IssuesFound` for a package or a file of tests that is wrong; `test.linked_snapshot`.
    func testPackage(
        in folder: String, of workspace: LoadedWorkspace, ceiling: HookLimits? = nil
    ) async throws -> (passed: Int, failed: [TestResult]) {
        var request = TestRequest()
        request.ceiling = ceiling
        let results = try await PackageTests(app: self, workspace: workspace, name: folder, request: request).run().results
        let failed = results.filter { !$0.hasPassed }
        return (results.count - failed.count, failed)
    }
}
