/// The line at which a hook returned for a user: the line that decided.
package struct HookLocation: Codable, Equatable, Sendable, CustomStringConvertible {
    /// `map`, `filter` or `breakdown`.
    package var hook: String
    /// The path of the script or module, relative to the package.
    package var file: String
    /// The line number, from 1.
    package var line: Int

    package init(hook: String, file: String, line: Int) {
        self.hook = hook
        self.file = file
        self.line = line
    }

    /// `hooks.lua:12`.
    package var description: String { "\(file):\(line)" }
}
