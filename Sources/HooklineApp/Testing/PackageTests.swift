import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklinePackages
import HooklineSources
import HooklineStore
import Lua

/// Runs the tests of one package.
struct PackageTests {
    let app: App
    let workspace: LoadedWorkspace
    let name: String
    let request: TestRequest

    /// - Throws: `IssuesFound` for a package or a file of tests that is wrong; `test.linked_snapshot`; `package.changed` where snapshots of
    ///   an installed package would be written.
    func run() async throws -> PackageTestOutcome {
        let location = try app.location(name, in: workspace).get()
        if request.updatesSnapshots { try refuseUpdating(location) }
        let plain = workspace.loader.activation(at: location, in: workspace.document.forTests, purpose: .offline)
        // Each test sets the parameters that must be set, and rules that use them cannot be read before that.
        if !plain.issues.contains(where: { $0.code == "manifest.missing_parameter" }) { _ = try app.usable(plain) }
        let tests = try workspace.loader.tests(of: location).get()
        var outcome = PackageTestOutcome(name: name, folder: location.folder)
        var ran: [LuaCoverage] = []
        var scripts: ScriptFiles?
        for test in tests where request.filter.map({ test.name.localizedCaseInsensitiveContains($0) }) ?? true {
            try Task.checkCancellation()
            outcome.results.append(try await run(test, location, &ran, &scripts))
        }
        if request.filter == nil {
            outcome.orphans = try Snapshot.orphans(in: location.folder, of: tests, removes: request.updatesSnapshots)
        }
        if request.recordsCoverage, let scripts {
            outcome.coverage = try PackageCoverage(scripts.package, ran: ran, jail: app.jail)
        }
        return outcome
    }

    /// An installed or packed package stays as it is.
    private func refuseUpdating(_ location: PackageLocation) throws {
        let root = workspace.workspace.root
        let isFixed = [WorkspaceLayout.packages, WorkspaceLayout.state].contains { location.folder.hasPrefix("\(root)/\($0)/") }
        guard isFixed else { return }
        throw PackageError(
            .changed,
            "the snapshots of '\(name)' belong to a package that is installed or packed; to change them, make it your own: hookline new NAME --from \(name)"
        )
    }

    private func run(
        _ original: ScriptTest, _ location: PackageLocation, _ ran: inout [LuaCoverage], _ scripts: inout ScriptFiles?
    ) async throws -> TestResult {
        var test = original
        if let seed = request.seed { test.seed = seed }
        let start = app.clock.stopwatch()
        let settings = test.parameters.map {
            ParameterSetting(
                name: $0.name, text: $0.texts.first ?? "", list: $0.isList ? $0.texts : nil, origin: "params of '\(test.name)'",
                position: $0.position)
        }
        let loaded = workspace.loader.activation(at: location, in: workspace.document.forTests, settings: settings, purpose: .offline)
        let mistakes = loaded.issues.filter { $0.severity == .error }
        guard var activation = loaded.value, mistakes.isEmpty else {
            return TestResult(
                activation: name, test: test, differences: mistakes.map { "failed: \(Self.message(of: $0))" },
                seconds: app.clock.stopwatch() - start)
        }
        activation.lookups = test.lookups
        if let ceiling = request.ceiling { activation.limits = activation.limits.within(ceiling) }
        if request.recordsCoverage, scripts == nil, !activation.hooks.isEmpty { scripts = try? ScriptFiles(activation: activation) }
        let (outcome, loadError) = await outcome(activation, test, &ran)
        var differences =
            loadError.map { error in
                ScriptTestJudge(test, ScriptTestOutcome(error: RunFailure(error))).differences()
            } ?? ScriptTestJudge(test, outcome).differences()
        if test.expectation.isSnapshot {
            differences += try Snapshot(folder: activation.folder, test: test).differences(outcome, updates: request.updatesSnapshots)
        }
        let error = loadError.map { RunFailure($0) } ?? outcome.error
        let isUnreadable = test.expectation.error == nil && error.map { Self.isAboutFiles($0.code) } ?? false
        return TestResult(
            activation: activation.name, test: test, differences: differences, seconds: app.clock.stopwatch() - start,
            isUnreadable: isUnreadable)
    }

    private static func message(of issue: Issue) -> String {
        issue.code == "manifest.missing_parameter"
            ? "\(issue.message.prefix { $0 != ";" }); the workspace's values do not count here: set it in the test with params:"
            : issue.message
    }

    /// Whether the sample, or a manifest or script that is wrong in itself, is to blame.
    private static func isAboutFiles(_ code: RunFailure.Code) -> Bool {
        SourceError.Code(rawValue: code.rawValue) != nil || FailureKind(code: code) == .invalid
    }

    /// A script that does not load is an outcome, too: a test may expect it.
    private func outcome(
        _ activation: Activation, _ test: ScriptTest, _ ran: inout [LuaCoverage]
    ) async -> (ScriptTestOutcome, (any Error)?) {
        do {
            let source = SourceConfiguration(sample: "\(activation.folder)/\(test.sample)", name: test.sample)
            var settings = HookSettings(
                limits: activation.limits, safeguards: activation.safeguards, jail: app.jail, exactInstructions: true,
                wantsMappings: true)
            settings.notesCoverage = request.recordsCoverage
            settings.wantsLocations = true
            let hooks = try ScriptFiles(activation: activation).host(settings)
            let activation = activation.readingOnlyUsed(by: try hooks?.facts())
            let tester = ScriptTester(
                activation: activation, test: test, source: SourceFactory.source(source, model: activation.model.forSamples),
                hooks: hooks, makeLedger: SQLiteLedger.inMemory)
            let outcome = await tester.run()
            // A machine that was ended by a limit has no coverage.
            if request.recordsCoverage, let hooks { ran += (try? hooks.coverage()) ?? [] }
            return (outcome, nil)
        } catch {
            return (ScriptTestOutcome(), error)
        }
    }
}
