import HooklineCore

/// Parameters with their values in force.
struct ResolvedParameters {
    /// A value as rules take it, for `${param:…}`: of the kind that the parameter's type says.
    enum Value: Equatable {
        case one(Literal)
        case list([Literal])
    }

    /// Every declared name, those whose value is missing or wrong included.
    var names: Set<String> = []
    var values: [String: Value] = [:]
    /// In the manifest's order.
    var parameters: [Parameter] = []
}
