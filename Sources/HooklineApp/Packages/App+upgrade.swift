import Archive
import Foundation
import HooklineCore
import HooklinePackages

/// Asks to replace an installed package by another version of it.
package struct UpgradeRequest: Sendable {
    package var name: String
    /// Where the other version is; nil for where the installed one came from.
    package var source: String?
    /// Whether a version that is not newer is accepted.
    package var allowsDowngrade = false
    /// Whether it may be signed by somebody else, or by nobody.
    package var allowsSignerChange = false
    /// Whether it may replace the installed one although its tests fail on this machine.
    package var allowsFailingTests = false
    /// Whether users of the source are passed through both versions.
    package var compares = true
    /// The most rows for that.
    package var limit: Int
    /// Whether it is replaced without asking.
    package var isConfirmed = false

    package init(_ name: String, limit: Int) {
        self.name = name
        self.limit = limit
    }
}

extension App {
    /// Replaces an installed package, once a person has seen what differs and, where the source can be read, who would enter and leave.
    ///
    /// - Throws: `PackageError`, `ArchiveError`, `IssuesFound`, `HookError`; `package.untested` when a test of the new version fails here;
    ///   `package.unfit` when the versions cannot be compared and there is nobody to decide without that.
    package func upgrade(_ request: UpgradeRequest) async throws -> UpgradeResult {
        let workspace = try workspace()
        let store = PackageStore(root: workspace.root)
        let name = request.name
        guard let pin = try store.pins().packages[name] else {
            throw PackageError(.notFound, "no package '\(name)' is installed here; 'hookline list' shows what is")
        }
        // A package whose folder is gone is only put back, and there is nothing to compare.
        let old = FileManager.default.fileExists(atPath: store.folder(of: name)) ? try store.verified(name) : nil
        let examiner = PackageExaminer(app: self, workspace: workspace)
        return try await examiner.examineNew(request.source ?? PackageOrigin.found(pin.from, in: workspace)) { package in
            // The digest of a folder's package depends on what its tests say, and is not known before.
            if package.isSettled { try check(package, pin, request) }
        } _: { package in
            try check(package, pin, request)
            if package.pack.digest == old?.digest, package.pack.signature?.signer == pin.signer { return .upToDate(version: pin.version) }
            let upgrade = PackageUpgrade(name: name, pin: pin, old: old, new: package)
            observer.observe(.upgrading(upgrade))
            if !request.allowsFailingTests { try package.checkTestsHere() }
            let isCompared =
                old == nil || !request.compares ? true : await UpgradeComparison(self, workspace, upgrade, request.limit).tell()
            guard try await mayReplace(upgrade, isCompared, request) else { return .declined }
            let origin = request.source.map { PackageOrigin(app: self, workspace: workspace, text: $0).kept }
            try store.install(package.pack, from: origin ?? pin.from, mayChangeSigner: request.allowsSignerChange) { now in
                guard now == pin else {
                    throw PackageError(.taken, "another process has changed the installed '\(name)' meanwhile; look again")
                }
            }
            let version = package.pack.lock.version
            return .upgraded(from: pin.version, to: version, isDowngrade: Self.isOlder(version, than: pin.version))
        }
    }

    private func mayReplace(_ upgrade: PackageUpgrade, _ isCompared: Bool, _ request: UpgradeRequest) async throws -> Bool {
        if request.isConfirmed { return true }
        switch await observer.answer(.upgrade(name: upgrade.name, version: upgrade.new.pack.lock.version)) {
        case .yes: return true
        case .no: return false
        case .nobody:
            guard isCompared else {
                throw PackageError(
                    .unfit,
                    "nobody can say who would enter and leave, and there is no terminal to ask on; to upgrade nevertheless: --yes")
            }
            return true
        }
    }

    private func check(_ package: ExaminedPackage, _ pin: PackagePins.Pin, _ request: UpgradeRequest) throws(PackageError) {
        let lock = package.pack.lock
        guard lock.name == request.name else { throw PackageError(.taken, "that package is '\(lock.name)', not '\(request.name)'") }
        if !request.allowsDowngrade, package.pack.digest != pin.digest, let old = Version(pin.version), let new = Version(lock.version),
            !(old < new)
        {
            throw PackageError(
                .taken,
                new < old
                    ? "version \(new) is older than the installed \(old); if that is intended: --allow-downgrade"
                    : "it differs from the installed package but has the same version, \(old); what differs needs a version of its own. If that is intended: --allow-downgrade"
            )
        }
        try pin.accept(package.pack, mayChangeSigner: request.allowsSignerChange)
    }

    private static func isOlder(_ new: String, than old: String) -> Bool {
        guard let new = Version(new), let old = Version(old) else { return false }
        return new < old
    }
}
