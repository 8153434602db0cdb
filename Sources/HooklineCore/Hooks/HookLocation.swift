/// Where a hook came to its end for one user: the line that decided.
package struct HookLocation: Codable, Equatable, Sendable, CustomStringConvertible {
    /// `map`, `filter` or `breakdown`.
    package var hook: String
    /// The script, or module, relative to the package.
    package var file: String
    /// From 1.
    package var line: Int

    package init(hook: String, file: String, line: Int) {
        self.hook = hook
        self.file = file
        self.line = line
    }

    /// `hooks.lua:12`.
    package var description: String { "\(file):\(line)" }
}
