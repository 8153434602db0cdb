/// A value that goes into Lua or comes out of it.
package indirect enum LuaValue: Equatable, Sendable {
    case none
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    /// A string that is not UTF-8. Only out of Lua.
    case bytes([UInt8])
    /// Read-only inside Lua.
    case list([LuaValue])
    /// A plain table inside Lua; out of Lua, in no particular order.
    case table([String: LuaValue])
    /// A read-only table of known fields, in order; reading another field is an error. Only into Lua.
    case record(name: String, fields: [(name: String, value: LuaValue)])
    /// `hookline.null`.
    case null
    /// The machine's context. Only as an argument of a call.
    case context
    /// A value that cannot leave Lua, by the name of its type. Only out of Lua.
    case opaque(String)

    /// Lua's name for its type, for messages.
    package var typeName: String {
        switch self {
        case .none: "nil"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string, .bytes: "string"
        case .list, .table, .record, .context: "table"
        case .null: "null"
        case .opaque(let name): name
        }
    }

    package static func == (left: LuaValue, right: LuaValue) -> Bool {
        switch (left, right) {
        case (.none, .none), (.null, .null), (.context, .context): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.bytes(let a), .bytes(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.table(let a), .table(let b)): a == b
        case (.record(let a, let fields), .record(let b, let others)): a == b && fields.elementsEqual(others) { $0 == $1 }
        case (.opaque(let a), .opaque(let b)): a == b
        default: false
        }
    }
}
