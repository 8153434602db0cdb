import HooklineCore
import Lua
import Text

/// Checks a package's Lua without running it. When in doubt it stays silent: everything it reports would fail.
package enum ScriptCheck {
    /// Checks the files of a package.
    ///
    /// - Parameters:
    ///   - package: the scripts.
    ///   - columns: the model's columns; nil when they are unknown.
    ///   - parameters: the names of the activation's parameters.
    ///   - jail: where the files are compiled, because a text can crash even the compiler.
    /// - Returns: everything wrong, file by file.
    package static func issues(_ package: ScriptPackage, columns: [Column]?, parameters: [String], jail: LuaJail) -> [Issue] {
        var issues = ScriptIssues(package)
        let subject = CheckedPackage(package, columns: columns, parameters: parameters, jail: jail, issues: &issues)
        guard issues.found.isEmpty else { return issues.found }
        for file in package.files {
            var check = AccessCheck(subject, file: file.path, issues: issues)
            check.run()
            issues = check.issues
        }
        lookForMissingReturns(subject, &issues)
        lookForUnusedFiles(subject, &issues)
        lookForUnreadKeys(subject, &issues)
        return issues.found
    }

    private static func lookForUnusedFiles(_ subject: CheckedPackage, _ issues: inout ScriptIssues) {
        var required: Set<String> = []
        for access in subject.outlines.values.flatMap(\.accesses) where access.root == .globals && access.path == ["require"] {
            switch access.kind {
            case .call(let text?): required.insert(text)
            case .call(nil): return
            case .read, .write: continue
            }
        }
        for file in subject.package.files where !subject.package.scripts.contains(file.path) && !required.contains(file.module) {
            issues.report(.unusedFile, "no script of the package requires this file", file.path, 1, .warning)
        }
    }

    /// A hook without any `return` of a value: `filter` and `name` would fail at the first user, `map` and `breakdown` would do nothing.
    private static func lookForMissingReturns(_ subject: CheckedPackage, _ issues: inout ScriptIssues) {
        for path in subject.package.scripts {
            for (name, entry) in (subject.outlines[path]?.entries ?? [:]).sorted(by: { $0.key < $1.key })
            where entry.returnsNothing && entry.line > 0 && ["map", "filter", "breakdown", "name", "review"].contains(name) {
                issues.report(
                    .noReturn, "'\(name)' returns nothing on any path: a 'return' is missing", path, entry.line,
                    ["map", "breakdown"].contains(name) ? .warning : .error)
            }
        }
    }

    /// A field that map returns and nothing reads is often a typo, and then every user keeps the old value.
    private static func lookForUnreadKeys(_ subject: CheckedPackage, _ issues: inout ScriptIssues) {
        guard let columns = subject.columns else { return }
        let read = Set(
            subject.outlines.values.flatMap(\.accesses).compactMap { access -> String? in
                if case .parameter = access.root, access.kind == .read { access.path.first } else { nil }
            })
        let known = ["email"] + columns.map(\.name)
        for path in subject.package.scripts {
            guard let map = subject.outlines[path]?.entries?["map"], let keys = map.returnedKeys else { continue }
            for key in keys.sorted() where !known.contains(key) && !read.contains(key) {
                guard let near = NearestName.of(key, among: known) else { continue }
                issues.report(.unreadKey, "map returns '\(key)', which nothing reads; did you mean '\(near)'?", path, map.line, .warning)
            }
        }
    }
}
