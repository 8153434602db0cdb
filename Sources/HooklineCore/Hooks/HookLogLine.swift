/// A line that a script logged.
package struct HookLogLine: Codable, Equatable, Sendable {
    /// `debug`, `info` or `warn`.
    package var level: String
    package var message: String
    /// The number of the row whose hooks logged it, from 1; nil for hooks that see no row.
    package var row: Int?

    package init(level: String, message: String, row: Int? = nil) {
        self.level = level
        self.message = message
        self.row = row
    }
}
