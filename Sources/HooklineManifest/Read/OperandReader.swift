import HooklineCore
import Text

/// Reads the `value:` of a test in the form that its operator takes.
struct OperandReader {
    /// A value; nil when the operator takes none.
    struct Operand {
        let value: Condition.Value?
    }

    let findings: Findings
    let parameters: ResolvedParameters?

    /// Reads the operand; nil when it does not fit, which the findings then say.
    func read(_ test: Tree, _ operation: Condition.Operation) -> Operand? {
        let name = "'\(operation.rawValue)'"
        guard let tree = test["value"] else {
            if operation.operand == .none { return Operand(value: nil) }
            findings.report(.missingKey, "\(name) needs a 'value': \(Self.takes(operation.operand))", at: test.position)
            return nil
        }
        if operation.operand != .none, let name = tree.text.flatMap(parameterName), parameters?.names.contains(name) == false {
            _ = parameter(name, tree.position)
            return nil
        }
        if operation.operand != .none, isOpen(tree) { return parameters == nil ? Operand(value: .null) : nil }
        switch operation.operand {
        case .none:
            return refuse("\(name) takes no value, found \(found(tree)); remove 'value'", test.entry("value")?.keyPosition)
        case .scalar:
            if tree.isNull { return refuse("\(name) is never true for NULL; use is_null or is_not_null", tree.position) }
            guard tree.text != nil, !isList(tree) else {
                return refuse("\(name) takes one value, found \(found(tree))\(Self.hint(operation))", tree.position)
            }
            return literals(of: tree)?.first.map { Operand(value: .scalar($0)) }
        case .list:
            guard isList(tree) else { return refuse("\(name) takes a list such as [FR, BE], found \(found(tree))", tree.position) }
            if tree.items?.isEmpty == true {
                return refuse("\(name) takes a list of at least one value, found an empty one", tree.position)
            }
            guard let values = values(of: tree) else { return nil }
            if values.isEmpty, operation == .notIn || operation == .hasAll {
                findings.reportInert(
                    operation.rawValue, because: "the list of its parameter is empty, so it is true of every value", at: tree.position)
            }
            return Operand(value: .list(values.map { .scalar($0) }))
        case .pair:
            guard isList(tree) else {
                return refuse("\(name) takes a list of two values, such as [10, 20], found \(found(tree))", tree.position)
            }
            guard let values = values(of: tree) else { return nil }
            guard values.count == 2 else {
                return refuse("\(name) takes a list of two values, found \(values.count): \(shown(values.map(\.text)))", tree.position)
            }
            return Operand(value: .list(values.map { .scalar($0) }))
        }
    }

    /// A single value outside of a test.
    enum Scalar {
        case literal(Literal)
        /// A parameter without a known value.
        case unknown
        /// Something that is reported.
        case wrong
    }

    /// Reads a single value, or a parameter that stands for one.
    func scalar(_ tree: Tree) -> Scalar {
        if let name = tree.text.flatMap(parameterName), parameters?.names.contains(name) == false {
            _ = parameter(name, tree.position)
            return .wrong
        }
        if isOpen(tree) { return .unknown }
        guard tree.text != nil, !tree.isNull, !isList(tree) else {
            findings.report(.wrongOperand, "a single value belongs here, found \(found(tree))", at: tree.position)
            return .wrong
        }
        return literals(of: tree)?.first.map { .literal($0) } ?? .wrong
    }

    private func refuse(_ message: String, _ position: SourcePosition?) -> Operand? {
        findings.report(.wrongOperand, message, at: position)
        return nil
    }

    /// Whether the value is a list, written out or as a single list parameter.
    private func isList(_ tree: Tree) -> Bool {
        if tree.items != nil { return true }
        guard let text = tree.text, case .list? = wholeParameter(text) else { return false }
        return true
    }

    private func found(_ tree: Tree) -> String {
        if let items = tree.items { return "a list: \(shown(items.compactMap(\.text)))" }
        if isList(tree) { return "a list" }
        if tree.isNull { return "nothing" }
        guard let text = tree.text else { return "a mapping of \(enumerated(tree.entries.map(\.key)))" }
        return "one value: \(quoted(text))"
    }

    /// The first values of a list.
    private func shown(_ values: [String]) -> String {
        "[\(values.prefix(5).map(quoted).joined(separator: ", "))\(values.count > 5 ? ", …" : "")]"
    }

    /// The literals of a scalar or of a list's items. A parameter that is a list adds its own items.
    private func values(of tree: Tree) -> [Literal]? {
        guard let items = tree.items else { return literals(of: tree) }
        let parts = items.map { item -> [Literal]? in
            if item.isNull {
                findings.report(.wrongOperand, "NULL in a list never matches; add a test with is_null under any:", at: item.position)
                return nil
            }
            guard item.text != nil else {
                findings.report(.wrongOperand, "a list takes single values, found \(item.foundKind)", at: item.position)
                return nil
            }
            return literals(of: item)
        }
        let sound = parts.compactMap { $0 }
        return sound.count == parts.count ? sound.flatMap { $0 } : nil
    }

    private func literals(of tree: Tree) -> [Literal]? {
        guard let written = tree.literal else { return nil }
        switch wholeParameter(written.text) {
        case .list(let literals): return literals
        case .one(let literal): return [literal]
        case nil: break
        }
        let pieces = Reference.pieces(of: written.text)
        if let mistake = Reference.mistake(in: pieces, allowed: ["param"]) {
            findings.report(.badReference, mistake, at: tree.position)
            return nil
        }
        var text = ""
        var isComplete = true
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .reference(_, let name): if let part = parameter(name, tree.position) { text += part } else { isComplete = false }
            case .unclosed: isComplete = false
            }
        }
        if !isComplete { return nil }
        return [pieces.contains(where: \.isReference) ? Literal(text, .text) : Literal(text, written.kind)]
    }

    /// Whether the value is a single parameter without a known value.
    private func isOpen(_ tree: Tree) -> Bool {
        guard let text = tree.text, let name = parameterName(text) else { return false }
        guard let parameters else { return true }
        return parameters.names.contains(name) && parameters.values[name] == nil
    }

    /// The value of the parameter, if the text is a single parameter; nil for any other text.
    private func wholeParameter(_ text: String) -> ResolvedParameters.Value? {
        parameterName(text).flatMap { parameters?.values[$0] }
    }

    private func parameterName(_ text: String) -> String? {
        let pieces = Reference.pieces(of: text)
        guard pieces.count == 1, case .reference(kind: "param", let name) = pieces[0], !name.isEmpty else { return nil }
        return name
    }

    private func parameter(_ name: String, _ position: SourcePosition) -> String? {
        guard let parameters else { return "" }
        guard parameters.names.contains(name) else {
            let known =
                parameters.names.isEmpty
                ? "the manifest declares none" : "the manifest declares \(enumerated(parameters.names.sorted()))"
            let hint = NearestName.hint(name, among: parameters.names.sorted())
            findings.report(.unknownParameter, "there is no parameter \(quoted(name)); \(known)\(hint)", at: position)
            return nil
        }
        switch parameters.values[name] {
        case .one(let literal): return literal.text
        case .list:
            findings.report(.wrongOperand, "the parameter '\(name)' is a list; use it alone, not inside a text", at: position)
            return nil
        // Reported at its declaration.
        case nil: return nil
        }
    }

    private static func takes(_ operand: Condition.Operand) -> String {
        switch operand {
        case .none: "nothing"
        case .scalar: "one value"
        case .list: "a list such as [FR, BE]"
        case .pair: "a list of two values, such as [10, 20]"
        }
    }

    private static func hint(_ operation: Condition.Operation) -> String {
        switch operation {
        case .equal: "; use in for several values"
        case .notEqual: "; use not_in for several values"
        default: ""
        }
    }
}
