import HooklineCore
import HooklineManifest

extension Mistake {
    private static let head = "hookline: 1\n"
    private static let segment = "segment: { name: VIP customers }"

    static let nameMistakes: [Mistake] = [
        .workspace(
            "a name with a space", head + "sources: { 'my shop': { type: csv, path: x } }\n",
            "2:12: a name under 'sources' takes letters, digits, '_', '-' and '.', 1 to 64 of them, found 'my shop' [manifest.bad_name]"),
        .workspace(
            "a model of an unknown source", head + "sources: { shop: { type: csv, path: x } }\nmodels: { m: { source: shp } }\n",
            "3:24: there is no source 'shp'; the workspace has shop; did you mean 'shop'? [manifest.unknown_source]"),
        .workspace(
            "a segment of an unknown model", head + "segments: { s: { name: S, model: m } }\n",
            "2:34: there is no model 'm'; the workspace has none [manifest.unknown_model]"),
        .workspace(
            "settings of an unknown activation", head + "activations: { vip: { params: { a: 1 } } }\n",
            "2:16: warning: there is no activation 'vip'; the workspace has none [manifest.unknown_activation]"),
        .activation(
            "another name than the folder's", "name: vip-customers", "name: vip",
            "2:7: the activation is named 'vip' and its folder 'vip-customers'; both have the same name [manifest.name_mismatch]"),
        .activation(
            "an unknown source", "source: shop", "source: shp",
            "3:9: there is no source 'shp'; the workspace has shop; did you mean 'shop'? [manifest.unknown_source]"),
        .activation(
            "an unknown destination", "destination: newsletter", "destination: newsleter",
            "5:14: there is no destination 'newsleter'; the workspace has newsletter; did you mean 'newsletter'? [manifest.unknown_destination]"
        ),
        .activation(
            "an unknown model", "source: shop", "model: customers",
            "3:8: there is no model 'customers'; the workspace has none [manifest.unknown_model]"),
        .activation(
            "an unknown segment", segment, "segment: vip",
            "4:10: there is no segment 'vip'; the workspace has none; a segment of the activation's own is written segment: { name: …,"
                + " where: … } [manifest.unknown_segment]"),
        .activation(
            "a source beside a named model", "source: shop", "source: shop\nmodel: customers",
            "3:1: the model 'customers' of the workspace brings its source; leave 'source' out [manifest.conflicting_keys]",
            workspace: MemoryFiles.goodWorkspace + "models: { customers: { source: shop } }\n"),
        .activation(
            "a query of a file", "source: shop", "source: shop\nmodel: { sql: SELECT 1 }",
            "4:10: 'sql' needs a database, and the source 'shop' is a csv file; pick rows with where: [manifest.conflicting_keys]"),
        .activation(
            "a database without a table", "source: shop", "source: shop\nmodel: { primary_key: id }",
            "4:8: the model needs 'table' or 'sql', because the source 'shop' is a sqlite database [manifest.missing_key]",
            workspace: MemoryFiles.goodWorkspace.replacing("csv", with: "sqlite").replacing("users.sqlite", with: "users.csv")),
        .activation(
            "a source's file that is not there", "", "",
            "!hookline.yaml:3:28: there is no file: the source 'shop' reads '/w/data/users.csv' [manifest.no_such_file]",
            prepare: { $0.texts["/w/data/users.csv"] = nil }),
        .activation(
            "a script that is not there", "source: shop", "source: shop\nhooks: hook.lua",
            "4:8: there is no script 'hook.lua' in the package; the folder holds hooks.lua; did you mean 'hooks.lua'? [manifest.no_such_file]"
        ),
        .activation(
            "scripts outside", "source: shop", "source: shop\nhooks: [../a.lua, /etc/passwd, a//b, hooks.lua, hooks.lua]",
            "4:9: '../a.lua' is not a path inside the package; a script is named relative to the package's folder, without '..'"
                + " [manifest.outside_package]",
            "4:19: '/etc/passwd' is not a path inside the package; a script is named relative to the package's folder, without '..'"
                + " [manifest.outside_package]",
            "4:32: 'a//b' is not a path inside the package; a script is named relative to the package's folder, without '..'"
                + " [manifest.outside_package]",
            "4:49: the script 'hooks.lua' stands twice in the list; a script runs once [manifest.wrong_value]"),
        .activation(
            "a script that is a link out", "source: shop", "source: shop\nhooks: link.lua",
            "4:8: 'link.lua' is a link that leads out of the package; put the script itself there [manifest.outside_package]",
            prepare: { $0.links["/w/activations/vip-customers/link.lua"] = "/w/data/users.csv" }),
    ]

    private static func rule(_ what: String, _ rule: String, _ lines: String...) -> Mistake {
        let text = "segment:\n  name: V\n  where: \(rule)"
        var memory = MemoryFiles(activation: MemoryFiles.goodActivation.replacing(segment, with: text))
        memory[text: "x"] = ""
        return Mistake(what: what, lines: lines.map { "activations/vip-customers/activation.yaml:" + $0 }, memory: memory)
    }

    static let ruleMistakes: [Mistake] = [
        rule(
            "a bare list", "[{ field: a, op: is_null }]",
            "6:10: a list of conditions stands under all: (every one holds) or any: (one holds) [manifest.wrong_type]"),
        rule(
            "a text for a rule", "a = 1",
            "6:10: a condition is a mapping: { field: …, op: …, value: … }, or all:, any: or not:, found a text [manifest.wrong_type]"),
        rule(
            "an operator without quotes", "{ field: a, op: !=, value: 1 }",
            "6:26: '!=' is a YAML tag, and these files have none; a text that begins with ! stands in quotes [manifest.unsupported_yaml]"),
        rule(
            "an unknown operator", "{ field: a, op: is_nul }",
            "6:26: 'op' takes =, !=, <, <=, >, >=, in, not_in, contains, starts_with, ends_with, matches, is_null, is_not_null, between,"
                + " before, after, within_days, older_than_days, in_next_days, anniversary_within_days, has, has_any or has_all, found 'is_nul'; did you mean 'is_null'? [manifest.unknown_operator]"
        ),
        rule("no value", "{ field: a, op: '=' }", "6:10: '=' needs a 'value': one value [manifest.missing_key]"),
        rule(
            "NULL as a value", "{ field: a, op: '=', value: null }",
            "6:38: '=' never holds for NULL; test for it with is_null or is_not_null [manifest.wrong_operand]"),
        rule(
            "a list for one value", "{ field: a, op: '=', value: [1, 2] }",
            "6:38: '=' takes one value, found a list; for several values there is in [manifest.wrong_operand]"),
        rule(
            "one value for a list", "{ field: a, op: in, value: 1 }",
            "6:37: 'in' takes a list such as [FR, BE], found one value [manifest.wrong_operand]"),
        rule(
            "an empty list", "{ field: a, op: in, value: [] }",
            "6:37: 'in' takes a list of at least one value, found an empty one [manifest.wrong_operand]"),
        rule(
            "NULL in a list", "{ field: a, op: in, value: [FR, ~, [x]] }",
            "6:42: NULL in a list never matches; add a test with is_null under any: [manifest.wrong_operand]",
            "6:45: a list holds single values, found a list [manifest.wrong_operand]"),
        rule(
            "three for a pair", "{ field: a, op: between, value: [1, 2, 3] }",
            "6:42: 'between' takes a list of two values, found 3 [manifest.wrong_operand]"),
        rule(
            "a value for none", "{ field: a, op: is_null, value: 1 }",
            "6:35: 'is_null' takes no value; leave 'value' out [manifest.wrong_operand]"),
        rule("an empty group", "{ any: [] }", "6:17: 'any' needs at least one condition [manifest.wrong_value]"),
        rule(
            "a group of one mapping", "{ all: { field: a, op: is_null } }",
            "6:17: 'all' takes a list of conditions, found a mapping [manifest.wrong_type]"),
        rule(
            "two groups", "{ all: [{ field: a, op: is_null }], not: { field: a, op: is_null } }",
            "6:46: 'not' does not go with 'all' in line 6; put both under an all: [manifest.conflicting_keys]"),
        rule(
            "conditions too deep",
            String(repeating: "{ not: ", count: 50) + "{ field: a, op: is_null }" + String(repeating: " }", count: 50),
            "6:360: conditions stand more than 50 levels deep here [manifest.too_deep]"),
        rule(
            "an unknown parameter", "{ field: a, op: '=', value: '${param:x}' }",
            "6:38: there is no parameter 'x'; the manifest declares none [manifest.unknown_parameter]"),
        rule(
            "a secret for a value", "{ field: a, op: '=', value: '${env:MAILCHIMP_API_KEY}' }",
            "6:38: '${env:…}' is not a reference that stands here; allowed are ${param:…}, and $${ for the characters ${ [manifest.bad_reference]"
        ),
    ]

    private static func parameter(_ what: String, _ declared: String, _ lines: String...) -> Mistake {
        let memory = MemoryFiles(activation: MemoryFiles.goodActivation + "parameters: { a: \(declared) }\n")
        return Mistake(what: what, lines: lines.map { "activations/vip-customers/activation.yaml:7:" + $0 }, memory: memory)
    }

    static let parameterMistakes: [Mistake] = [
        parameter(
            "a parameter of an unknown type", "{ type: nmber, default: 1 }",
            "26: 'type' takes text, integer, number, boolean, date, list or enum, found 'nmber'; did you mean 'number'? [manifest.wrong_value]"
        ),
        parameter(
            "a parameter that nobody set", "{ type: text }",
            "15: the parameter 'a' has no value; set it with --set a=…, or in hookline.yaml: activations: { vip-customers: { params: { a: … } } }"
                + " [manifest.missing_parameter]"),
        parameter(
            "a default of another type", "{ type: integer, default: 1.5 }",
            "44: the parameter 'a' takes a whole number, found '1.5' [manifest.bad_parameter]"),
        parameter(
            "a list for one", "{ type: number, default: [1] }",
            "43: the parameter 'a' takes one number, not a list [manifest.bad_parameter]"),
        parameter("one for a list", "{ type: list, default: x }", "41: the parameter 'a' is a list; write [a, b] [manifest.bad_parameter]"),
        parameter(
            "a value beside the allowed ones", "{ type: text, default: gld, values: [gold, silver] }",
            "41: the parameter 'a' takes 'gold' or 'silver', found 'gld'; did you mean 'gold'? [manifest.bad_parameter]"),
        parameter(
            "required, and yet a default", "{ type: text, default: x, required: true }",
            "44: 'required: true' does not go with a default; keep one of them [manifest.conflicting_keys]"),
        parameter(
            "a default that is a mapping", "{ type: text, default: {} }",
            "41: 'default' takes a value or a list of values, found a mapping [manifest.wrong_type]"),
        .activation(
            "a setting for a parameter that is not there", "", "",
            "!hookline.yaml:9:43: there is no parameter 'treshold'; the activation 'vip-customers' declares none [manifest.unknown_parameter]",
            workspace: MemoryFiles.goodWorkspace + "activations: { vip-customers: { params: { treshold: 1 } } }\n"),
    ]

    static let laterMistakes: [Mistake] = [
        .workspace(
            "a ledger in PostgreSQL", head + "state: postgres://db/hookline\n",
            "2:8: a ledger in PostgreSQL is not in this build yet; allowed is sqlite:PATH [manifest.state_not_in_build]"),
        .activation(
            "a source that this build cannot read", "source: shop", "source: crm\nmodel: { table: users }",
            "3:9: the source 'crm' is postgres, which this build cannot read yet; it reads csv, jsonl or sqlite [manifest.source_not_in_build]",
            workspace: MemoryFiles.goodWorkspace.replacing(
                "destinations:", with: "  crm: { type: postgres, url: '${env:CRM_DATABASE_URL}' }\ndestinations:")),
    ]
}
