import Archive
import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklinePackages
import TimeLimits

/// `hookline upgrade NAME [SOURCE]`.
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade", abstract: "Replace an installed package by another version, after showing what differs.",
        discussion: "It shows the differences of manifest and scripts and, where the source can be read, who would enter and leave.")

    @Argument(help: "The installed package.")
    var name: String

    @Argument(help: "Where the other version is; where the installed one came from when not said.")
    var source: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Accept a version that is not newer than the installed one.")
    var allowDowngrade = false

    @Flag(help: "Accept that somebody else signed it, or nobody.")
    var allowSignerChange = false

    @Option(help: ArgumentHelp("Compare at most so many rows, for at most 30 s.", valueName: "n"))
    var limit = 100_000

    /// How long a person who wants to upgrade waits for the comparison.
    private static let patience: Duration = .seconds(30)

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let workspace = try app.workspace()
            let store = PackageStore(root: workspace.workspace.root)
            guard let pin = try store.pins().packages[name] else {
                throw PackageError(.notFound, "no package '\(name)' is installed here; 'hookline list' shows those that are")
            }
            // One whose folder is gone is only put back, and there is nothing to compare.
            let old = FileManager.default.fileExists(atPath: store.folder(of: name)) ? try store.verified(name) : nil
            let origin = source ?? app.found(pin.from, in: workspace)
            let isNew = try await app.examiningNew(origin, in: workspace) { package in
                // The digest of a folder's package is known when its tests have run: it holds whether they pass.
                if package.isSettled { try check(package, pin) }
            } _: { package in
                try check(package, pin)
                if package.pack.digest == old?.digest, package.pack.signature?.signer == pin.signer { return false }
                if !options.json, !options.quiet {
                    print(UpgradeText(name: name, pin: pin, old: old, new: package).text)
                }
                if old != nil, await !compare(package, app, workspace), !yes, !PackageQuestion.canAsk {
                    throw PackageError(
                        .unfit,
                        "nobody can say who would enter and leave, and there is no terminal to ask on; to upgrade all the same: --yes")
                }
                guard PackageQuestion.ask("Upgrade \(name) to \(package.pack.lock.version)?", isGiven: yes || options.json) else {
                    throw ExitStatus.stopped
                }
                try store.install(package.pack, from: source.map { app.kept($0) } ?? pin.from, mayChangeSigner: allowSignerChange) { now in
                    guard now == pin else {
                        throw PackageError(.taken, "another process has changed what is installed of '\(name)' meanwhile; look again")
                    }
                }
                return true
            }
            let now = try store.pins().packages[name]
            if options.json { return try JSONOutput.print(["package": name, "from": pin.version, "to": now?.version ?? ""]) }
            if !options.quiet {
                let isOlder = Version(now?.version ?? "").flatMap { new in Version(pin.version).map { new < $0 } } ?? false
                let word = isOlder ? "downgraded" : "upgraded"
                print(isNew ? "\(word) \(name) from \(pin.version) to \(now?.version ?? "")" : "\(name) \(pin.version) is up to date")
                if isNew { app.tellWhatIsMissing(name) }
            }
        }
    }

    private func check(_ package: ExaminedPackage, _ pin: PackagePins.Pin) throws {
        let lock = package.pack.lock
        guard lock.name == name else { throw PackageError(.taken, "that package is '\(lock.name)', not '\(name)'") }
        if let old = Version(pin.version), let new = Version(lock.version), !allowDowngrade, package.pack.digest != pin.digest, !(old < new)
        {
            throw PackageError(
                .taken,
                new < old
                    ? "version \(new) is older than \(old), which is installed; if that is meant so: --allow-downgrade"
                    : "it is another package of the version \(old) that is installed; a new one has a new version. If that is meant so: --allow-downgrade"
            )
        }
        try pin.accept(package.pack, mayChangeSigner: allowSignerChange)
    }

    /// Who would enter and leave. A source that cannot be read now is no reason against an upgrade: a person decides.
    ///
    /// - Returns: false when they could not be compared.
    private func compare(_ package: ExaminedPackage, _ app: App, _ workspace: LoadedWorkspace) async -> Bool {
        if options.json || options.quiet { return true }
        do {
            let loaded = workspace.loader.activation(
                at: .init(folder: package.folder, file: "the new version"), in: workspace.document, purpose: .reading)
            let (old, new) = (try app.usable(try app.activation(name, in: workspace, purpose: .reading)), try app.usable(loaded))
            let (now, limit) = (app.now(), limit)
            let run = RunIdentifier.make(at: now)
            let comparison = try await TimeLimit.within(Self.patience) {
                var (old, new) = (old, new)
                // Nobody has agreed to the limits of the new one yet; the old one's are cut alike, or it would look dearer.
                old.limits = old.limits.within(.beforeConsent)
                new.limits = new.limits.within(.beforeConsent)
                let before = try await Rehearsal(activation: old, sample: nil, limit: limit, isExact: true).run(now: now, identifier: run)
                return VersionComparison(
                    before: before,
                    after: try await Rehearsal(activation: new, sample: nil, limit: limit, isExact: true).run(now: now, identifier: run))
            }
            print(CompareText(comparison: comparison).text)
            return true
        } catch let late as TimeLimit.Exceeded {
            StandardError.print(
                "the two versions are not compared: the source took longer than \(late.limit.components.seconds) s; 'hookline compare \(name) --with …' waits for it"
            )
        } catch {
            StandardError.print("the two versions are not compared: \(RunFailure(error).text)")
        }
        return false
    }
}
