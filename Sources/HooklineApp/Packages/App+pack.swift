import Archive
import Foundation
import HooklineCore
import HooklinePackages
import SystemPackage

/// Asks to make a `.hookpack` file of a package.
package struct PackRequest: Sendable {
    /// An activation, or a package's folder.
    package var package: String
    /// The file to write; nil for `NAME-VERSION.hookpack` in the current directory.
    package var output: String?
    /// A signing key: its name or its file; nil signs nothing.
    package var key: String?
    /// Whether it is packed without its tests being run.
    package var isUntested = false
    /// Whether a file that holds something else is overwritten.
    package var replaces = false

    package init(_ package: String) {
        self.package = package
    }
}

/// A `.hookpack` file that was written: the shape of `pack --json`.
package struct PackedFile: Encodable, Sendable {
    package let file: String
    package let digest: String
    package let signer: String?
    /// Whether its tests passed.
    package let tested: Bool
}

extension App {
    /// Checks and tests a package, and writes it to one file. The same files give the same bytes on every machine.
    ///
    /// - Throws: `package.untested` when a test fails or there is none; `package.taken` for a file that holds something else;
    ///   `PackageError`, `IssuesFound`, `HookError` for a package that is wrong.
    package func pack(_ request: PackRequest) async throws -> PackedFile {
        let workspace = try workspaceIfAny()
        let key = try request.key.map { try PackageKey(file: KeyFolder(environment).path($0)) }
        let examiner = PackageExaminer(app: self, workspace: workspace)
        if !request.isUntested { try await checkTests(of: try await examiner.examine(request.package) { $0.folder }, workspace) }
        return try await examiner.examine(request.package, isTested: !request.isUntested) { package in
            try package.check(jail: jail)
            let pack = try key.map { try package.pack.signed(by: $0) } ?? package.pack
            let file = request.output ?? "\(pack.lock.name)-\(pack.lock.version).hookpack"
            try checkFolder(of: file)
            if !request.replaces { try keepOther(file, pack) }
            guard let target = OutputFile.target(of: file) else {
                throw PackageError(.cannotWrite, "'\(file)' is not a regular file, so no package can be written there")
            }
            do { try Data(try pack.archive()).write(to: URL(fileURLWithPath: target), options: .atomic) } catch {
                throw PackageError.cannotWrite(file)
            }
            return PackedFile(file: file, digest: pack.digest, signer: pack.signature?.signer, tested: !request.isUntested)
        }
    }

    private func checkTests(of folder: String, _ workspace: LoadedWorkspace) async throws {
        let (passed, failed) = try await testPackage(in: folder, of: workspace)
        if let first = failed.first {
            throw PackageError(
                .untested,
                "\(failed.count) of \(passed + failed.count) tests fail, the first one '\(first.test.name)'; 'hookline test' shows them. To pack it nevertheless: --untested"
            )
        }
        guard passed > 0 else {
            throw PackageError(.untested, "the package has no tests; write one in tests/, or pack it nevertheless: --untested")
        }
    }

    private func checkFolder(of file: String) throws(PackageError) {
        let folder = FilePath(file).absolute.removingLastComponent().string
        if FileManager.default.fileExists(atPath: folder) { return }
        throw PackageError(.cannotWrite, "'\(file)' cannot be written: there is no folder '\(folder)'; make it first")
    }

    /// A packed file may be in other hands by now: its name stays with the same content, signed by the same key.
    private func keepOther(_ file: String, _ pack: Hookpack) throws(PackageError) {
        if !FileManager.default.fileExists(atPath: file) { return }
        let existing = FileManager.default.contents(atPath: file).flatMap { try? Hookpack(archive: Array($0)) }
        guard existing?.digest != pack.digest || existing?.signature?.signer != pack.signature?.signer else { return }
        let what =
            existing.map {
                $0.digest == pack.digest
                    ? "the same package, signed by \($0.signature?.signer ?? "nobody")" : "another \($0.lock.name) \($0.lock.version)"
            } ?? "something else"
        throw PackageError(
            .taken,
            "'\(file)' already holds \(what). Give what differs its own version in the manifest, or its own file with -o; to overwrite the file: --replace"
        )
    }
}
