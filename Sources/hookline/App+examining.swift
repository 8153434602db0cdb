import Archive
import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages
import Lua
import Text
import TimeLimits

/// A package that is looked at before anything is done with it.
struct ExaminedPackage: Sendable {
    let pack: Hookpack
    /// Where its files lie: in its own folder, or in a temporary one.
    let folder: String
    /// Where it came from, as it was said.
    let origin: String
    let activation: Activation
    let manifest: PackageManifest
    let scripts: ScriptFacts
    /// Who signed it, where its files no longer carry the signature.
    var signer: String?
    /// Whether it is packed or installed; of a folder nobody knows whether its tests pass, and its digest changes with it.
    var isSettled = true
    /// What its tests say on this machine; nil where they were not run.
    var tests: TestsHere?
    /// What is wrong with the values that it is given here: a mistake of the workspace or the command line, not of the package.
    var issues: [Issue] = []
}

/// What came of a package's tests on this machine, before it is installed.
struct TestsHere: Encodable, Sendable {
    let passed: Int
    let failed: Int
    /// The name of the first that failed.
    let firstFailed: String?
    /// Whether they took too long, and were stopped.
    let isStopped: Bool

    /// Whether there is a test, and none fails.
    var pass: Bool { passed > 0 && failed == 0 && !isStopped }

    /// How long the tests of a package may take that somebody thinks of installing.
    private static let patience: Duration = .seconds(60)

    /// Runs them, within limits: nobody has agreed to the package yet, and so not to the limits that it gives itself.
    init(_ folder: String, _ app: App, _ workspace: LoadedWorkspace) async throws {
        let hasTests = FileManager.default.fileExists(atPath: "\(folder)/tests")
        if hasTests, !app.isQuiet, !app.isJSON, StandardError.isTerminal { StandardError.print("running its tests …") }
        var (passing, failing, stopped): (Int, [PackageTests.Result], Bool) = (0, [], false)
        do {
            if hasTests {
                (passing, failing) = try await TimeLimit.within(Self.patience) {
                    try await app.test(folder, in: workspace, ceiling: .beforeConsent)
                }
            }
        } catch is TimeLimit.Exceeded { stopped = true }
        passed = passing
        failed = failing.count
        firstFailed = failing.first?.test.name
        isStopped = stopped
    }

    enum CodingKeys: String, CodingKey {
        case passed, failed
        case firstFailed = "first_failed"
        case isStopped = "stopped"
    }

    /// For a terminal.
    var text: String {
        if isStopped { return "NOT KNOWN: they took longer than \(Self.patience.components.seconds) s, and were stopped" }
        if failed > 0 { return "\(failed) OF \(passed + failed) FAIL HERE, the first '\(firstFailed ?? "")'" }
        return passed == 0 ? "NOT TESTED: it has none" : "\(passed == 1 ? "1 passes" : "\(passed) pass") here"
    }
}

extension App {
    /// Gives `body` a package from a file, a folder, an address, the store or the shipped ones, checked whole.
    ///
    /// - Parameter isTested: whether the package of a folder is one whose tests passed.
    func examining<Value: Sendable>(
        _ origin: String, in workspace: LoadedWorkspace, isTested: Bool = false, settings: [ParameterSetting] = [],
        _ body: (ExaminedPackage) async throws -> Value
    ) async throws -> Value {
        if let folder = try folder(of: origin, in: workspace, isNew: false) {
            return try await body(try examine(folder, origin, workspace, pack: nil, isTested: isTested, settings))
        }
        return try await examining(archiveAt: origin, workspace, settings, body)
    }

    /// The same for a package that is to be installed: a name means a shipped one, and its tests are run first.
    ///
    /// - Parameter isWelcome: throws for one that would not be installed whatever its tests say; they are not run then.
    func examiningNew<Value: Sendable>(
        _ origin: String, in workspace: LoadedWorkspace, isWelcome: @escaping (ExaminedPackage) throws -> Void,
        _ body: (ExaminedPackage) async throws -> Value
    ) async throws -> Value {
        guard let folder = try folder(of: origin, in: workspace, isNew: true) else {
            return try await examining(archiveAt: origin, workspace, isWelcome: isWelcome, [], body)
        }
        // What is no package is told before its tests are looked for.
        try isWelcome(try examine(folder, origin, workspace, pack: nil, isTested: false))
        let tests = try await TestsHere(folder, self, workspace)
        var package = try examine(folder, origin, workspace, pack: nil, isTested: tests.pass)
        package.tests = tests
        package.isSettled = true
        return try await body(package)
    }

    private func examining<Value: Sendable>(
        archiveAt origin: String, _ workspace: LoadedWorkspace, isWelcome: ((ExaminedPackage) throws -> Void)? = nil,
        _ settings: [ParameterSetting],
        _ body: (ExaminedPackage) async throws -> Value
    ) async throws -> Value {
        let bytes = PackageDownload.isAddress(origin) ? try await PackageDownload.bytes(at: origin) : try bytes(ofFile: origin)
        let pack = try Hookpack(archive: bytes)
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let folder = try PackageCache(temporary.path).folder(of: pack)
        var package = try examine(folder, origin, workspace, pack: pack, isTested: false, settings)
        if let isWelcome {
            try isWelcome(package)
            package.tests = try await TestsHere(folder, self, workspace)
        }
        return try await body(package)
    }

    /// The folder that a name or path stands for; nil for files and addresses.
    func folder(of origin: String, in workspace: LoadedWorkspace, isNew: Bool) throws -> String? {
        var isFolder: ObjCBool = false
        let path = URL(fileURLWithPath: origin).standardizedFileURL.path
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if origin.contains("/") || origin.hasSuffix(".hookpack") || origin == "." || origin == ".." {
            return !PackageDownload.isAddress(origin) && isThere && isFolder.boolValue ? path : nil
        }
        if !isNew, workspace.workspace.activationNames.contains(origin) {
            return try location(origin, in: workspace).get().folder
        }
        if !isNew, let pin = try PackageStore(root: workspace.workspace.root).pins().packages[origin] {
            // A shipped package of that name may be another version.
            throw PackageError.missing(origin, pin)
        }
        let shipped = try ShippedFiles.path("activations")
        if FileManager.default.fileExists(atPath: "\(shipped)/\(origin)/activation.yaml") { return "\(shipped)/\(origin)" }
        // A file of another name is looked at all the same: its content says what it is.
        if isThere { return isFolder.boolValue ? path : nil }
        let known = ((try? FileManager.default.contentsOfDirectory(atPath: shipped)) ?? []).sorted()
        throw PackageError(
            .notFound,
            "there is no file, folder, activation or shipped package '\(origin)'; shipped are \(known.joined(separator: ", "))\(NearestName.hint(origin, among: known))"
        )
    }

    func bytes(ofFile path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw PackageError(.notFound, "there is no file '\(path)' that can be read")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: Hookpack.limits.bytes + 1) else { return [] }
        return Array(data)
    }

    private func examine(
        _ folder: String, _ origin: String, _ workspace: LoadedWorkspace, pack: Hookpack?, isTested: Bool,
        _ settings: [ParameterSetting] = []
    ) throws -> ExaminedPackage {
        let location = PackageLocation(folder: folder, file: "\(origin): activation.yaml")
        let manifest = try usable(workspace.loader.manifest(of: location))
        let loaded = workspace.loader.activation(at: location, in: workspace.document, settings: settings, purpose: .offline)
        // A value that the workspace has yet to set, or sets wrongly, is no mistake of the package.
        let issues = loaded.issues.filter { $0.code != "manifest.missing_parameter" }
        let errors = issues.filter { $0.severity == .error && $0.position?.file == location.file }
        guard let activation = loaded.partial, errors.isEmpty else { throw IssuesFound(errors.isEmpty ? loaded.issues : errors) }
        guard let version = manifest.version else {
            throw PackageError(.unfit, "the manifest has no version; a package that travels says one: version: 1.0.0")
        }
        if let lock = pack?.lock, lock.name != activation.name || lock.version != version {
            throw PackageError(
                .badLock,
                "the package calls itself \(lock.name) \(lock.version) in its lock and \(activation.name) \(version) in its manifest")
        }
        try checkScriptNames(activation)
        let scripts = try ScriptFacts(try ScriptFiles(activation: activation.withOwnLookups).package, jail: LuaJail())
        let files =
            try pack ?? Hookpack(name: activation.name, version: version, isTested: isTested, files: PackageFolder.files(in: folder))
        return ExaminedPackage(
            pack: files, folder: folder, origin: origin, activation: activation, manifest: manifest, scripts: scripts,
            isSettled: pack != nil || isTested, issues: issues.filter { $0.position?.file != location.file })
    }

    /// A script that no host loads is told before it travels.
    private func checkScriptNames(_ activation: Activation) throws {
        guard let stranger = activation.hooks.first(where: { !$0.hasSuffix(".lua") }) else { return }
        throw PackageError(.unfit, "hooks: names '\(stranger)', and scripts are files that end in .lua")
    }

    /// Whether all tests of a package in a folder pass, and how many there are; what does not is told.
    func test(
        _ folder: String, in workspace: LoadedWorkspace, ceiling: HookLimits? = nil
    ) async throws -> (passed: Int, failed: [PackageTests.Result]) {
        let outcome = try await PackageTests(
            app: self, workspace: workspace, name: folder, filter: nil, seed: nil, updates: false, notesCoverage: false, ceiling: ceiling
        ).run()
        let failed = outcome.results.filter { !$0.differences.isEmpty }
        return (outcome.results.count - failed.count, failed)
    }
}
