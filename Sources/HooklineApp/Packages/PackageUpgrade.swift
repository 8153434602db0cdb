import HooklinePackages

/// What an upgrade changes.
package struct PackageUpgrade: Sendable {
    package let name: String
    /// What is installed.
    package let pin: PackagePins.Pin
    /// The installed files; nil when their folder is gone.
    package let old: Hookpack?
    package let new: ExaminedPackage
}

/// Why nobody can say who would enter and leave by an upgrade.
package enum NotCompared: Sendable {
    /// The source took longer than that.
    case tooSlow(Duration)
    /// The source or a script failed.
    case failed(String)
}

/// What came of a request to upgrade a package.
package enum UpgradeResult: Sendable {
    /// It was replaced.
    case upgraded(from: String, to: String, isDowngrade: Bool)
    /// The other version is the installed one.
    case upToDate(version: String)
    /// A person said no; nothing was changed.
    case declined
}
