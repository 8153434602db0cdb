import HooklineCore

/// The parameters of an activation with the values in force.
struct ResolvedParameters {
    /// A value as rules take it, for `${param:…}`: of the kind that the parameter's type says.
    enum Value: Equatable {
        case one(Literal)
        case list([Literal])
    }

    /// All declared names, including those with a missing or wrong value.
    var names: Set<String> = []
    var values: [String: Value] = [:]
    /// The parameters in the manifest's order.
    var parameters: [Parameter] = []
}
