import CLuaHost

/// A source text: one file of a package.
package struct LuaSource: Equatable, Sendable {
    /// What `require` calls it: `lib.names`.
    package var module: String
    /// What messages call it: `lib/names.lua`.
    package var file: String
    package var text: [UInt8]

    package init(module: String, file: String, text: [UInt8]) {
        self.module = module
        self.file = file
        self.text = text
    }

    package init(module: String, file: String, text: String) {
        self.init(module: module, file: file, text: Array(text.utf8))
    }

    /// The most bytes of one text, and of all texts of a machine.
    package static let largestText = 64 << 10
    package static let largestSum = 1 << 20
}

/// The table that a script returned.
package struct LuaScript: Sendable {
    let number: Int32
    /// The type name of each of its entries.
    package let entries: [String: String]
}

/// A function of a script, kept by its machine.
package struct LuaFunction: Sendable {
    let number: Int32
}

/// One function that every row of a batch passes through.
package struct LuaStep: Sendable {
    /// What is done with the function's result.
    package enum Kind: Sendable {
        /// It returns a table of fields to lay over the row, or nil.
        case map
        /// It returns true, or false and a reason.
        case filter
        /// It returns a label, a list of labels, or nil.
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
