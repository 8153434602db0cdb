import HooklineCore
import HooklineManifest

extension Mistake {
    private static let head = "hookline: 1\n"
    private static let segment = "segment: { name: VIP customers }"

    static let nameMistakes: [Mistake] = [
        .workspace(
            "a name with a space", head + "sources: { 'my shop': { type: csv, path: x } }\n",
            Finding("2:12", .badName, "sources", "my shop")),
        .workspace(
            "a model of an unknown source", head + "sources: { shop: { type: csv, path: x } }\nmodels: { m: { source: shp } }\n",
            Finding("3:24", .unknownSource, "shp", "shop")),
        .workspace(
            "a segment of an unknown model", head + "segments: { s: { name: S, model: m } }\n",
            Finding("2:34", .unknownModel, "m")),
        .workspace(
            "settings of an unknown activation", head + "activations: { vip: { params: { a: 1 } } }\n",
            Finding("2:16", .unknownActivation, "vip", isWarning: true)),
        .activation(
            "another name than the folder's", "name: vip-customers", "name: vip",
            Finding("2:7", .nameMismatch, "vip", "vip-customers")),
        .activation(
            "an unknown source", "source: shop", "source: shp",
            Finding("3:9", .unknownSource, "shp", "shop")),
        .activation(
            "an unknown destination", "destination: newsletter", "destination: newsleter",
            Finding("5:14", .unknownDestination, "newsleter", "newsletter")
        ),
        .activation(
            "an unknown model", "source: shop", "model: customers",
            Finding("3:8", .unknownModel, "customers")),
        .activation(
            "an unknown segment", segment, "segment: vip",
            Finding("4:10", .unknownSegment, "vip")),
        .activation(
            "a source beside a named model", "source: shop", "source: shop\nmodel: customers",
            Finding("3:1", .conflictingKeys, "customers", "source"),
            workspace: MemoryFiles.goodWorkspace + "models: { customers: { source: shop } }\n"),
        .activation(
            "a query of a file", "source: shop", "source: shop\nmodel: { sql: SELECT 1 }",
            Finding("4:10", .conflictingKeys, "sql", "shop")),
        .activation(
            "a database without a table", "source: shop", "source: shop\nmodel: { primary_key: id }",
            Finding("4:8", .missingKey, "table", "sql", "shop"),
            workspace: MemoryFiles.goodWorkspace.replacing("csv", with: "sqlite").replacing("users.sqlite", with: "users.csv")),
        .activation(
            "a source's file that is not there", "", "",
            Finding("!hookline.yaml:3:28", .noSuchFile, "shop", "/w/data/users.csv"),
            prepare: { $0.texts["/w/data/users.csv"] = nil }),
        .activation(
            "a script that is not there", "source: shop", "source: shop\nhooks: hook.lua",
            Finding("4:8", .noSuchFile, "hook.lua", "hooks.lua")
        ),
        .activation(
            "scripts outside", "source: shop", "source: shop\nhooks: [../a.lua, /etc/passwd, a//b, hooks.lua, hooks.lua]",
            Finding("4:9", .outsidePackage, "../a.lua", "s folder, without "),
            Finding("4:19", .outsidePackage, "/etc/passwd", "s folder, without "),
            Finding("4:32", .outsidePackage, "a//b", "s folder, without "),
            Finding("4:49", .wrongValue, "hooks.lua")),
        .activation(
            "a script that is a link out", "source: shop", "source: shop\nhooks: link.lua",
            Finding("4:8", .outsidePackage, "link.lua"),
            prepare: { $0.links["/w/activations/vip-customers/link.lua"] = "/w/data/users.csv" }),
    ]

    private static func rule(_ what: String, _ rule: String, _ findings: Finding...) -> Mistake {
        let text = "segment:\n  name: V\n  where: \(rule)"
        var memory = MemoryFiles(activation: MemoryFiles.goodActivation.replacing(segment, with: text))
        memory[text: "x"] = ""
        return Mistake(what: what, findings: findings.map { $0.placed(in: Mistake.activationFile) }, memory: memory)
    }

    static let ruleMistakes: [Mistake] = [
        rule(
            "a bare list", "[{ field: a, op: is_null }]",
            Finding("6:10", .wrongType)),
        rule(
            "a text for a rule", "a = 1",
            Finding("6:10", .wrongType)),
        rule(
            "an operator without quotes", "{ field: a, op: !=, value: 1 }",
            Finding("6:26", .unsupportedYAML, "!=")),
        rule(
            "an unknown operator", "{ field: a, op: is_nul }",
            Finding("6:26", .unknownOperator, "op", "is_nul", "is_null")),
        rule("no value", "{ field: a, op: '=' }", Finding("6:10", .missingKey, "value")),
        rule(
            "NULL as a value", "{ field: a, op: '=', value: null }",
            Finding("6:38", .wrongOperand)),
        rule(
            "a list for one value", "{ field: a, op: '=', value: [1, 2] }",
            Finding("6:38", .wrongOperand)),
        rule(
            "one value for a list", "{ field: a, op: in, value: 1 }",
            Finding("6:37", .wrongOperand, "in")),
        rule(
            "an empty list", "{ field: a, op: in, value: [] }",
            Finding("6:37", .wrongOperand, "in")),
        rule(
            "NULL in a list", "{ field: a, op: in, value: [FR, ~, [x]] }",
            Finding("6:42", .wrongOperand),
            Finding("6:45", .wrongOperand)),
        rule(
            "three for a pair", "{ field: a, op: between, value: [1, 2, 3] }",
            Finding("6:42", .wrongOperand, "between")),
        rule(
            "a value for none", "{ field: a, op: is_null, value: 1 }",
            Finding("6:35", .wrongOperand, "is_null", "value")),
        rule("an empty group", "{ any: [] }", Finding("6:17", .wrongValue, "any")),
        rule(
            "a group of one mapping", "{ all: { field: a, op: is_null } }",
            Finding("6:17", .wrongType, "all")),
        rule(
            "two groups", "{ all: [{ field: a, op: is_null }], not: { field: a, op: is_null } }",
            Finding("6:46", .conflictingKeys, "not", "all")),
        rule(
            "conditions too deep",
            String(repeating: "{ not: ", count: 50) + "{ field: a, op: is_null }" + String(repeating: " }", count: 50),
            Finding("6:360", .tooDeep)),
        rule(
            "an unknown parameter", "{ field: a, op: '=', value: '${param:x}' }",
            Finding("6:38", .unknownParameter, "x")),
        rule(
            "a secret for a value", "{ field: a, op: '=', value: '${env:MAILCHIMP_API_KEY}' }",
            Finding("6:38", .badReference, "${env:…}")
        ),
    ]

    private static func parameter(_ what: String, _ declared: String, _ findings: Finding...) -> Mistake {
        let memory = MemoryFiles(activation: MemoryFiles.goodActivation + "parameters: { a: \(declared) }\n")
        return Mistake(what: what, findings: findings.map { $0.placed(in: Mistake.activationFile + ":7") }, memory: memory)
    }

    static let parameterMistakes: [Mistake] = [
        parameter(
            "a parameter of an unknown type", "{ type: nmber, default: 1 }",
            Finding("26", .wrongValue, "type", "nmber", "number")
        ),
        parameter(
            "a parameter that nobody set", "{ type: text }",
            Finding("15", .missingParameter, "a")),
        parameter(
            "a default of another type", "{ type: integer, default: 1.5 }",
            Finding("44", .badParameter, "a", "1.5")),
        parameter(
            "a list for one", "{ type: number, default: [1] }",
            Finding("43", .badParameter, "a")),
        parameter("one for a list", "{ type: list, default: x }", Finding("41", .badParameter, "a")),
        parameter(
            "a value beside the allowed ones", "{ type: text, default: gld, values: [gold, silver] }",
            Finding("41", .badParameter, "a", "gold", "silver", "gld")),
        parameter(
            "required, and yet a default", "{ type: text, default: x, required: true }",
            Finding("44", .conflictingKeys, "required: true")),
        parameter(
            "a default that is a mapping", "{ type: text, default: {} }",
            Finding("41", .wrongType, "default")),
        .activation(
            "a setting for a parameter that is not there", "", "",
            Finding("!hookline.yaml:9:43", .unknownParameter, "treshold", "vip-customers"),
            workspace: MemoryFiles.goodWorkspace + "activations: { vip-customers: { params: { treshold: 1 } } }\n"),
    ]

    static let laterMistakes: [Mistake] = [
        .workspace(
            "a webhook that nothing is sent to", head + "notify: { webhook: \"${env:SLACK_WEBHOOK_URL}\" }\n",
            Finding("2:11", .noEffect, "webhook", isWarning: true)),
        .workspace(
            "a default schedule that starts nothing", MemoryFiles.goodWorkspace + "    defaults: { email: email, every: 1h }\n",
            Finding("9:31", .noEffect, "every", isWarning: true)),
        .activation(
            "a schedule that starts nothing", "source: shop", "source: shop\nschedule: 0 6 * * *",
            Finding("4:1", .noEffect, "schedule", isWarning: true)),
        .activation(
            "a package from elsewhere that adopts a segment", "", "",
            Finding("!packages/spenders/activation.yaml:7:1", .noEffect, "adopt", isWarning: true),
            prepare: {
                $0[text: "packages/spenders/activation.yaml"] =
                    MemoryFiles.goodActivation.replacing("vip-customers", with: "spenders") + "adopt: true\n"
            }),
        .workspace(
            "a ledger in PostgreSQL", head + "state: postgres://db/hookline\n",
            Finding("2:8", .stateNotInBuild)),
    ]
}
