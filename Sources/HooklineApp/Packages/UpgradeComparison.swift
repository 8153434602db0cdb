import HooklineCore
import HooklineEngine
import HooklineManifest
import TimeLimits

/// Passes users of the source through the installed and the new version of a package, for a person who wants to upgrade.
struct UpgradeComparison {
    private let app: App
    private let workspace: LoadedWorkspace
    private let upgrade: PackageUpgrade
    private let limit: Int

    /// How long a person waits for it.
    private static let patience: Duration = .seconds(30)

    init(_ app: App, _ workspace: LoadedWorkspace, _ upgrade: PackageUpgrade, _ limit: Int) {
        self.app = app
        self.workspace = workspace
        self.upgrade = upgrade
        self.limit = limit
    }

    /// Tells the observer who would enter and leave, or why nobody can say. A source that cannot be read now is no reason against an
    /// upgrade: a person decides.
    ///
    /// - Returns: whether they could be compared.
    func tell() async -> Bool {
        do {
            app.observer.observe(.compared(try await comparison()))
            return true
        } catch let late as TimeLimit.Exceeded {
            app.observer.observe(.notCompared(package: upgrade.name, .tooSlow(late.limit)))
        } catch {
            app.observer.observe(.notCompared(package: upgrade.name, .failed(RunFailure(error).text)))
        }
        return false
    }

    private func comparison() async throws -> VersionComparison {
        let installed = try app.usable(try app.activation(upgrade.name, in: workspace, purpose: .reading))
        let other = try app.usable(
            workspace.loader.activation(
                at: PackageLocation(folder: upgrade.new.folder, file: "the new version"), in: workspace.document, purpose: .reading))
        let now = app.clock.now()
        let run = RunIdentifier.make(at: now)
        return try await TimeLimit.within(Self.patience) { [app, limit] in
            var outcomes: [ScriptTestOutcome] = []
            for var activation in [installed, other] {
                // Nobody has agreed to the new one's limits yet. The old one's are cut, too, or it would look more expensive.
                activation.limits = activation.limits.within(.beforeConsent)
                outcomes.append(
                    try await Rehearsal(app: app, activation: activation, sample: nil, limit: limit, isExact: true)
                        .run(now: now, identifier: run))
            }
            return VersionComparison(before: outcomes[0], after: outcomes[1])
        }
    }
}
