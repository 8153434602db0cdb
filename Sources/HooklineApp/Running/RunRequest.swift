import HooklineEngine

/// Asks for runs of activations, one after another.
package struct RunRequest: Sendable {
    /// Names, folders or `.hookpack` files.
    package var activations: [String]
    package var choices = RunChoices()
    /// How a historical refresh starts; nil for an ordinary run.
    package var refresh: RunOptions.Refresh?
    /// Whether nothing is sent or recorded.
    package var isDryRun = false
    /// Whether the plan is sent without asking.
    package var isConfirmed = false

    package init(_ activations: [String]) {
        self.activations = activations
    }
}
