/// A version of a package or of Hookline, by semver.org 2.0.0.
package struct Version: Equatable, Comparable, Sendable, CustomStringConvertible {
    private let numbers: [UInt]
    private let prerelease: [String]
    package let description: String

    package init(_ major: UInt, _ minor: UInt, _ patch: UInt) {
        numbers = [major, minor, patch]
        prerelease = []
        description = "\(major).\(minor).\(patch)"
    }

    /// Reads `1.2.3`, `1.2.3-rc.1+build`; nil for anything else.
    package init?(_ text: String) {
        let bare = text.prefix { $0 != "+" }
        let halves = bare.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt($0) }
        guard parts.count == 3, numbers.count == 3, !parts.contains(where: { $0.hasPrefix("+") }) else { return nil }
        self.numbers = numbers
        prerelease = halves.count == 2 ? halves[1].split(separator: ".").map(String.init) : []
        description = text
    }

    /// By precedence (§11): prereleases before the release, numeric identifiers before others; build metadata is ignored.
    package static func < (left: Version, right: Version) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        if left.prerelease.isEmpty || right.prerelease.isEmpty { return !left.prerelease.isEmpty && right.prerelease.isEmpty }
        for (a, b) in zip(left.prerelease, right.prerelease) where a != b {
            switch (UInt(a), UInt(b)) {
            case (let a?, let b?): return a < b
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return a < b
            }
        }
        return left.prerelease.count < right.prerelease.count
    }

    package static func == (left: Version, right: Version) -> Bool { left.numbers == right.numbers && left.prerelease == right.prerelease }
}
