import HooklineCore

/// `requires: hookline >= VERSION`.
struct Requirement: Equatable {
    let least: Version

    /// Parses a requirement; nil for any other text.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        let joined = words.count == 2 && words[1].hasPrefix(">=") ? [words[0], ">=", words[1].dropFirst(2)] : words
        guard joined.count == 3, joined[0] == "hookline", joined[1] == ">=", let version = Version(String(joined[2])) else { return nil }
        least = version
    }
}

extension Findings {
    /// Reports a package that needs a later Hookline. Whatever else seems wrong with it may be valid there.
    ///
    /// - Returns: whether this Hookline can read the package.
    func accept(requirementsOf tree: Tree) -> Bool {
        if let requires = tree["requires"], let text = requires.text, let requirement = Requirement(text),
            Release.version < requirement.least
        {
            report(
                .unsupportedVersion,
                "the package requires Hookline \(requirement.least) or later, and this is \(Release.version); upgrade Hookline, or use an earlier version of the package",
                at: requires.position)
            return false
        }
        if let api = tree["api"], let number = api.text.flatMap({ Int($0) }), number > Release.hookAPI {
            report(
                .unsupportedVersion,
                "the package's scripts need version \(number) of the hooks, and this Hookline has version \(Release.hookAPI); upgrade Hookline, or use an earlier version of the package",
                at: api.position)
            return false
        }
        return true
    }
}
