import Archive
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages

/// Looks at a package from wherever it is, and checks it completely.
struct PackageExaminer {
    let app: App
    let workspace: LoadedWorkspace

    /// Gives `body` a package from a file, a folder, an address, the store or the shipped ones.
    ///
    /// - Parameters:
    ///   - origin: where it is.
    ///   - isTested: whether the package of a folder is one whose tests passed.
    ///   - settings: values for its parameters.
    ///   - body: uses the package; its folder may be gone afterwards.
    /// - Returns: what `body` returns.
    /// - Throws: `PackageError`, `ArchiveError`, `IssuesFound`, `HookError` for a package that is wrong; what `body` throws.
    func examine<Value: Sendable>(
        _ origin: String, isTested: Bool = false, settings: [ParameterSetting] = [], _ body: (ExaminedPackage) async throws -> Value
    ) async throws -> Value {
        if let folder = try PackageOrigin(app: app, workspace: workspace, text: origin).folder(isNew: false) {
            return try await body(try look(at: folder, origin, pack: nil, isTested: isTested, settings))
        }
        return try await withArchive(origin) { folder, pack in
            try await body(try look(at: folder, origin, pack: pack, isTested: false, settings))
        }
    }

    /// The same for a package that is to be installed: a name means a shipped one, and its tests are run first.
    ///
    /// - Parameters:
    ///   - origin: where it is.
    ///   - isWelcome: throws for one that would not be installed whatever its tests say; they are not run then.
    ///   - body: uses the package; its folder may be gone afterwards.
    /// - Returns: what `body` returns.
    /// - Throws: as ``examine(_:isTested:settings:_:)``, and what `isWelcome` throws.
    func examineNew<Value: Sendable>(
        _ origin: String, isWelcome: (ExaminedPackage) throws -> Void, _ body: (ExaminedPackage) async throws -> Value
    ) async throws -> Value {
        guard let folder = try PackageOrigin(app: app, workspace: workspace, text: origin).folder(isNew: true) else {
            return try await withArchive(origin) { folder, pack in
                var package = try look(at: folder, origin, pack: pack, isTested: false)
                try isWelcome(package)
                package.tests = try await TestsHere(folder, named: origin, app, workspace)
                return try await body(package)
            }
        }
        // What is not a package is reported before anybody looks for its tests.
        try isWelcome(try look(at: folder, origin, pack: nil, isTested: false))
        let tests = try await TestsHere(folder, named: origin, app, workspace)
        var package = try look(at: folder, origin, pack: nil, isTested: tests.pass)
        package.tests = tests
        package.isSettled = true
        return try await body(package)
    }

    /// Gives `body` a temporary folder with the files of an archive.
    private func withArchive<Value: Sendable>(
        _ origin: String, _ body: (_ folder: String, _ pack: Hookpack) async throws -> Value
    ) async throws -> Value {
        let isAddress = PackageDownload.isAddress(origin)
        let pack = try Hookpack(archive: isAddress ? try await PackageDownload.bytes(at: origin) : try PackageFile.bytes(at: origin))
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        return try await body(try PackageCache(temporary.path).folder(of: pack), pack)
    }

    private func look(
        at folder: String, _ origin: String, pack: Hookpack?, isTested: Bool, _ settings: [ParameterSetting] = []
    ) throws -> ExaminedPackage {
        let location = PackageLocation(folder: folder, file: "\(origin): activation.yaml")
        let manifest = try app.usable(workspace.loader.manifest(of: location))
        let loaded = workspace.loader.activation(at: location, in: workspace.document, settings: settings, purpose: .offline)
        // A value that the workspace has yet to set, or sets wrongly, is not a mistake of the package.
        let issues = loaded.issues.filter { $0.code != ManifestIssueCode.missingParameter.rawValue }
        let errors = issues.filter { $0.severity == .error && $0.position?.file == location.file }
        guard let activation = loaded.partial, errors.isEmpty else { throw IssuesFound(errors.isEmpty ? loaded.issues : errors) }
        guard let version = manifest.version else {
            throw PackageError(.unfit, "the manifest has no version; a package that travels needs one, such as version: 1.0.0")
        }
        if let lock = pack?.lock, lock.name != activation.name || lock.version != version {
            throw PackageError(
                .badLock,
                "the package calls itself \(lock.name) \(lock.version) in its lock, but \(activation.name) \(version) in its manifest")
        }
        if let stranger = activation.hooks.first(where: { !$0.hasSuffix(".lua") }) {
            // No host would load it.
            throw PackageError(.unfit, "hooks: names '\(stranger)', but the name of a script ends in .lua")
        }
        let scripts = try ScriptFacts(try ScriptFiles(activation: activation.withOwnLookups).package, jail: app.jail)
        let content =
            try pack ?? Hookpack(name: activation.name, version: version, isTested: isTested, files: PackageFolder.files(in: folder))
        return ExaminedPackage(
            pack: content, folder: folder, activation: activation, manifest: manifest, scripts: scripts,
            isSettled: pack != nil || isTested, issues: issues.filter { $0.position?.file != location.file })
    }
}
