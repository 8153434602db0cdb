import HooklineCore
import Lua
import Text

/// Checks what one file reads, writes and calls: globals, users, and the records that hooks receive.
struct AccessCheck {
    private let subject: CheckedPackage
    private let file: String
    private(set) var issues: ScriptIssues

    init(_ subject: CheckedPackage, file: String, issues: ScriptIssues) {
        self.subject = subject
        self.file = file
        self.issues = issues
    }

    /// Looks at every access of the file.
    mutating func run() {
        for access in subject.outlines[file]?.accesses ?? [] {
            switch access.root {
            case .globals: lookAtGlobal(access)
            case .parameter(_, let name, nil) where name == "user":
                // A parameter of that name is most likely a user.
                lookAtUser(access, .warning)
            case .parameter(let index, _, let entry):
                guard let entry, let point = HookCatalog.point(entry), point.parameters.indices.contains(index),
                    subject.package.scripts.contains(file)
                else { continue }
                switch point.parameters[index].name {
                case "user": lookAtUser(access)
                case "ctx": lookAtContext(access)
                case "segment": lookAtRecord(access, "segment", HookCatalog.segmentFields)
                case "plan": lookAtRecord(access, "plan", HookCatalog.planFields)
                case "report": lookAtRecord(access, "report", HookCatalog.reportFields)
                default: continue
                }
            }
        }
    }

    private mutating func lookAtGlobal(_ access: LuaAccess) {
        let name = access.path[0]
        if access.kind == .write, access.path.count == 1 {
            if access.entry.flatMap(HookCatalog.point) != nil {
                issues.report(
                    .globalWrite, "'\(name)' is a global, and globals are read-only once scripts have loaded; use 'local'", file,
                    access.line)
            }
            return
        }
        if case .call(let text) = access.kind {
            if access.path == ["math", "random"], let entry = access.entry, ["map", "filter", "breakdown"].contains(entry) {
                issues.report(
                    .random,
                    "math.random gives different numbers in every run, so users come and go; use hookline.hash.bucket(user.id, 100)",
                    file, access.line, .warning)
            }
            if access.path == ["require"], !subject.assignedGlobals.contains("require"), let text { lookAtModule(text, access.line) }
            return
        }
        // The loader meets what is read while the file loads, and it knows which way the code goes.
        guard access.kind == .read, !access.isTopLevel || access.path.count > 1, subject.assignedGlobals.isDisjoint(with: [name, "*"])
        else { return }
        if access.path.count == 1 { return lookAtName(name, access.line) }
        let parent = access.path.dropLast().joined(separator: ".")
        let names = KnownNames.members(of: parent)
        guard let names, let last = access.path.last, !names.contains(last) else { return }
        let whole = access.path.joined(separator: ".")
        if let advice = KnownNames.advice(onAbsent: whole) {
            issues.report(.unavailable, "'\(whole)' is not available in scripts\(advice)", file, access.line)
        } else {
            issues.report(.unknownFunction, "there is no '\(whole)'\(NearestName.hint(last, among: names))", file, access.line)
        }
    }

    private mutating func lookAtName(_ name: String, _ line: Int) {
        if KnownNames.globals.contains(name) { return }
        if let advice = KnownNames.advice(onAbsent: name) {
            issues.report(.unavailable, "'\(name)' is not available in scripts\(advice)", file, line)
        } else {
            let hint = NearestName.hint(name, among: (KnownNames.globals.union(subject.assignedGlobals)).sorted())
            issues.report(.unknownGlobal, "there is no global '\(name)'\(hint)", file, line)
        }
    }

    private mutating func lookAtModule(_ module: String, _ line: Int) {
        let modules = subject.package.files.map(\.module)
        if modules.contains(module) { return }
        let inside = modules.first { $0.hasSuffix("." + module) }.map { "; did you mean '\($0)'?" }
        issues.report(
            .unknownModule, "the package has no module '\(module)'\(inside ?? NearestName.hint(module, among: modules))", file, line)
    }

    private mutating func lookAtUser(_ access: LuaAccess, _ severity: Issue.Severity = .error) {
        if access.kind == .write, access.path.count == 1, severity == .error {
            return issues.report(.unknownField, "a user is read-only; return a table of fields from map", file, access.line)
        }
        guard access.kind == .read, access.path.count == 1, let columns = subject.columns, let mapped = subject.mappedFields else { return }
        let known = columns.map(\.name) + mapped.sorted()
        if known.contains(access.path[0]) { return }
        let hint = NearestName.hint(access.path[0], among: known)
        issues.report(.unknownField, "the model has no field '\(access.path[0])'\(hint)", file, access.line, severity)
    }

    private mutating func lookAtContext(_ access: LuaAccess) {
        guard access.kind == .read else { return }
        let fields = HookCatalog.contextFields.map(\.name)
        if access.path.count == 1, !fields.contains(access.path[0]) {
            issues.report(
                .unknownContext, "ctx has no field '\(access.path[0])'\(NearestName.hint(access.path[0], among: fields))", file, access.line
            )
        } else if access.path.count == 2, access.path[0] == "params", !subject.parameters.contains(access.path[1]) {
            let hint = NearestName.hint(access.path[1], among: subject.parameters)
            issues.report(.unknownContext, "the activation has no parameter '\(access.path[1])'\(hint)", file, access.line)
        }
    }

    private mutating func lookAtRecord(_ access: LuaAccess, _ name: String, _ fields: [HookCatalog.Field]) {
        guard access.kind == .read, access.path.count == 1 else { return }
        let known = fields.map(\.name)
        if known.contains(access.path[0]) { return }
        let hint = NearestName.hint(access.path[0], among: known)
        issues.report(.unknownContext, "\(name) has no field '\(access.path[0])'\(hint)", file, access.line)
    }
}
