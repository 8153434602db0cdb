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
    /// What came of one test.
    struct Result: Sendable {
        let activation: String
        let test: ScriptTest
        /// Empty for a test that passed.
        let differences: [String]
        let seconds: Double
        /// Whether a file that the test needs, such as its sample, cannot be read.
        var isUnreadable = false
    }

    let app: App
    let workspace: LoadedWorkspace
    let name: String
    /// Tests whose name holds this text; nil for all.
    let filter: String?
    /// What `math.random` starts from, instead of each test's own.
    let seed: UInt64?
    /// Whether snapshots are written rather than compared.
    let updates: Bool
    /// Whether lines and functions that run are noted.
    let notesCoverage: Bool
    /// The most that the package's limits may be; nil leaves them as they are.
    var ceiling: HookLimits?

    /// What came of a package's tests.
    struct Outcome: Sendable {
        var results: [Result] = []
        /// Nil where nobody asked, and for a package without scripts.
        var coverage: PackageCoverage?
        /// The package's folder.
        var folder = ""
        var name = ""
        /// Snapshots, relative to the package, that no test has any more.
        var orphans: [String] = []
    }

    /// The results, in the order of the files.
    ///
    /// - Throws: `IssuesFound` for a package or a file of tests that is wrong.
    func run() async throws -> Outcome {
        let location = try app.location(name, in: workspace).get()
        if updates { try refuseUpdating(location) }
        let plain = workspace.loader.activation(at: location, in: workspace.document.forTests, purpose: .offline)
        // Parameters that must be given are each test's to give, and rules that use them cannot be read before.
        if !plain.issues.contains(where: { $0.code == "manifest.missing_parameter" }) { _ = try app.usable(plain) }
        let tests = try workspace.loader.tests(of: location).get()
        var outcome = Outcome(folder: location.folder, name: name)
        var ran: [LuaCoverage] = []
        var scripts: ScriptFiles?
        for test in tests where filter.map({ test.name.localizedCaseInsensitiveContains($0) }) ?? true {
            try Task.checkCancellation()
            outcome.results.append(try await run(test, location, &ran, &scripts))
        }
        if filter == nil { outcome.orphans = try Snapshot.orphans(in: location.folder, of: tests, removes: updates) }
        if notesCoverage, let scripts {
            outcome.coverage = try PackageCoverage(scripts.package, ran: ran, jail: LuaJail())
        }
        return outcome
    }

    /// What is installed or packed stays as it is.
    private func refuseUpdating(_ location: PackageLocation) throws {
        let root = workspace.workspace.root
        let isFixed = [WorkspaceLayout.packages, WorkspaceLayout.state].contains { location.folder.hasPrefix("\(root)/\($0)/") }
        guard isFixed else { return }
        throw PackageError(
            .changed,
            "the snapshots of '\(name)' are part of a package that is installed or packed; to change them: hookline new NAME --from \(name)"
        )
    }

    private func run(_ original: ScriptTest, _ location: PackageLocation, _ ran: inout [LuaCoverage], _ scripts: inout ScriptFiles?)
        async throws
        -> Result
    {
        var test = original
        if let seed { test.seed = seed }
        let start = Clock.stopwatch()
        let settings = test.parameters.map {
            ParameterSetting(
                name: $0.name, text: $0.texts.first ?? "", list: $0.isList ? $0.texts : nil, origin: "params of '\(test.name)'",
                position: $0.position)
        }
        let loaded = workspace.loader.activation(at: location, in: workspace.document.forTests, settings: settings, purpose: .offline)
        let mistakes = loaded.issues.filter { $0.severity == .error }
        guard var activation = loaded.value, mistakes.isEmpty else {
            return Result(
                activation: name, test: test, differences: mistakes.map { "failed: \(Self.message(of: $0))" },
                seconds: Clock.stopwatch() - start)
        }
        activation.lookups = test.lookups
        if let ceiling { activation.limits = activation.limits.within(ceiling) }
        if notesCoverage, scripts == nil, !activation.hooks.isEmpty { scripts = try? ScriptFiles(activation: activation) }
        let (outcome, loadError) = await outcome(activation, test, &ran)
        var differences =
            loadError.map { error in
                ScriptTestJudge(test, ScriptTestOutcome(error: RunFailure(error))).differences()
            } ?? ScriptTestJudge(test, outcome).differences()
        if test.expectation.isSnapshot {
            differences += try Snapshot(folder: activation.folder, test: test).differences(outcome, updates: updates)
        }
        let error = loadError.map { RunFailure($0) } ?? outcome.error
        let isUnreadable = test.expectation.error == nil && error.map { Self.isAboutFiles($0.code) } ?? false
        return Result(
            activation: activation.name, test: test, differences: differences, seconds: Clock.stopwatch() - start,
            isUnreadable: isUnreadable)
    }

    private static func message(of issue: Issue) -> String {
        issue.code == "manifest.missing_parameter"
            ? "\(issue.message.prefix { $0 != ";" }); values of the workspace do not count here: the test says one with params:"
            : issue.message
    }

    /// Whether the sample, or a manifest or script that is wrong in itself, is to blame.
    private static func isAboutFiles(_ code: RunFailure.Code) -> Bool {
        SourceError.Code(rawValue: code.rawValue) != nil || ExitStatus.isAboutFiles(code)
    }

    /// A script that does not load is an outcome, too: a test may expect it.
    private func outcome(
        _ activation: Activation, _ test: ScriptTest, _ ran: inout [LuaCoverage]
    ) async -> (ScriptTestOutcome, (any Error)?) {
        do {
            let source = SourceConfiguration(sample: "\(activation.folder)/\(test.sample)", name: test.sample)
            var settings = HookSettings(
                limits: activation.limits, safeguards: activation.safeguards, exactInstructions: true, wantsMappings: true)
            settings.notesCoverage = notesCoverage
            settings.wantsLocations = true
            let hooks = try ScriptFiles(activation: activation).host(settings)
            let tester = ScriptTester(
                activation: activation, test: test, source: try SourceFactory.source(source, model: activation.model.forSamples),
                hooks: hooks, makeLedger: SQLiteLedger.inMemory)
            let outcome = await tester.run()
            // A machine that a limit has ended has nothing to tell.
            if notesCoverage, let hooks { ran += (try? hooks.coverage()) ?? [] }
            return (outcome, nil)
        } catch {
            return (ScriptTestOutcome(), error)
        }
    }
}
