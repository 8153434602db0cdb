import HooklineCore
import Lua
import Text

/// Checks a package's Lua without running it. When in doubt it stays silent: everything it reports would fail.
package struct ScriptCheck {
    private let package: ScriptPackage
    private let columns: [Column]?
    private let parameters: [String]
    private let jail: LuaJail
    private var issues: [Issue] = []
    private var seen: Set<String> = []
    private var outlines: [String: LuaOutline] = [:]

    private init(_ package: ScriptPackage, columns: [Column]?, parameters: [String], jail: LuaJail) {
        self.jail = jail
        self.package = package
        self.columns = columns
        self.parameters = parameters
    }

    /// Everything wrong, file by file.
    ///
    /// - Parameters:
    ///   - package: the scripts.
    ///   - columns: the model's columns; nil when they are unknown.
    ///   - parameters: the names of the activation's parameters.
    ///   - jail: where the files are compiled, because a text can crash even the compiler.
    package static func issues(_ package: ScriptPackage, columns: [Column]?, parameters: [String], jail: LuaJail) -> [Issue] {
        var check = ScriptCheck(package, columns: columns, parameters: parameters, jail: jail)
        check.compile()
        guard check.issues.isEmpty else { return check.issues }
        for file in package.files { check.look(through: file) }
        check.lookForUnusedFiles()
        check.lookForUnreadKeys()
        return check.issues
    }

    private mutating func compile() {
        do {
            let machine = try LuaMachine(jail: jail, slots: 0)
            for file in package.files { try machine.add(LuaSource(module: file.module, file: file.path, text: file.text)) }
            for file in package.files {
                do {
                    outlines[file.path] = LuaOutline(try machine.chunk(of: file.module))
                } catch {
                    report(
                        .syntax, Redaction.redacted(error.message) + HookMessage.advice(onSyntax: error.message), file.path, error.line ?? 1
                    )
                }
            }
        } catch {
            report(.syntax, error.message, error.file ?? "", error.line ?? 1)
        }
    }

    private var globalsSet: Set<String> {
        Set(
            outlines.values.flatMap(\.accesses).filter { $0.root == .globals && $0.kind == .write && $0.path.count == 1 }.map { $0.path[0] }
        )
    }

    private mutating func look(through file: ScriptPackage.File) {
        let known = globalsSet
        for access in outlines[file.path]?.accesses ?? [] {
            switch access.root {
            case .globals: lookAtGlobal(access, known, file.path)
            case .parameter(_, let name, nil) where name == "user":
                // A parameter of that name is most likely a user.
                lookAtUser(access, file.path, .warning)
            case .parameter(let index, _, let entry):
                guard let entry, let point = HookCatalog.point(entry), point.parameters.indices.contains(index),
                    package.scripts.contains(file.path)
                else { continue }
                switch point.parameters[index].name {
                case "user": lookAtUser(access, file.path)
                case "ctx": lookAtContext(access, file.path)
                case "segment": lookAtRecord(access, "segment", HookCatalog.segmentFields, file.path)
                case "plan": lookAtRecord(access, "plan", HookCatalog.planFields, file.path)
                case "report": lookAtRecord(access, "report", HookCatalog.reportFields, file.path)
                default: continue
                }
            }
        }
    }

    private mutating func lookAtGlobal(_ access: LuaAccess, _ set: Set<String>, _ file: String) {
        let name = access.path[0]
        if access.kind == .write, access.path.count == 1 {
            if access.entry.flatMap(HookCatalog.point) != nil {
                report(
                    .globalWrite, "'\(name)' is a global, and globals are read-only once scripts have loaded; use 'local'", file,
                    access.line)
            }
            return
        }
        if case .call(let text) = access.kind {
            if access.path == ["math", "random"], let entry = access.entry, ["map", "filter", "breakdown"].contains(entry) {
                report(
                    .random,
                    "math.random gives different numbers in every run, so users come and go; use hookline.hash.bucket(user.id, 100)",
                    file, access.line, .warning)
            }
            if access.path == ["require"], !set.contains("require"), let text { lookAtModule(text, file, access.line) }
            return
        }
        // The loader meets what is read while the file loads, and it knows which way the code goes.
        guard access.kind == .read, !access.isTopLevel || access.path.count > 1, !set.contains(name), !set.contains("*") else { return }
        if access.path.count == 1 { return lookAtName(name, set, file, access.line) }
        let parent = access.path.dropLast().joined(separator: ".")
        let names = KnownNames.members(of: parent)
        guard let names, let last = access.path.last, !names.contains(last) else { return }
        let whole = access.path.joined(separator: ".")
        if let advice = KnownNames.advice(onAbsent: whole) {
            report(.unavailable, "'\(whole)' is not available in scripts\(advice)", file, access.line)
        } else {
            report(.unknownFunction, "there is no '\(whole)'\(NearestName.hint(last, among: names))", file, access.line)
        }
    }

    private mutating func lookAtName(_ name: String, _ set: Set<String>, _ file: String, _ line: Int) {
        if KnownNames.globals.contains(name) { return }
        if let advice = KnownNames.advice(onAbsent: name) {
            report(.unavailable, "'\(name)' is not available in scripts\(advice)", file, line)
        } else {
            let hint = NearestName.hint(name, among: (KnownNames.globals.union(set)).sorted())
            report(.unknownGlobal, "there is no global '\(name)'\(hint)", file, line)
        }
    }

    private mutating func lookAtModule(_ module: String, _ file: String, _ line: Int) {
        let modules = package.files.map(\.module)
        if modules.contains(module) { return }
        let inside = modules.first { $0.hasSuffix("." + module) }.map { "; did you mean '\($0)'?" }
        report(
            .unknownModule, "the package has no module '\(module)'\(inside ?? NearestName.hint(module, among: modules))", file, line)
    }

    private mutating func lookAtUser(_ access: LuaAccess, _ file: String, _ severity: Issue.Severity = .error) {
        if access.kind == .write, access.path.count == 1, severity == .error {
            return report(.unknownField, "a user is read-only; return a table of fields from map", file, access.line)
        }
        guard access.kind == .read, access.path.count == 1, let columns, let mapped = mappedFields else { return }
        let known = columns.map(\.name) + mapped.sorted()
        if known.contains(access.path[0]) { return }
        let hint = NearestName.hint(access.path[0], among: known)
        report(.unknownField, "the model has no field '\(access.path[0])'\(hint)", file, access.line, severity)
    }

    /// The fields that map hooks may add; nil when not all of them are visible.
    private var mappedFields: Set<String>? {
        var fields: Set<String> = ["email"]
        for path in package.scripts {
            guard let entries = outlines[path]?.entries else { return nil }
            guard let map = entries["map"] else { continue }
            guard let keys = map.returnedKeys else { return nil }
            fields.formUnion(keys)
        }
        return fields
    }

    private mutating func lookAtContext(_ access: LuaAccess, _ file: String) {
        guard access.kind == .read else { return }
        let fields = HookCatalog.contextFields.map(\.name)
        if access.path.count == 1, !fields.contains(access.path[0]) {
            report(
                .unknownContext, "ctx has no field '\(access.path[0])'\(NearestName.hint(access.path[0], among: fields))", file, access.line
            )
        } else if access.path.count == 2, access.path[0] == "params", !parameters.contains(access.path[1]) {
            let hint = NearestName.hint(access.path[1], among: parameters)
            report(.unknownContext, "the activation has no parameter '\(access.path[1])'\(hint)", file, access.line)
        }
    }

    private mutating func lookAtRecord(_ access: LuaAccess, _ name: String, _ fields: [HookCatalog.Field], _ file: String) {
        guard access.kind == .read, access.path.count == 1 else { return }
        let known = fields.map(\.name)
        if known.contains(access.path[0]) { return }
        let hint = NearestName.hint(access.path[0], among: known)
        report(.unknownContext, "\(name) has no field '\(access.path[0])'\(hint)", file, access.line)
    }

    /// A field that map returns and nothing reads is often a typo, and then every user keeps the old value.
    private mutating func lookForUnreadKeys() {
        guard let columns else { return }
        let read = Set(
            outlines.values.flatMap(\.accesses).compactMap { access -> String? in
                if case .parameter = access.root, access.kind == .read { access.path.first } else { nil }
            })
        let known = ["email"] + columns.map(\.name)
        for path in package.scripts {
            guard let map = outlines[path]?.entries?["map"], let keys = map.returnedKeys else { continue }
            for key in keys.sorted() where !known.contains(key) && !read.contains(key) {
                guard let near = NearestName.of(key, among: known) else { continue }
                report(.unreadKey, "map returns '\(key)', which nothing reads; did you mean '\(near)'?", path, map.line, .warning)
            }
        }
    }

    private mutating func lookForUnusedFiles() {
        var required: Set<String> = []
        for access in outlines.values.flatMap(\.accesses) where access.root == .globals && access.path == ["require"] {
            switch access.kind {
            case .call(let text?): required.insert(text)
            case .call(nil): return
            case .read, .write: continue
            }
        }
        for file in package.files where !package.scripts.contains(file.path) && !required.contains(file.module) {
            report(.unusedFile, "no script of the package requires this file", file.path, 1, .warning)
        }
    }

    /// The column, from 1, of the first name that the message quotes (its last part, if it has several); 1 if it is not in the line.
    private func column(of message: String, _ file: String, _ line: Int) -> Int {
        let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = parts[1].split(separator: ".").last, let text = package.line(line, of: file),
            let location = ScriptPackage.location(of: name, in: text)
        else { return 1 }
        return location + 1
    }

    private mutating func report(
        _ code: ScriptIssueCode, _ message: String, _ file: String, _ line: Int, _ severity: Issue.Severity = .error
    ) {
        let position = file.isEmpty ? nil : SourcePosition(file: file, line: line, column: column(of: message, file, line))
        let issue = Issue(code.rawValue, message, at: position, severity: severity)
        if seen.insert(issue.line).inserted { issues.append(issue) }
    }
}
