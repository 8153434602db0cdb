/// What `hookline check` finds in scripts without running them.
package enum ScriptIssueCode: String, CaseIterable, Sendable {
    /// The file does not compile.
    case syntax = "script.syntax"
    /// No file of the package sets that global.
    case unknownGlobal = "script.unknown_global"
    /// A hook assigns a global.
    case globalWrite = "script.global_write"
    /// Lua has this name, scripts do not.
    case unavailable = "script.unavailable"
    /// The library has no such function.
    case unknownFunction = "script.unknown_function"
    /// The model has no such field.
    case unknownField = "script.unknown_field"
    /// `ctx` or another record has no such field, or the activation has no such parameter.
    case unknownContext = "script.unknown_context"
    /// The package has no such module.
    case unknownModule = "script.unknown_module"
    /// `map` returns a field that nothing reads, with a name close to a known one.
    case unreadKey = "script.unread_key"
    /// A hook returns nothing on any path, although what it returns is all that it does.
    case noReturn = "script.no_return"
    /// A hook that every user passes through uses random numbers.
    case random = "script.random"
    /// With `incremental: true`, code that may keep something from row to row.
    case retention = "script.retention"
    /// No script requires the file.
    case unusedFile = "script.unused_file"
}
