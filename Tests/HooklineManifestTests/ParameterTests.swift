import HooklineCore
import HooklineManifest
import Testing

@Suite("Parameters")
struct ParameterTests {
    private func parameters(_ declared: String, workspace: String = "", _ settings: [ParameterSetting] = []) -> Loaded<Activation> {
        MemoryFiles(
            workspace: MemoryFiles.goodWorkspace + workspace, activation: MemoryFiles.goodActivation + "parameters: { p: \(declared) }\n"
        ).activation(settings: settings)
    }

    private func value(_ declared: String) throws -> ParameterValue? { try parameters(declared).get().parameters.first?.value }

    @Test("values have the types that the manifest declares")
    func types() throws {
        #expect(try value("{ type: text, default: 007 }") == .text("007"))
        #expect(try value("{ type: integer, default: -9223372036854775808 }") == .integer(.min))
        #expect(try value("{ type: number, default: 1e3 }") == .number(1_000))
        #expect(try value("{ type: boolean, default: TRUE }") == .boolean(true))
        #expect(try value("{ type: date, default: 2026-02-28 }") == .date("2026-02-28"))
        #expect(try value("{ type: list, default: [FR, NO, 1] }") == .list([.text("FR"), .text("NO"), .text("1")]))
        #expect(try value("{ type: list, default: [] }") == .list([]))
    }

    @Test(
        "a value of another type is refused",
        arguments: [
            ("integer", "9223372036854775808"), ("integer", "1.0"), ("integer", "1_000"), ("number", "nan"), ("number", "inf"),
            ("number", "0x10"),
            ("number", "1e999"), ("boolean", "yes"), ("date", "2026-02-29"), ("date", "01.03.2026"),
        ])
    func refused(_ type: String, _ text: String) {
        #expect(parameters("{ type: \(type), default: \(text) }").issues.map(\.code) == ["manifest.bad_parameter"])
    }

    @Test("the command line goes before the workspace, the workspace before the default")
    func precedence() throws {
        let declared = "{ type: integer, default: 1 }"
        let workspace = "activations: { vip-customers: { params: { p: 2 } } }\n"
        let settings = [
            ParameterSetting(name: "p", text: "3", origin: "--set p"), ParameterSetting(name: "p", text: "4", origin: "--set p"),
        ]
        #expect(try parameters(declared).get().parameters[0].value == .integer(1))
        #expect(try parameters(declared, workspace: workspace).get().parameters[0].value == .integer(2))
        #expect(try parameters(declared, workspace: workspace, settings).get().parameters[0].value == .integer(4), "the last one counts")
    }

    @Test(
        "a value beyond the bounds is refused, one at them is not",
        arguments: [
            ("integer, min: 1, max: 5", ["1", "5"], ["0", "6"]), ("number, min: 0.5", ["0.5", "9e9"], ["0.4"]),
            ("date, min: 2026-01-01, max: 2026-12-31", ["2026-01-01"], ["2025-12-31", "2027-01-01"]),
            ("text, min: 2, max: 3", ["ab", "äöü"], ["a", "abcd"]), ("list, min: 1, max: 2", ["[a]", "[a, b]"], ["[]", "[a, b, c]"]),
            ("enum, values: [gold, silver]", ["gold"], ["bronze", "[gold]"]),
        ])
    func bounds(_ type: String, _ good: [String], _ bad: [String]) {
        for value in good { #expect(parameters("{ type: \(type), default: \(value) }").issues.isEmpty, "\(value)") }
        for value in bad {
            let issues = parameters("{ type: \(type), default: \(value) }").issues
            #expect(issues.map(\.code) == ["manifest.bad_parameter"], "\(value): \(issues)")
            #expect(issues.first?.position != nil)
        }
    }

    @Test(
        "bounds without a meaning, and an enum without values, are mistakes",
        arguments: [
            "{ type: boolean, min: 1, default: true }", "{ type: integer, max: 0.5, default: 1 }",
            "{ type: date, min: 3, default: 2026-01-01 }",
            "{ type: text, max: -1, default: '' }", "{ type: enum, default: a }", "{ type: enum, values: [], default: a }",
        ])
    func senseless(_ declared: String) {
        #expect(parameters(declared).hasErrors)
    }

    @Test(
        "a value out of bounds is reported with both of them and what was found, and a text is never shown",
        arguments: [
            ("integer, min: 1, max: 5", "6", ["1 to 5", "'6'"]), ("number, min: 0.5", "0.40", ["0.5", "'0.40'"]),
            ("date, max: 2026-12-31", "2027-01-01", ["2026-12-31", "'2027-01-01'"]), ("text, min: 2, max: 3", "abcd", ["2 to 3", "4"]),
            ("text, min: 20", "password", ["at least 20", "8"]), ("list, min: 1, max: 1", "[a, b]", ["of 1 value,", "2"]),
            ("list, max: 1", "[a, b]", ["at most 1 value,", "2"]),
        ])
    func boundsMessage(_ type: String, _ value: String, _ facts: [String]) {
        let issues = parameters("{ type: \(type), default: \(value) }").issues
        #expect(issues.map(\.code) == ["manifest.bad_parameter"])
        for fact in facts { #expect(issues.first?.message.contains(fact) == true, "\(issues)") }
        #expect(!issues.contains { $0.message.contains("password") || $0.message.contains("abcd") })
    }

    @Test("bounds that no value fits are one mistake, and it is theirs")
    func crossed() {
        for (type, value) in [
            ("integer, min: 5, max: 1", "3"), ("text, min: 3, max: 2", "ab"), ("date, min: 2026-02-01, max: 2026-01-01", "2026-01-15"),
        ] {
            let issues = parameters("{ type: \(type), default: \(value) }").issues
            #expect(issues.map(\.code) == ["manifest.wrong_value"], "\(issues)")
            for bound in ["'min'", "'max'"] { #expect(issues[0].message.contains(bound), "\(issues)") }
        }
    }

    @Test("a list on the command line is separated by commas, with spaces beside them or without")
    func listSetting() throws {
        let loaded = parameters("{ type: list }", [ParameterSetting(name: "p", text: "FR, BE ,", origin: "--set p")])
        #expect(try loaded.get().parameters[0].value == .list([.text("FR"), .text("BE")]))
    }

    @Test("what is wrong on the command line is told in its words, with what was found")
    func settingMistakes() {
        let settings = [
            ParameterSetting(name: "p", text: "1O", origin: "--set p"), ParameterSetting(name: "q", text: "1", origin: "--set q"),
        ]
        let issues = parameters("{ type: integer, default: 1 }", settings).issues
        #expect(issues.map(\.code) == ["manifest.unknown_parameter", "manifest.bad_parameter"])
        for (issue, quotes) in zip(issues, [["--set q: ", "'q'", "'p'?"], ["--set p: ", "'1O'"]]) {
            for quote in quotes { #expect(issue.message.contains(quote), "\(issue)") }
        }
    }

    @Test("a wrong value of the workspace is told in the workspace's file")
    func workspaceMistake() {
        let workspace = "activations: { vip-customers: { params: { p: x } } }\n"
        let issues = parameters("{ type: integer, default: 1 }", workspace: workspace).issues
        #expect(issues.map(\.summary) == ["hookline.yaml:9:46 manifest.bad_parameter"])
    }

    @Test("'required: false' needs a default")
    func required() {
        #expect(parameters("{ type: text, required: true }", [ParameterSetting(name: "p", text: "x", origin: "--set p")]).value != nil)
        #expect(parameters("{ type: text, required: false }").issues.map(\.code) == ["manifest.missing_parameter", "manifest.missing_key"])
    }
}
