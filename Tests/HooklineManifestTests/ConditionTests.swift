import HooklineCore
import HooklineManifest
import Testing

@Suite("Rules")
struct ConditionTests {
    private func activation(where rule: String, parameters: String = "{}", settings: [ParameterSetting] = []) -> Loaded<Activation> {
        let text = MemoryFiles.goodActivation.replacing("{ name: VIP customers }", with: "\n  name: V\n  where: \(rule)")
        return MemoryFiles(activation: text + "parameters: \(parameters)\n").activation(settings: settings)
    }

    private func value(_ written: String, op: String = "=", parameters: String = "{}", settings: [ParameterSetting] = []) throws
        -> Condition.Value?
    {
        let rule = "{ field: f, op: '\(op)', value: \(written) }"
        guard case .test(let test) = try activation(where: rule, parameters: parameters, settings: settings).get().rules else { return nil }
        return test.value
    }

    @Test("only segments compare rows", arguments: ["above_percentile", "below_percentile"])
    func comparing(_ op: String) throws {
        let rule = "{ field: f, op: \(op), value: 80 }"
        #expect(try activation(where: rule).get().rules?.comparesRows == true)
        #expect(try activation(where: "{ any: [ { not: \(rule) } ] }").get().rules?.comparesRows == true)
        let consent = MemoryFiles(activation: MemoryFiles.goodActivation + "consent: \(rule)\n").activation()
        #expect(consent.issues.map(\.code) == ["manifest.conflicting_keys"], "\(consent.issues)")
    }

    private func limited(_ limit: String, model: String = "{ primary_key: { field: id, max_invalid: 1% } }") -> Loaded<Activation> {
        let text = MemoryFiles.goodActivation.replacing("{ name: VIP customers }", with: "{ name: V, limit: \(limit) }")
        return MemoryFiles(activation: text + "model: \(model)\nparameters: { most: { type: integer, default: 5 } }\n").activation()
    }

    @Test("a limit is a number of rows, a field, and a direction")
    func limits() throws {
        guard case .segment(let rule)? = try limited("{ n: '${param:most}', by: spent, order: asc }").get().rules, let limit = rule.limit
        else { return #expect(Bool(false), "no limit") }
        #expect((limit.count, limit.field, limit.isDescending, limit.key) == (5, "spent", false, "id"))
        for (wrong, code) in [
            ("{ n: 0, by: spent }", "manifest.wrong_value"), ("{ n: 1.5, by: spent }", "manifest.wrong_value"),
            ("{ n: 1000001, by: spent }", "manifest.wrong_value"), ("{ n: [1], by: spent }", "manifest.wrong_operand"),
            ("{ n: '${param:none}', by: spent }", "manifest.unknown_parameter"), ("{ by: spent }", "manifest.missing_key"),
            ("{ n: 1 }", "manifest.missing_key"), ("{ n: 1, by: spent, order: up }", "manifest.wrong_value"),
            ("7", "manifest.wrong_type"),
        ] {
            #expect(limited(wrong).issues.map(\.code) == [code], "\(wrong): \(limited(wrong).issues)")
        }
        #expect(limited("{ n: 1, by: spent }", model: "{ table: t }").issues.contains { $0.code == "manifest.missing_key" })
    }

    @Test(
        "a value of the wrong form is shown",
        arguments: [
            ("in", "Belgium", "'Belgium'"), ("=", "[FR, BE]", "'FR', 'BE'"), ("between", "[1, 2, 30]", "'30'"),
            ("is_null", "maybe", "'maybe'"),
            ("=", "{ from: 1 }", "from"),
        ])
    func shown(_ op: String, _ written: String, _ found: String) {
        let issues = activation(where: "{ field: f, op: '\(op)', value: \(written) }").issues
        #expect(issues.count == 1 && issues[0].message.contains(found), "\(issues)")
    }

    @Test("a backslash that double quotes do not know is an error that says what to write", arguments: ["\"\\.com\"", "\"^\\d+$\""])
    func escapes(_ written: String) {
        let issues = activation(where: "{ field: f, op: matches, value: \(written) }").issues
        #expect(issues.map(\.code) == ["manifest.syntax"] && issues[0].message.contains("single quotes"), "\(issues)")
    }

    @Test(
        "a backslash is doubled in double quotes only",
        arguments: [("\"\\\\.com$\"", 0), ("'\\.com$'", 0), ("\\.com$", 0), ("'\\\\.com$'", 1), ("\\\\d+", 1), ("'\\\\x'", 0)])
    func backslashes(_ written: String, _ warnings: Int) {
        let issues = activation(where: "{ field: f, op: matches, value: \(written) }").issues
        #expect(issues.map(\.code) == Array(repeating: "manifest.doubled_backslash", count: warnings), "\(issues)")
    }

    @Test(
        "a value is the text that stands there, whatever YAML would make of it",
        arguments: [
            "NO", "no", "Yes", "on", "off", "y", "true", "007", "0x1F", "0o17", "1e3", "1_000", "12:30:45", "2026-03-01", ".5", ".inf",
            "3.10",
            "<<", "=",
        ])
    func norway(_ text: String) throws {
        let literal = Condition.Value.scalar(Literal(plain: text))
        #expect(try value(text) == literal)
        #expect(try value("[\(text), \(text)]", op: "in") == .list([literal, literal]))
    }

    @Test("what is quoted is a text, even where the bare word would be nothing", arguments: ["null", "~", "", "NULL"])
    func quotedNull(_ text: String) throws {
        #expect(try value("'\(text)'") == .scalar(Literal(text, .text)))
        #expect(activation(where: "{ field: f, op: '=', value: \(text) }").issues.map(\.code) == ["manifest.wrong_operand"])
    }

    @Test("every operator takes the shape that it says", arguments: Condition.Operation.allCases)
    func shapes(_ operation: Condition.Operation) {
        let values: [(Condition.Operand, String)] = [
            (.none, ""), (.scalar, ", value: 1"), (.list, ", value: [1]"), (.pair, ", value: [1, 2]"),
        ]
        for (operand, written) in values {
            let loaded = activation(where: "{ field: f, op: '\(operation.rawValue)'\(written) }")
            // Two are a list too.
            let fits = operand == operation.operand || (operand == .pair && operation.operand == .list)
            #expect((loaded.value != nil) == fits, "\(operation.rawValue)\(written)")
        }
    }

    @Test("groups nest, and 50 levels are not too many")
    func nesting() throws {
        let deep = String(repeating: "{ not: ", count: 49) + "{ field: f, op: is_null }" + String(repeating: " }", count: 49)
        #expect(try activation(where: deep).get().rules?.fields == ["f"])
        let mixed = "{ any: [{ all: [{ field: a, op: is_null }] }, { not: { field: b, op: is_null } }] }"
        let rules = try activation(where: mixed).get().rules
        guard case .any(let parts) = rules, case .all = parts[0], case .not = parts[1] else {
            Issue.record("\(String(describing: rules))")
            return
        }
    }

    @Test("a parameter stands for its text, whole or in the midst of one")
    func parameterText() throws {
        let parameters = "{ n: { type: number, default: 1.50 }, t: { type: text, default: FR }, b: { type: boolean, default: true } }"
        #expect(try value("'${param:n}'", parameters: parameters) == .scalar(Literal("1.50", .number)))
        #expect(try value("'a-${param:t}-${param:b}$'", parameters: parameters) == .scalar("a-FR-true$"))
        #expect(try value("['${param:t}', BE]", op: "in", parameters: parameters) == .list([.scalar("FR"), .scalar("BE")]))
        #expect(
            try value("'${param:t}'", parameters: parameters, settings: [.init(name: "t", text: "NO", origin: "--set t")]) == .scalar("NO"))
    }

    @Test("a list parameter is a list where it stands whole, and part of one inside a list")
    func listParameter() throws {
        let parameters = "{ c: { type: list, default: [FR, BE] } }"
        #expect(try value("'${param:c}'", op: "in", parameters: parameters) == .list([.scalar("FR"), .scalar("BE")]))
        #expect(try value("['${param:c}', NL]", op: "in", parameters: parameters) == .list([.scalar("FR"), .scalar("BE"), .scalar("NL")]))
        #expect(
            activation(where: "{ field: f, op: '=', value: '${param:c}' }", parameters: parameters).issues.map(\.code) == [
                "manifest.wrong_operand"
            ])
        #expect(
            activation(where: "{ field: f, op: '=', value: 'x${param:c}' }", parameters: parameters).issues.map(\.code) == [
                "manifest.wrong_operand"
            ])
    }

    @Test("$${ stands for ${, and a dollar before anything else for itself")
    func escapes() throws {
        #expect(try value("'$${param:x}'") == .scalar("${param:x}"))
        #expect(try value("'^a${2}$'", op: "matches") == .scalar("^a${2}$"))
        #expect(activation(where: "{ field: f, op: '=', value: '${param:x' }").issues.map(\.code) == ["manifest.bad_reference"])
        #expect(activation(where: "{ field: f, op: '=', value: '${param:}' }").issues.map(\.code) == ["manifest.bad_reference"])
    }

    @Test("a parameter without a value is told once, where it is declared")
    func noEcho() {
        let loaded = activation(where: "{ field: f, op: in, value: '${param:c}' }", parameters: "{ c: { type: list } }")
        #expect(loaded.issues.map(\.code) == ["manifest.missing_parameter"])
    }

    @Test("a segment of the workspace takes the parameters of the activation that uses it")
    func sharedSegment() throws {
        let workspace =
            MemoryFiles.goodWorkspace + """
                models: { m: { source: shop } }
                segments: { s: { name: S, model: m, where: { field: c, op: in, value: "${param:c}" } } }

                """
        let text = MemoryFiles.goodActivation.replacing("source: shop\n", with: "").replacing("{ name: VIP customers }", with: "s")
        var memory = MemoryFiles(workspace: workspace, activation: text + "parameters: { c: { type: list, default: [FR] } }\n")
        #expect(memory.issues().map(\.summary) == [])
        guard case .test(let test) = try memory.activation().get().rules else { return }
        #expect(test.value == .list([.scalar("FR")]))
        memory = MemoryFiles(workspace: workspace, activation: text)
        #expect(
            memory.issues().map(\.summary) == ["hookline.yaml:10:71 manifest.unknown_parameter"])
    }

    @Test(
        "operators of other languages are answered with ours",
        arguments: [("==", "="), ("=>", ">="), ("<>", "!="), ("eq", "="), ("like", "contains")])
    func otherLanguages(_ written: String, _ ours: String) {
        let issues = activation(where: "{ field: f, op: '\(written)', value: 1 }").issues
        #expect(issues.map(\.code) == ["manifest.unknown_operator"])
        #expect(issues[0].message.hasSuffix("did you mean '\(ours)'?"))
    }

    @Test("a truth is written in one way for the rules, however the manifest has it")
    func booleanText() throws {
        #expect(try value("'${param:b}'", parameters: "{ b: { type: boolean, default: TRUE } }") == .scalar(Literal("true", .boolean)))
    }

    @Test(
        "a value has the kind that it looks like without quotes, and is text in quotes",
        arguments: [
            ("100", Literal.Kind.number), ("-1.5e3", .number), ("007", .number), ("true", .boolean), ("FALSE", .boolean),
            ("2026-03-01", .day),
            ("2026-03-01T06:00:00Z", .moment), ("2026-03-01 06:00", .moment), ("NO", .text), ("yes", .text), ("12:30", .text),
            ("01/03/2026", .text),
            ("1,5", .text), ("0x1F", .text), ("tRue", .text), ("12345678901234567890.5", .number),
        ])
    func kinds(_ text: String, _ kind: Literal.Kind) throws {
        let quotes = ["'\(text)'", "\"\(text)\""]
        // In a flow mapping a comma ends a plain text.
        if !text.contains(",") { #expect(try value(text) == .scalar(Literal(text, kind))) }
        for quoted in quotes { #expect(try value(quoted) == .scalar(Literal(text, .text))) }
        #expect(Literal(plain: text).kind == kind)
    }

    @Test(
        "a parameter has the kind of its type, quoted or not",
        arguments: [
            ("type: number, default: '100'", "100", Literal.Kind.number), ("type: integer, default: 100", "100", .number),
            ("type: boolean, default: 'TRUE'", "true", .boolean),
            ("type: date, default: '2026-03-01'", "2026-03-01", .day), ("type: text, default: 100", "100", .text),
            ("type: enum, values: [1, 2], default: 1", "1", .text),
        ])
    func parameterKinds(_ declared: String, _ text: String, _ kind: Literal.Kind) throws {
        #expect(try value("'${param:p}'", parameters: "{ p: { \(declared) } }") == .scalar(Literal(text, kind)))
    }

    @Test("the items of a list parameter have the kinds that they look like, from the command line too")
    func listKinds() throws {
        let declared = "{ p: { type: list, default: [75001, '75002', FR] } }"
        let items: [Condition.Value] = [.scalar(Literal("75001", .number)), .scalar(Literal("75002", .text)), .scalar("FR")]
        #expect(try value("'${param:p}'", op: "in", parameters: declared) == .list(items))
        let given = [ParameterSetting(name: "p", text: "75001, BE", origin: "--set p")]
        #expect(
            try value("'${param:p}'", op: "in", parameters: declared, settings: given)
                == .list([.scalar(Literal("75001", .number)), .scalar("BE")]))
    }

    @Test(
        "upper and lower case are the same where a test says so", arguments: ["=", "!=", "contains", "starts_with", "ends_with", "matches"])
    func ignoreCase(_ operation: String) throws {
        let rules = try activation(where: "{ field: f, op: '\(operation)', value: x, ignore_case: true }").get().rules
        guard case .test(let test) = rules else { return }
        #expect(test.ignoresCase)
    }
}

@Suite("An empty list of a parameter")
struct EmptyListTests {
    @Test("that lets everybody pass is a warning", arguments: [("not_in", 1), ("has_all", 1), ("in", 0), ("has_any", 0)])
    func everybody(operation: String, warnings: Int) throws {
        let activation = MemoryFiles.goodActivation.replacing(
            "segment: { name: VIP customers }",
            with: """
                parameters: { left_out: { type: list, default: [] } }
                segment: { name: VIP customers, where: { field: a, op: \(operation), value: "${param:left_out}" } }
                """)
        let issues = MemoryFiles(activation: activation).issues()
        #expect(issues.count { $0.code == "manifest.no_effect" } == warnings, "\(issues)")
        #expect(!issues.contains { $0.severity == .error }, "\(issues)")
    }
}
