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
