import HooklineCore

/// What only a person can answer.
package enum AppQuestion: Sendable {
    /// Whether a plan is sent to Mailchimp.
    case send(Plan)
    /// Whether a package is installed.
    case install(name: String, version: String)
    /// Whether an installed package is replaced by that version.
    case upgrade(name: String, version: String)
    /// Whether the ledger is changed.
    case changeState(StateChange)
}

/// A person's answer.
package enum AppAnswer: Sendable {
    case yes
    case no
    /// There is nobody to ask: what a request does then is its own decision.
    case nobody
}
