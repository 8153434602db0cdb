import HooklineCore

/// Turns shapes into JSON Schema.
enum SchemaWriter {
    static func schema(of shape: Shape) -> SchemaNode {
        switch shape {
        case .text(let format): text(format, mayRefer: false)
        case .resolved(let format): text(format, mayRefer: true)
        case .secret: .object([("type", .string("string")), ("description", .string("A secret: ${env:NAME} or ${file:PATH}."))])
        case .choice(let words, _, _): .object([("enum", strings(words))])
        case .integer(let range):
            .object([("type", .string("integer")), ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))])
        case .boolean: .object([("type", .string("boolean"))])
        case .parameterValue, .operand: .object([("anyOf", .list([scalar, .object([("type", .string("array")), ("items", scalar)])]))])
        case .condition: .object([("$ref", .string("#/$defs/condition"))])
        case .table(let table): object(table)
        case .typed(let tables): .object([("type", .string("object")), ("oneOf", .list(tables.map(object)))])
        case .named(let format, let shape): named(format, shape)
        case .list(let shape): .object([("type", .string("array")), ("items", schema(of: shape))])
        case .oneOrMany(let shape): .object([("anyOf", .list([schema(of: shape), schema(of: .list(shape))]))])
        case .either(let name, let thing): .object([("anyOf", .list([schema(of: name), schema(of: thing)]))])
        }
    }

    /// The definition of `where:`, which is recursive.
    static var condition: (String, SchemaNode) {
        let itself = SchemaNode.object([("$ref", .string("#/$defs/condition"))])
        let groups = ConditionShape.groups.map { name -> SchemaNode in
            let parts: SchemaNode =
                name == "not" ? itself : .object([("type", .string("array")), ("items", itself), ("minItems", .integer(1))])
            return closed([(name, parts)], required: [name])
        }
        let operands: [Condition.Operand] = [.scalar, .list, .pair, .none]
        return (
            "condition",
            .object([("anyOf", .list(groups + operands.map(test) + [object(ConditionShape.relation), object(ConditionShape.segment)]))])
        )
    }

    private static func test(_ operand: Condition.Operand) -> SchemaNode {
        let words = Condition.Operation.allCases.filter { $0.operand == operand }.map(\.rawValue)
        var properties: [(String, SchemaNode)] = []
        var required: [String] = []
        for key in ConditionShape.test.keys {
            switch key.name {
            case "op": properties.append((key.name, described(.object([("enum", strings(words))]), key)))
            case "value" where operand == .none: continue
            case "ignore_case" where operand == .none || operand == .pair: continue
            case "value": properties.append((key.name, described(value(operand), key)))
            default: properties.append((key.name, described(schema(of: key.shape), key)))
            }
            if key.isRequired || key.name == "value" { required.append(key.name) }
        }
        return closed(properties, required: required)
    }

    private static func value(_ operand: Condition.Operand) -> SchemaNode {
        let parameter = SchemaNode.object([("type", .string("string")), ("pattern", .string("^\\$\\{param:[^}]+\\}$"))])
        switch operand {
        case .none, .scalar: return scalar
        case .list:
            return .object([
                ("anyOf", .list([.object([("type", .string("array")), ("items", scalar), ("minItems", .integer(1))]), parameter]))
            ])
        case .pair:
            let pair = SchemaNode.object([("type", .string("array")), ("items", scalar), ("maxItems", .integer(2))])
            return .object([("anyOf", .list([pair, parameter]))])
        }
    }

    private static func object(_ table: KeyTable) -> SchemaNode {
        let properties = table.keys.map { ($0.name, described(schema(of: $0.shape), $0)) }
        let required = table.keys.filter(\.isRequired).map(\.name)
        let exactly = table.exactlyOne.map { keys in SchemaNode.object([("oneOf", .list(keys.map { requiring([$0]) }))]) }
        let atMost = table.atMostOne.flatMap { keys in
            keys.indices.flatMap { first in
                keys[(first + 1)...].map { SchemaNode.object([("not", requiring([keys[first], $0]))]) }
            }
        }
        return closed(properties, required: required, and: exactly + atMost)
    }

    private static func named(_ format: TextFormat, _ shape: Shape) -> SchemaNode {
        var members: [(String, SchemaNode)] = [("type", .list([.string("object"), .string("null")]))]
        if let pattern = format.pattern { members.append(("propertyNames", .object([("pattern", .string("^(?:\(pattern))$"))]))) }
        return .object(members + [("additionalProperties", schema(of: shape))])
    }

    private static func closed(_ properties: [(String, SchemaNode)], required: [String], and more: [SchemaNode] = []) -> SchemaNode {
        var members: [(String, SchemaNode)] = [("type", .string("object")), ("properties", .object(properties))]
        if !required.isEmpty { members.append(("required", strings(required))) }
        members.append(("additionalProperties", .boolean(false)))
        if !more.isEmpty { members.append(("allOf", .list(more))) }
        return .object(members)
    }

    /// The schema of a key's value, with the key's summary first.
    private static func described(_ schema: SchemaNode, _ key: KeyTable.Key) -> SchemaNode {
        guard case .object(let members) = schema else { return schema }
        let summary =
            key.summary + (key.defaultValue.map { " Default: \($0)" } ?? "") + (key.inert.map { " No effect yet: \($0)." } ?? "")
        return .object([("description", .string(summary))] + members.filter { $0.0 != "description" })
    }

    /// The schema of a text. What YAML reads as a number or boolean is still a text for us, where the format allows it.
    private static func text(_ format: TextFormat, mayRefer: Bool) -> SchemaNode {
        if let constant = format.constant { return .object([("const", .integer(constant))]) }
        guard let pattern = format.pattern else { return scalar }
        let reference = mayRefer ? "|[\\s\\S]*\\$\\{(env|file):[\\s\\S]*" : ""
        let plain = SchemaNode.object([("type", .string("string")), ("pattern", .string("^(?:\(pattern)\(reference))$"))])
        let others = ["integer": "12", "number": "0.5", "boolean": "true"].filter { format.problem(with: $0.value, of: "") == nil }.keys
            .sorted()
        if others.isEmpty { return plain }
        var bare: [(String, SchemaNode)] = [("type", strings(others))]
        if format.problem(with: "-1", of: "") != nil { bare.append(("minimum", .integer(0))) }
        return .object([("anyOf", .list([plain, .object(bare)]))])
    }

    private static func requiring(_ keys: [String]) -> SchemaNode { .object([("required", strings(keys))]) }

    private static func strings(_ words: [String]) -> SchemaNode { .list(words.map { .string($0) }) }

    private static let scalar = SchemaNode.object([("type", .list([.string("string"), .string("number"), .string("boolean")]))])
}
