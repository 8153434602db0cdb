/// Which Hookline this is: what packages may require.
package enum Release {
    /// This build.
    package static let version = Version(0, 1, 0)
    /// The hooks' interface that scripts see: hook points, values, library. It grows within a number and breaks with the next.
    package static let hookAPI = 1
}

/// A version of a package or of Hookline, after semver.org 2.0.0.
package struct Version: Equatable, Comparable, Sendable, CustomStringConvertible {
    private let numbers: [UInt]
    private let before: [String]
    package let description: String

    package init(_ major: UInt, _ minor: UInt, _ patch: UInt) {
        numbers = [major, minor, patch]
        before = []
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
        before = halves.count == 2 ? halves[1].split(separator: ".").map(String.init) : []
        description = text
    }

    /// Precedence, §11: a version before a release comes before it, numbers before words; builds do not count.
    package static func < (left: Version, right: Version) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        if left.before.isEmpty || right.before.isEmpty { return !left.before.isEmpty && right.before.isEmpty }
        for (a, b) in zip(left.before, right.before) where a != b {
            switch (UInt(a), UInt(b)) {
            case (let a?, let b?): return a < b
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return a < b
            }
        }
        return left.before.count < right.before.count
    }

    package static func == (left: Version, right: Version) -> Bool { left.numbers == right.numbers && left.before == right.before }
}
