import Lua

/// The names that scripts can use, and the names of Lua that they cannot.
enum KnownNames {
    /// Every global that exists before a script sets any.
    static let globals: Set<String> = Set(
        HookCatalog.standard.flatMap { $0.library.isEmpty ? $0.names : [$0.library] } + ["hookline"])

    /// The members of a library, by its dotted name; nil when there is no such library.
    static func members(of library: String) -> Set<String>? {
        if let standard = HookCatalog.standard.first(where: { $0.library == library && !library.isEmpty }) { return Set(standard.names) }
        let inside = HookCatalog.library.map(\.name).filter { $0.hasPrefix(library + ".") }
        if inside.isEmpty { return nil }
        return Set(inside.compactMap { $0.dropFirst(library.count + 1).split(separator: ".").first.map(String.init) })
    }

    /// Names in Lua 5.4's manual that scripts do not have.
    private static let absent: Set<String> = [
        "io", "os", "debug", "package", "load", "loadstring", "loadfile", "dofile", "coroutine", "collectgarbage", "rawset", "_G",
        "string.dump", "string.pack", "string.unpack", "string.packsize", "math.randomseed",
    ]

    /// What a message adds about a name that Lua has and scripts do not: advice after a colon, or nothing; nil for any other name.
    static func advice(onAbsent name: String) -> String? {
        guard absent.contains(name) else { return nil }
        if name == "math.randomseed" { return ": the run seeds math.random so that it can be repeated" }
        return LuaLibrary.advice(on: name).map { ": \($0)" } ?? ""
    }
}
