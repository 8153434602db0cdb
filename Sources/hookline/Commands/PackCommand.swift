import Archive
import ArgumentParser
import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages

/// `hookline pack NAME`.
struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Check and test a package, and make one .hookpack file of it.",
        discussion: "The same files give the same bytes on every machine. What it is made of: docs/reference/package-format.md.")

    @Argument(help: "The activation, or a package's folder.")
    var name: String

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write it; NAME-VERSION.hookpack when not said.", valueName: "file"))
    var output: String?

    @Flag(help: "Pack it though no test passes; whoever installs it sees that.")
    var untested = false

    @Flag(help: "Write over a file that holds something else.")
    var replace = false

    @Option(help: ArgumentHelp("Sign it with a key of 'hookline keys new': its name or its file.", valueName: "key"))
    var sign: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let workspace = try app.workspaceIfAny()
            let key = try sign.map { try PackageKey(file: KeyFolder(app.environment).path($0)) }
            let isTested = try await check(app, workspace)
            let info = try await app.examining(name, in: workspace, isTested: isTested) { package in
                try package.check()
                let pack = try key.map { try package.pack.signed(by: $0) } ?? package.pack
                let file = output ?? "\(pack.lock.name)-\(pack.lock.version).hookpack"
                try checkFolder(of: file)
                try keepOther(file, pack)
                do { try Data(try pack.archive()).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
                    throw PackageError.cannotWrite(file)
                }
                return Packed(file: file, digest: pack.digest, signer: pack.signature?.signer, tested: isTested)
            }
            if options.json { return try JSONOutput.print(info) }
            print("\(info.file)\n\(info.digest)")
            print("signed by \(info.signer ?? "nobody")")
            if !info.tested { StandardError.print("packed without passing tests; whoever installs it sees that") }
        }
    }

    private func checkFolder(of file: String) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        if FileManager.default.fileExists(atPath: folder) { return }
        throw PackageError(.cannotWrite, "'\(file)' cannot be written: there is no folder '\(folder)'; make it first")
    }

    /// A package that has been made is another's by now: the same name is for the same content, by the same hand.
    private func keepOther(_ file: String, _ pack: Hookpack) throws {
        if replace || !FileManager.default.fileExists(atPath: file) { return }
        let there = FileManager.default.contents(atPath: file).flatMap { try? Hookpack(archive: Array($0)) }
        guard there?.digest != pack.digest || there?.signature?.signer != pack.signature?.signer else { return }
        let what =
            there.map {
                $0.digest == pack.digest
                    ? "the same package, signed by \($0.signature?.signer ?? "nobody")" : "another \($0.lock.name) \($0.lock.version)"
            } ?? "something else"
        throw PackageError(
            .taken,
            "'\(file)' is there and holds \(what). What differs gets a version of its own in the manifest, or another file (-o); to write over it: --replace"
        )
    }

    /// Whether the package's tests pass; refuses where they do not, unless that is accepted.
    private func check(_ app: App, _ workspace: LoadedWorkspace) async throws -> Bool {
        if untested { return false }
        let folder = try await app.examining(name, in: workspace) { $0.folder }
        let (passed, failed) = try await app.test(folder, in: workspace)
        if let first = failed.first {
            throw PackageError(
                .untested,
                "\(failed.count) of \(passed + failed.count) tests fail, the first '\(first.test.name)'; 'hookline test' shows them. To pack it all the same: --untested"
            )
        }
        guard passed > 0 else {
            throw PackageError(.untested, "the package has no tests; write one in tests/, or pack it all the same: --untested")
        }
        return true
    }
}

/// The shape of `pack --json`.
private struct Packed: Encodable, Sendable {
    let file: String
    let digest: String
    let signer: String?
    let tested: Bool
}
