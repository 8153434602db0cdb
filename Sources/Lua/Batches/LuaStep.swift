import CLuaHost

/// One function that every row of a batch passes through.
package struct LuaStep: Sendable {
    /// What the step does with the result of its function.
    package enum Kind: Sendable {
        /// The function returns a table of fields to lay over the row, or nil.
        case map
        /// The function returns true, or false and a reason.
        case filter
        /// The function returns a label, a list of labels, or nil.
        case breakdown

        var flat: UInt32 {
            switch self {
            case .map: UInt32(HL_STEP_MAP)
            case .filter: UInt32(HL_STEP_FILTER)
            case .breakdown: UInt32(HL_STEP_BREAKDOWN)
            }
        }
    }

    package var kind: Kind
    package var function: LuaFunction

    package init(_ kind: Kind, _ function: LuaFunction) {
        self.kind = kind
        self.function = function
    }
}
