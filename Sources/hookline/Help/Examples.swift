/// Examples for the help of a command.
enum Examples {
    /// The examples, below what else the help says.
    ///
    /// - Parameters:
    ///   - commands: without `hookline` in front.
    ///   - discussion: what stands above them.
    /// - Returns: several lines.
    static func text(_ commands: String..., after discussion: String = "") -> String {
        let lines = commands.map { "  hookline \($0)" }
        return (discussion.isEmpty ? "" : discussion + "\n\n") + (["EXAMPLES:"] + lines).joined(separator: "\n")
    }
}
