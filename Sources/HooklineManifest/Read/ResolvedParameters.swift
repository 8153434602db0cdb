import HooklineCore

/// Parameters with their values in force.
struct ResolvedParameters {
    /// A value as text, for `${param:…}`.
    enum Text: Equatable {
        case one(String)
        case list([String])
    }

    /// Every declared name, those whose value is missing or wrong included.
    var names: Set<String> = []
    var texts: [String: Text] = [:]
    /// In the manifest's order.
    var parameters: [Parameter] = []
}
