import HooklineCore
import Lua

/// What is known about a package without running it: its compiled files, and what its activation offers.
struct CheckedPackage {
    let package: ScriptPackage
    /// The model's columns; nil when they are unknown.
    let columns: [Column]?
    /// The names of the activation's parameters.
    let parameters: [String]
    /// By path: what each file's code reveals.
    private(set) var outlines: [String: LuaOutline] = [:]
    /// The globals that any file assigns; `*` stands for names that are known only at run time.
    private(set) var assignedGlobals: Set<String> = []

    /// Compiles the files in a worker, and reports those that do not compile.
    init(_ package: ScriptPackage, columns: [Column]?, parameters: [String], jail: LuaJail, issues: inout ScriptIssues) {
        self.package = package
        self.columns = columns
        self.parameters = parameters
        do {
            let machine = try LuaMachine(jail: jail, slots: 0)
            for file in package.files { try machine.add(LuaSource(module: file.module, file: file.path, text: file.text)) }
            for file in package.files {
                do {
                    outlines[file.path] = LuaOutline(try machine.chunk(of: file.module))
                } catch {
                    let message = Redaction.redacted(error.message) + HookMessage.advice(onSyntax: error.message)
                    issues.report(.syntax, message, file.path, error.line ?? 1)
                }
            }
        } catch {
            issues.report(.syntax, error.message, error.file ?? "", error.line ?? 1)
        }
        for access in outlines.values.flatMap(\.accesses) where access.root == .globals && access.kind == .write && access.path.count == 1 {
            assignedGlobals.insert(access.path[0])
        }
    }

    /// The fields that map hooks may add; nil when not all of them are visible.
    var mappedFields: Set<String>? {
        var fields: Set<String> = ["email"]
        for path in package.scripts {
            guard let entries = outlines[path]?.entries else { return nil }
            guard let map = entries["map"] else { continue }
            guard let keys = map.returnedKeys else { return nil }
            fields.formUnion(keys)
        }
        return fields
    }
}
