/// The user that cost most in one hook of a run: how near its script comes to its limit.
package struct HookCost: Codable, Equatable, Sendable {
    /// `map`, `filter` or `breakdown`.
    package var hook: String
    /// The script, relative to the package.
    package var file: String
    /// Instructions of the most expensive call, counted in steps of 1,000: 0 means fewer than that.
    package var instructions: Int
    /// The number of the most expensive user's row in the source.
    package var row: Int?
    /// Instructions that a call may use.
    package var limit: Int

    package init(hook: String, file: String, instructions: Int, row: Int?, limit: Int) {
        self.hook = hook
        self.file = file
        self.instructions = instructions
        self.row = row
        self.limit = limit
    }
}
