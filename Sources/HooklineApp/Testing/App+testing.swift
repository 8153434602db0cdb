import Foundation
import HooklineCore
import HooklineManifest

extension App {
    /// Runs the tests of packages on their samples, offline.
    ///
    /// - Throws: `test.none` when there is no test; `IssuesFound` when the only package cannot be read; `test.linked_snapshot`.
    package func test(_ request: TestRequest) async throws -> TestRun {
        let workspace = try workspace()
        let chosen = request.activations.isEmpty ? workspace.workspace.activationNames : request.activations
        var outcomes: [PackageTestOutcome] = []
        var issues: [Issue] = []
        for name in chosen {
            do { outcomes.append(try await PackageTests(app: self, workspace: workspace, name: name, request: request).run()) } catch let
                found as IssuesFound where chosen.count > 1
            { issues += found.issues }
        }
        if outcomes.allSatisfy(\.results.isEmpty), issues.isEmpty {
            throw AppError(
                .noTests,
                request.filter.map { "no test's name contains '\($0)'" } ?? "there are no tests: those of a package are in its tests/*.yaml"
            )
        }
        return TestRun(packages: outcomes, issues: issues)
    }

    /// A text that differs when a file of the packages that a request names has changed: of names, sizes and times. Snapshots do not count.
    ///
    /// - Throws: what ``workspace()`` throws.
    package func stateOfFiles(for request: TestRequest) throws -> String {
        let workspace = try workspace()
        let chosen = request.activations.isEmpty ? workspace.workspace.activationNames : request.activations
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
}
