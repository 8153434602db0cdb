/// One thing that a file's code reads, writes or calls, as far as that is visible without running it.
package struct LuaAccess: Equatable, Sendable {
    /// Where a path starts.
    package enum Root: Equatable, Sendable {
        case globals
        /// A parameter of a function; `entry` is the name of that function in the returned table, if it is there.
        case parameter(index: Int, name: String, entry: String?)
    }

    /// What is done.
    package enum Kind: Equatable, Sendable {
        case read, write
        /// Called: with a constant text as its only argument, or with something else (nil).
        case call(String?)
    }

    package var root: Root
    /// The names from the root on.
    package var path: [String]
    package var kind: Kind
    package var line: Int
    /// Whether the code runs while the file loads.
    package var isTopLevel: Bool
    /// The entry of the returned table whose function contains the code; nil elsewhere.
    package var entry: String?
}

/// What a file's code reveals without being run.
package struct LuaOutline: Equatable, Sendable {
    package var accesses: [LuaAccess] = []
    /// The functions in the table that the file returns, by name; nil when the table is not visible.
    package var entries: [String: Entry]?
    /// What may keep something from one call to the next.
    package var retentions: [LuaRetention] = []

    /// A function of the returned table.
    package struct Entry: Equatable, Sendable {
        package var line: Int
        /// The keys of the tables that it returns; nil when not all of them are visible.
        package var returnedKeys: Set<String>?
        /// Whether no `return` in it has a value; false where that is not visible.
        package var returnsNothing = false
    }
}
