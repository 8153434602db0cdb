import HooklineCore
import Text

/// Checks a tree against a shape and reports everything that does not fit.
///
/// Readers rely on what it accepts, and stay silent about what it has reported.
struct ShapeChecker {
    let findings: Findings
    /// The kind of file that the tree is, whose other mappings a misplaced key may belong to; nil for one without such mappings.
    var file: KeyPlaces.File?

    /// Checks a value. `what` is its quoted key, or what else messages call it.
    func check(_ tree: Tree, _ shape: Shape, as what: String) {
        if findings.isFull { return }
        switch shape {
        case .text(let format): text(tree, format, what, mayRefer: false)
        case .resolved(let format): text(tree, format, what, mayRefer: true)
        case .secret(let kind): secret(tree, kind, what)
        case .choice(let words, let code, let meant): choice(tree, words, code, what, meant)
        case .integer(let range): integer(tree, range, what)
        case .boolean: boolean(tree, what)
        case .parameterValue: parameterValue(tree, what)
        case .operand, .condition: break
        case .table(let table): mapping(tree, table, what)
        case .typed(let tables): typed(tree, tables, what)
        case .named(let format, let shape): named(tree, format, shape, what)
        case .list(let shape): list(tree, shape, what, takes: "a list")
        case .oneOrMany(let shape):
            if tree.items != nil { list(tree, shape, what, takes: "a list") } else { check(tree, shape, as: what) }
        case .either(let name, let thing):
            if tree.isMapping {
                check(tree, thing, as: what)
            } else if tree.text != nil {
                check(tree, name, as: what)
            } else {
                findings.report(.wrongType, "\(what) takes a name or a mapping, found \(tree.foundKind)", at: tree.position)
            }
        }
    }

    // MARK: Scalars

    private func scalar(_ tree: Tree, _ what: String, takes: String) -> String? {
        if let text = tree.text { return text }
        findings.report(.wrongType, "\(what) takes \(takes), found \(tree.foundKind)", at: tree.position)
        return nil
    }

    private func text(_ tree: Tree, _ format: TextFormat, _ what: String, mayRefer: Bool) {
        guard let text = scalar(tree, what, takes: format.allowed) else { return }
        let pieces = Reference.pieces(of: text)
        if mayRefer {
            if let mistake = Reference.mistake(in: pieces, allowed: ["env", "file"]) {
                findings.report(.badReference, mistake, at: tree.position)
            }
            // The value of a reference is checked when it is resolved.
            if pieces.contains(where: \.isReference) { return }
            if let meant = ShellVariable.reference(in: text, isSecret: false) {
                findings.report(
                    .shellVariable, "\(what) has a variable in the form of another tool, and is taken literally; write \(meant)",
                    at: tree.position, severity: .warning)
            }
        } else if pieces.contains(where: \.isReference) {
            let message =
                "\(what) takes no references; use ${env:…} and ${file:…} for addresses and secrets in hookline.yaml, and"
                + " ${param:…} for values in where:"
            findings.report(.badReference, message, at: tree.position)
            return
        }
        if let problem = format.problem(with: mayRefer ? Reference.plain(pieces) : text, of: what) {
            findings.report(format.code, problem, at: tree.position)
        }
    }

    private func choice(_ tree: Tree, _ words: [String], _ code: ManifestIssueCode, _ what: String, _ meant: [String: String] = [:]) {
        guard let text = scalar(tree, what, takes: listed(words)), !words.contains(text) else { return }
        let hint = meant[text.lowercased()].map { "; did you mean '\($0)'?" } ?? NearestName.hint(text, among: words)
        findings.report(code, "\(what) takes \(listed(words)), found \(quoted(text))\(hint)", at: tree.position)
    }

    private func integer(_ tree: Tree, _ range: ClosedRange<Int>, _ what: String) {
        let takes = "a whole number from \(NumberText.grouped(range.lowerBound)) to \(NumberText.grouped(range.upperBound))"
        guard let text = scalar(tree, what, takes: takes) else { return }
        if let number = Int(text), range.contains(number) { return }
        findings.report(.wrongValue, "\(what) takes \(takes), found \(quoted(text))", at: tree.position)
    }

    private func boolean(_ tree: Tree, _ what: String) {
        guard let text = scalar(tree, what, takes: "true or false"), tree.boolean == nil else { return }
        findings.report(.wrongValue, "\(what) takes true or false, found \(quoted(text))", at: tree.position)
    }

    private func secret(_ tree: Tree, _ kind: Shape.SecretKind, _ what: String) {
        guard let text = scalar(tree, what, takes: "a secret such as ${env:NAME}") else { return }
        let pieces = Reference.pieces(of: text)
        if let mistake = Reference.mistake(in: pieces, allowed: ["env", "file"]) {
            findings.report(.badReference, mistake, at: tree.position)
        } else if pieces.contains(where: \.isReference), pieces.count > 1 {
            let message = "\(what) must be a single reference such as ${env:NAME}; put the whole value there"
            findings.report(.badReference, message, at: tree.position)
        } else if text.isEmpty {
            findings.report(.wrongValue, "\(what) is empty; it takes a secret such as ${env:NAME} or ${file:PATH}", at: tree.position)
        } else if let meant = ShellVariable.reference(in: text, isSecret: true) {
            findings.report(
                .badReference, "\(what) is a variable in the form of another tool, which Hookline does not read; write \(meant)",
                at: tree.position)
        } else if pieces.allSatisfy({ !$0.isReference }), kind == .key || kind == .password || Self.holdsPassword(text) {
            // Whoever reads a database with a written password usually shares the file, and the database has everybody in it.
            let isRefused = kind == .password || kind == .server
            let message =
                isRefused
                ? "\(what) has the password of a database in it, which never stands in hookline.yaml; write ${env:NAME} or ${file:PATH}, and keep it there"
                : "\(what) contains a secret; keep it in the environment or in a file of its own: ${env:NAME} or ${file:PATH}"
            findings.report(.literalSecret, message, at: tree.position, severity: isRefused ? .error : .warning)
        }
    }

    /// Whether an address contains a password: `scheme://user:password@host`, `password=…` or `PWD=…`.
    private static func holdsPassword(_ address: String) -> Bool {
        let lower = address.lowercased()
        if lower.contains("password=") || lower.contains("pwd=") { return true }
        guard let scheme = lower.firstRange(of: "://") else { return false }
        let authority = lower[scheme.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }

    private func parameterValue(_ tree: Tree, _ what: String) {
        for item in tree.items ?? [tree] where item.text == nil {
            findings.report(.wrongType, "\(what) takes a value or a list of values, found \(item.foundKind)", at: item.position)
        }
    }

    // MARK: Mappings and lists

    private func mapping(_ tree: Tree, _ table: KeyTable, _ what: String) {
        guard tree.isMapping else {
            let keys = table.keys.map(\.name)
            let message = "\(what) takes a mapping with the keys \(keys.joined(separator: ", ")), found \(tree.foundKind)"
            findings.report(.wrongType, message, at: tree.position)
            return
        }
        for entry in tree.entries where !findings.isFull {
            if let key = table.keys.first(where: { $0.name == entry.key }) {
                let errors = findings.errors
                check(entry.value, key.shape, as: "'\(key.name)'")
                // A wrong value needs no second word.
                if let reason = key.inert, findings.errors == errors {
                    findings.reportInert(key.name, because: reason, at: entry.keyPosition)
                }
            } else {
                unknown(entry, table)
            }
        }
        for key in table.keys where key.isRequired && tree.entry(key.name) == nil {
            let hint = NearestName.of(key.name, among: tree.entries.map(\.key)).map { "; did you mean it with \(quoted($0))?" } ?? ""
            findings.report(.missingKey, "\(table.title) needs '\(key.name)'\(hint)", at: tree.position)
        }
        together(tree, table)
    }

    private func unknown(_ entry: Tree.Entry, _ table: KeyTable) {
        let names = table.keys.map(\.name)
        let place = file.flatMap { KeyPlaces.hint(entry.key, in: $0) }
        let message =
            "\(quoted(entry.key)) is not a key of \(table.title)\(place ?? ""); the keys are \(listed(names, "and"))\(place == nil ? NearestName.hint(entry.key, among: names) : "")"
        findings.report(.unknownKey, message, at: entry.keyPosition)
    }

    private func together(_ tree: Tree, _ table: KeyTable) {
        for keys in table.exactlyOne where !keys.contains(where: { tree.entry($0) != nil }) {
            findings.report(.missingKey, "\(table.title) needs '\(keys.joined(separator: "' or '"))'", at: tree.position)
        }
        for keys in table.exactlyOne + table.atMostOne {
            let present = tree.entries.filter { keys.contains($0.key) }
            for entry in present.dropFirst() {
                let message = "'\(entry.key)' conflicts with '\(present[0].key)' in line \(present[0].keyPosition.line); keep one of them"
                findings.report(.conflictingKeys, message, at: entry.keyPosition)
            }
        }
    }

    private func typed(_ tree: Tree, _ tables: [KeyTable], _ what: String) {
        let types = tables.compactMap(\.type)
        guard tree.isMapping, let type = tree["type"] else {
            let message =
                tree.isMapping ? "\(what) needs 'type': \(listed(types))" : "\(what) takes a mapping with a 'type', found \(tree.foundKind)"
            findings.report(tree.isMapping ? .missingKey : .wrongType, message, at: tree.position)
            return
        }
        if let table = tables.first(where: { $0.type == type.text }) {
            mapping(tree, table, what)
        } else {
            choice(type, types, .wrongValue, "'type'")
        }
    }

    private func named(_ tree: Tree, _ format: TextFormat, _ shape: Shape, _ what: String) {
        guard tree.isMapping else {
            // A heading with nothing under it means that there is nothing.
            if !tree.isNull {
                findings.report(.wrongType, "\(what) takes a mapping with names as keys, found \(tree.foundKind)", at: tree.position)
            }
            return
        }
        for entry in tree.entries where !findings.isFull {
            if let problem = format.problem(with: entry.key, of: "a name in \(what)") {
                findings.report(format.code, problem, at: entry.keyPosition)
            }
            check(entry.value, shape, as: quoted(entry.key))
        }
    }

    private func list(_ tree: Tree, _ shape: Shape, _ what: String, takes: String) {
        guard let items = tree.items else {
            findings.report(.wrongType, "\(what) takes \(takes), found \(tree.foundKind)", at: tree.position)
            return
        }
        for item in items { check(item, shape, as: "each entry of \(what)") }
    }
}
