/// What a file's code reads, writes and calls, as far as it can be seen without running it.
package struct LuaAccess: Equatable, Sendable {
    /// What a path starts at.
    package enum Root: Equatable, Sendable {
        case globals
        /// A parameter of the function that starts at `line`: of an entry of the returned table where `entry` names it.
        case parameter(index: Int, name: String, entry: String?)
    }

    /// What is done.
    package enum Kind: Equatable, Sendable {
        case read, write
        /// Called with a constant text as its only argument, or with something else.
        case call(String?)
    }

    package var root: Root
    /// The names from the root on.
    package var path: [String]
    package var kind: Kind
    package var line: Int
    /// Whether the code runs while the file loads.
    package var isTopLevel: Bool
    /// The entry of the returned table in whose function the code stands; nil elsewhere.
    package var entry: String?
}

/// What a file's code tells without being run.
package struct LuaOutline: Equatable, Sendable {
    package var accesses: [LuaAccess] = []
    /// The functions of the table that the file returns, by name; nil when the table cannot be seen.
    package var entries: [String: Entry]?

    /// A function of the returned table.
    package struct Entry: Equatable, Sendable {
        package var line: Int
        /// The keys of the tables that it returns; nil when they cannot all be seen.
        package var returnedKeys: Set<String>?
    }
}
