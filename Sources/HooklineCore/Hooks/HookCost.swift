/// The most expensive user of a hook in a run, which shows how near a script comes to its limit.
package struct HookCost: Codable, Equatable, Sendable {
    /// `map`, `filter` or `breakdown`.
    package var hook: String
    /// The script's path, relative to the package.
    package var file: String
    /// Lua instructions of the most expensive call, rounded down to thousands.
    package var instructions: Int
    /// The row number of the most expensive user, from 1.
    package var row: Int?
    /// How many instructions a call may use.
    package var limit: Int

    package init(hook: String, file: String, instructions: Int, row: Int?, limit: Int) {
        self.hook = hook
        self.file = file
        self.instructions = instructions
        self.row = row
        self.limit = limit
    }
}
