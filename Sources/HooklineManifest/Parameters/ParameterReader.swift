import HooklineCore
import Text

/// Reads `parameters:` of a manifest and picks the value in force: the command line's, else the workspace's, else the default.
struct ParameterReader {
    let findings: Findings

    private struct Given {
        let literals: [Literal]
        let isList: Bool
        let position: SourcePosition?
        let origin: String

        var texts: [String] { literals.map(\.text) }
    }

    func read(_ declared: Tree?, workspace: Tree?, settings: [ParameterSetting], activation: String) -> ResolvedParameters {
        var resolved = ResolvedParameters()
        let entries = declared?.entries ?? []
        resolved.names = Set(entries.map(\.key))
        reportUnknown(workspace, settings, resolved.names, activation)
        for entry in entries {
            guard let kind = entry.value["type"]?.text.flatMap(Parameter.Kind.init) else { continue }
            checkRequired(entry)
            checkBounds(entry, kind)
            if let preset = entry.value["default"] { _ = value(given(preset, "the default"), kind, entry) }
            guard let chosen = chosen(entry, workspace, settings) else {
                let how =
                    "set it with --set \(entry.key)=…, or in hookline.yaml: activations: { \(activation): { params: { \(entry.key): … } } }"
                findings.report(.missingParameter, "the parameter '\(entry.key)' has no value; \(how)", at: entry.keyPosition)
                continue
            }
            guard let value = value(chosen, kind, entry) else { continue }
            resolved.values[entry.key] = kind == .list ? .list(chosen.literals) : .one(Self.literal(chosen.texts[0], kind))
            resolved.parameters.append(
                Parameter(
                    name: entry.key, kind: kind, value: value, origin: origin(entry, workspace, settings),
                    description: entry.value["description"]?.text, position: entry.keyPosition))
        }
        return resolved
    }

    private func chosen(_ entry: Tree.Entry, _ workspace: Tree?, _ settings: [ParameterSetting]) -> Given? {
        if let setting = settings.last(where: { $0.name == entry.key }) {
            let isList = entry.value["type"]?.text == Parameter.Kind.list.rawValue
            let texts = setting.list ?? (isList ? Self.values(setting.text) : [setting.text])
            return Given(
                literals: texts.map { Literal(plain: $0) }, isList: isList || setting.list != nil, position: setting.position,
                origin: setting.origin)
        }
        if let tree = workspace?[entry.key] { return given(tree, "the workspace") }
        return entry.value["default"].map { given($0, "the default") }
    }

    /// A value as rules take it: the type says what it is, whether it stood in quotes or not.
    private static func literal(_ text: String, _ kind: Parameter.Kind) -> Literal {
        switch kind {
        case .text, .enum, .list: Literal(text, .text)
        case .integer, .number: Literal(text, .number)
        case .boolean: Literal(text.lowercased(), .boolean)
        case .date: Literal(text, .day)
        }
    }

    /// The entries of a list written with commas, without the spaces around them.
    private static func values(_ text: String) -> [String] {
        text.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func origin(_ entry: Tree.Entry, _ workspace: Tree?, _ settings: [ParameterSetting]) -> Parameter.Origin {
        if settings.contains(where: { $0.name == entry.key }) { return .given }
        return workspace?[entry.key] == nil ? .preset : .workspace
    }

    private func given(_ tree: Tree, _ origin: String) -> Given {
        Given(literals: (tree.items ?? [tree]).compactMap(\.literal), isList: tree.items != nil, position: tree.position, origin: origin)
    }

    private func value(_ given: Given, _ kind: Parameter.Kind, _ entry: Tree.Entry) -> ParameterValue? {
        func refuse(_ why: String) -> ParameterValue? {
            // Without a position, only the words can say where.
            let what = given.position == nil ? "\(given.origin): the parameter '\(entry.key)'" : "the parameter '\(entry.key)'"
            findings.report(.badParameter, "\(what) \(why)", at: given.position)
            return nil
        }
        guard given.isList == (kind == .list) else {
            return refuse(kind == .list ? "takes a list, such as [a, b]" : "takes one \(kind.rawValue), not a list")
        }
        if kind != .list, given.texts.isEmpty { return nil }
        if let allowed = entry.value["values"]?.items?.compactMap(\.text),
            let stranger = given.texts.first(where: { !allowed.contains($0) })
        {
            return refuse("takes \(listed(allowed.map(quoted))), found \(quoted(stranger))\(NearestName.hint(stranger, among: allowed))")
        }
        let value = kind == .list ? .list(given.texts.map { .text($0) }) : ParameterText.value(given.texts[0], kind)
        guard let value else { return refuse("takes \(ParameterText.allowed(kind)), found \(quoted(given.texts[0]))") }
        let bounds = ParameterBounds(entry.value)
        if bounds.contradiction(for: kind) == nil, let why = bounds.fault(of: value, written: given.texts.first ?? "") {
            return refuse(why)
        }
        return value
    }

    private func checkRequired(_ entry: Tree.Entry) {
        guard let required = entry.value.entry("required"), let isRequired = required.value.boolean else { return }
        let hasDefault = entry.value["default"] != nil
        if isRequired, hasDefault {
            findings.report(.conflictingKeys, "'required: true' conflicts with the default; keep one of them", at: required.keyPosition)
        } else if !isRequired, !hasDefault {
            findings.report(.missingKey, "the parameter '\(entry.key)' needs a default, or required: true", at: required.keyPosition)
        }
    }

    private func checkBounds(_ entry: Tree.Entry, _ kind: Parameter.Kind) {
        if kind == .enum, entry.value["values"]?.items?.isEmpty != false {
            findings.report(
                .missingKey, "the parameter '\(entry.key)' is an enum and needs its 'values'", at: entry.keyPosition)
        }
        if let why = ParameterBounds(entry.value).contradiction(for: kind) {
            findings.report(.wrongValue, "the parameter '\(entry.key)': \(why)", at: entry.keyPosition)
        }
        for key in ["min", "max"] {
            guard let bound = entry.value.entry(key), let text = bound.value.text else { continue }
            if let why = ParameterBounds.fault(of: text, for: kind) {
                findings.report(
                    .wrongValue,
                    "'\(key)' of \(kind == .integer || kind == .enum ? "an" : "a") \(kind.rawValue) \(why), found \(quoted(text))",
                    at: bound.value.position)
            }
        }
    }

    private func reportUnknown(_ workspace: Tree?, _ settings: [ParameterSetting], _ names: Set<String>, _ activation: String) {
        let known = "the activation \(quoted(activation)) declares \(names.isEmpty ? "none" : enumerated(names.sorted()))"
        for entry in workspace?.entries ?? [] where !names.contains(entry.key) {
            let hint = NearestName.hint(entry.key, among: names.sorted())
            findings.report(.unknownParameter, "there is no parameter \(quoted(entry.key)); \(known)\(hint)", at: entry.keyPosition)
        }
        for setting in settings where !names.contains(setting.name) {
            let hint = NearestName.hint(setting.name, among: names.sorted())
            findings.report(
                .unknownParameter, "\(setting.origin): there is no parameter \(quoted(setting.name)); \(known)\(hint)",
                at: setting.namePosition)
        }
    }
}
