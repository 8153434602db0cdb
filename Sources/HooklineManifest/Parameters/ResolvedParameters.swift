import HooklineCore

/// The parameters of an activation with the values in force.
struct ResolvedParameters {
    /// A value as text, for `${param:…}`.
    enum Text: Equatable {
        case one(String)
        case list([String])
    }

    /// All declared names, including those with a missing or wrong value.
    var names: Set<String> = []
    var texts: [String: Text] = [:]
    /// The parameters in the manifest's order.
    var parameters: [Parameter] = []
}
