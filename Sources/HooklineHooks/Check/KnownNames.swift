/// The names that scripts may use, and those of Lua that they may not.
enum KnownNames {
    /// Every global that is there before a script sets any.
    static let globals: Set<String> = Set(
        HookCatalog.standard.flatMap { $0.library.isEmpty ? $0.names : [$0.library] } + ["hookline"])

    /// What stands in a library by its dotted name; nil when that is no library.
    static func members(of library: String) -> Set<String>? {
        if let standard = HookCatalog.standard.first(where: { $0.library == library && !library.isEmpty }) { return Set(standard.names) }
        let inside = HookCatalog.library.map(\.name).filter { $0.hasPrefix(library + ".") }
        if inside.isEmpty { return nil }
        return Set(inside.compactMap { $0.dropFirst(library.count + 1).split(separator: ".").first.map(String.init) })
    }

    /// Names of Lua 5.4's manual, and what to do instead.
    static let absent: [String: String] = [
        "io": ": a script reads and writes no files", "os": ": use ctx.now and ctx.today for the time, hookline.date for dates",
        "debug": ": an error tells file and line by itself", "package": ": require finds files of the package",
        "load": ": code stands in files of the package, which require loads",
        "loadstring": ": code stands in files of the package, which require loads", "loadfile": ": use require for a file of the package",
        "dofile": ": use require for a file of the package", "coroutine": ": a hook is called once a user and returns",
        "collectgarbage": ": a machine has its memory for itself", "rawset": ": assign the field",
        "_G": ": globals are read-only; use a local table",
        "string.dump": "", "string.pack": "", "string.unpack": "", "string.packsize": "",
        "math.randomseed": ": the run seeds math.random, so that it can be repeated",
    ]
}
