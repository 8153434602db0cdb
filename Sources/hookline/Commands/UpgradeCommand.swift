import Archive
import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklinePackages

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

    @Flag(help: "Accept a version that is older than the installed one.")
    var allowDowngrade = false

    @Flag(help: "Accept that somebody else signed it, or nobody.")
    var allowSignerChange = false

    @Option(help: ArgumentHelp("Compare at most so many rows.", valueName: "n"))
    var limit = 100_000

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let workspace = try app.workspace()
            let shelf = PackageShelf(root: workspace.workspace.root)
            guard let pin = try shelf.pins().packages[name] else {
                throw PackageError(.notFound, "no package '\(name)' is installed here; 'hookline list' shows those that are")
            }
            let old = try shelf.verified(name)
            let origin = source ?? app.found(pin.from, in: workspace)
            let isNew = try await app.examiningNew(origin, in: workspace) { package in
                try check(package, pin)
                if package.pack.digest == old.digest { return false }
                if !options.json, !options.quiet { print(changes(from: old, to: package.pack).joined(separator: "\n")) }
                await compare(package, app, workspace)
                guard PackageQuestion.ask("Upgrade \(name) to \(package.pack.lock.version)?", isGiven: yes || options.json) else {
                    throw ExitStatus.stopped
                }
                try shelf.install(package.pack, from: source.map { app.kept($0) } ?? pin.from, mayChangeSigner: allowSignerChange)
                return true
            }
            let now = try shelf.pins().packages[name]
            if options.json { return try JSONOutput.print(["package": name, "from": pin.version, "to": now?.version ?? ""]) }
            if !options.quiet {
                print(isNew ? "upgraded \(name) from \(pin.version) to \(now?.version ?? "")" : "\(name) \(pin.version) is up to date")
            }
        }
    }

    private func check(_ package: ExaminedPackage, _ pin: PackagePins.Pin) throws {
        let lock = package.pack.lock
        guard lock.name == name else { throw PackageError(.taken, "that package is '\(lock.name)', not '\(name)'") }
        if let old = Version(pin.version), let new = Version(lock.version), new < old, !allowDowngrade {
            throw PackageError(.taken, "version \(new) is older than \(old), which is installed; if that is meant so: --allow-downgrade")
        }
        try pin.accept(package.pack, mayChangeSigner: allowSignerChange)
    }

    /// Manifest and scripts line by line, the other files by name.
    private func changes(from old: Hookpack, to new: Hookpack) -> [String] {
        var lines = ["\(name) \(old.lock.version) → \(new.lock.version)"]
        if old.lock.isTested != new.lock.isTested { lines.append(new.lock.isTested ? "its tests pass now" : "the new one is NOT TESTED") }
        for path in Set(old.files.map(\.path) + new.files.map(\.path)).sorted() {
            let (before, after) = (old.content(of: path), new.content(of: path))
            if before == after { continue }
            let what = before == nil ? "new" : after == nil ? "gone" : "changed"
            lines.append("\(path): \(what)")
            guard path.hasSuffix(".lua") || path == PackageFolder.manifest else { continue }
            lines.append(
                LineDifference(from: String(decoding: before ?? [], as: UTF8.self), to: String(decoding: after ?? [], as: UTF8.self)).text)
        }
        return lines
    }

    /// Who would enter and leave; a source that cannot be read now is no reason against an upgrade.
    private func compare(_ package: ExaminedPackage, _ app: App, _ workspace: LoadedWorkspace) async {
        if options.json || options.quiet { return }
        do {
            let loaded = workspace.loader.activation(
                at: .init(folder: package.folder, file: "the new version"), in: workspace.document, purpose: .reading)
            let (old, new) = (try app.usable(try app.activation(name, in: workspace, purpose: .reading)), try app.usable(loaded))
            let now = app.now()
            let outcomes = (
                before: try await Rehearsal(activation: old, sample: nil, limit: limit, isExact: true).run(now: now),
                after: try await Rehearsal(activation: new, sample: nil, limit: limit, isExact: true).run(now: now)
            )
            print(CompareText(comparison: VersionComparison(before: outcomes.before, after: outcomes.after)).text)
        } catch {
            StandardError.print("the two versions are not compared: \(RunFailure(error).message)")
        }
    }
}
