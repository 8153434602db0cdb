import HooklineCore
import HooklineManifest

extension Mistake {
    static let all = fileMistakes + keyMistakes + columnMistakes + nameMistakes + ruleMistakes + parameterMistakes + laterMistakes

    private static let head = "hookline: 1\n"

    private static let fileMistakes: [Mistake] = [
        .workspace("an empty file", "", Finding("1:1", .empty)),
        .workspace("a file of comments", "# nothing\n", Finding("1:1", .empty)),
        .workspace("a file that is nothing", "---\n~\n", Finding("1:1", .empty)),
        .workspace(
            "a file that is not there", "",
            Finding("1:1", .unreadableFile),
            prepare: { $0.texts["/w/hookline.yaml"] = nil }),
        .workspace(
            "a folder for a file", "",
            Finding("1:1", .unreadableFile),
            prepare: {
                $0.texts["/w/hookline.yaml"] = nil
                $0[text: "hookline.yaml/x"] = ""
            }),
        .workspace(
            "a file beyond all measure", head + String(repeating: "#", count: 1 << 20),
            Finding("1:1", .tooBig)),
        .workspace(
            "bytes that are not UTF-8", "", Finding("2:4", .notUTF8),
            prepare: { $0.texts["/w/hookline.yaml"] = Array("hookline: 1\nx: ".utf8) + [0xFF, 0xFE] }),
        .workspace(
            "a control character", "hookline: 1\nx: \u{7}\n",
            Finding("2:4", .syntax)),
        .workspace(
            "a tab for an indent", "hookline: 1\nsources:\n\tshop: 3\n",
            Finding("3:1", .syntax)),
        .workspace(
            "a reference without quotes between braces", "hookline: 1\nnotify: { webhook: ${env:X} }\n",
            Finding("2:21", .syntax)),
        .workspace(
            "two documents", "hookline: 1\n---\nhookline: 1\n",
            Finding("3:1", .unsupportedYAML)),
        .workspace(
            "aliases", "hookline: &one 1\nstate: *one\n",
            Finding("2:8", .unsupportedYAML)),
        .workspace(
            "an alias of nothing", "hookline: 1\nstate: *one\n",
            Finding("2:8", .unsupportedYAML)),
        .workspace(
            "a tag", "hookline: !!int 1\n",
            Finding("1:11", .unsupportedYAML, "tag:yaml.org,2002:int")),
        .workspace(
            "a key that is a list", "hookline: 1\n? [a]\n: 1\n",
            Finding("2:3", .unsupportedYAML)),
        .workspace(
            "values too deep", "hookline: 1\nnotify: \(String(repeating: "[", count: 200))\(String(repeating: "]", count: 200))\n",
            Finding("2:9", .wrongType, "notify"),
            Finding("2:136", .tooDeep)),
        .workspace(
            "values deeper than YAML goes", "hookline: 1\nnotify: \(String(repeating: "[", count: 2_000))\n",
            Finding("2:10", .tooDeep)),
        .workspace(
            "a list for a file", "- a\n",
            Finding("1:1", .wrongType)),
    ]

    private static let keyMistakes: [Mistake] = [
        .workspace("no version of the format", "state: sqlite:x\n", Finding("1:1", .missingKey, "hookline")),
        .workspace(
            "a version of the format to come", "hookline: 2\n",
            Finding("1:11", .unsupportedVersion, "2")),
        .workspace(
            "a key beside the known ones", head + "sources: { a: { type: csv, path: x, delimeter: ';' } }\n",
            Finding("2:37", .unknownKey, "delimeter", "delimiter")),
        .workspace(
            "a key of another mapping", head + "encoding: utf-8\n",
            Finding("2:1", .unknownKey, "encoding")),
        .workspace(
            "a source of no type", head + "sources: { a: { path: x } }\n",
            Finding("2:15", .missingKey, "a", "type")),
        .workspace(
            "a source of an unknown type", head + "sources: { a: { type: cvs, path: x } }\n",
            Finding("2:23", .wrongValue, "type", "cvs", "csv")),
        .workspace(
            "a source that is a text", head + "sources: { a: users.csv }\n",
            Finding("2:15", .wrongType, "a", "type")),
        .workspace(
            "a delimiter of two characters", head + "sources: { a: { type: csv, path: x, delimiter: '||' } }\n",
            Finding("2:48", .wrongValue, "delimiter", "||")),
        .workspace(
            "keys that stand twice", head + "hookline: 1\nstate: sqlite:a\nstate: sqlite:b\n'state': sqlite:c\n",
            Finding("2:1", .duplicateKey, "hookline"),
            Finding("4:1", .duplicateKey, "state"),
            Finding("5:1", .duplicateKey, "state")),
        .workspace(
            "two credentials",
            head + "destinations:\n  a: { type: mailchimp, api_key: \"${env:MAILCHIMP_API_KEY}\","
                + " access_token: \"${env:MAILCHIMP_API_KEY}\", audience: x }\n",
            Finding("3:62", .conflictingKeys, "access_token", "api_key")),
        .workspace(
            "no credential and no audience", head + "destinations:\n  a:\n    type: mailchimp\n",
            Finding("4:5", .missingKey, "audience"),
            Finding("4:5", .missingKey, "api_key", "access_token")),
        .workspace(
            "too many connections", MemoryFiles.goodWorkspace + "    connections: 11\n",
            Finding("9:18", .wrongValue, "connections", "11")),
        .workspace(
            "an address without a scheme", MemoryFiles.goodWorkspace + "    base_url: localhost:8089\n",
            Finding("9:15", .wrongValue, "base_url", "localhost:8089")),
        .workspace(
            "an audience with white space behind it",
            MemoryFiles.goodWorkspace.replacing("audience: a1b2c3d4e5", with: "audience: \"a1b2c3d4e5 \""),
            Finding("8:15", .wrongValue, "audience", "a1b2c3d4e5")),
        .workspace(
            "an audience with white space before it",
            MemoryFiles.goodWorkspace.replacing("audience: a1b2c3d4e5", with: "audience: \"\\ta1b2c3d4e5\""),
            Finding("8:15", .wrongValue, "audience", "a1b2c3d4e5")),
        .workspace(
            "an audience's name with white space",
            MemoryFiles.goodWorkspace.replacing("audience: a1b2c3d4e5", with: "audience: My readers"),
            Finding("8:15", .wrongValue, "audience")),
        .workspace(
            "an audience's name with other letters",
            MemoryFiles.goodWorkspace.replacing("audience: a1b2c3d4e5", with: "audience: Leser-Grüße"),
            Finding("8:15", .wrongValue, "audience")),
        .workspace(
            "a literal key", MemoryFiles.goodWorkspace.replacing("${env:MAILCHIMP_API_KEY}", with: "0123456789abcdef-us21"),
            Finding("7:14", .literalSecret, "api_key", isWarning: true)),
        .workspace(
            "a password in an address", head + "sources: { a: { type: postgres, url: \"postgres://u:secret@db/x\" } }\n",
            Finding("2:38", .literalSecret, "url")),
        .workspace(
            "a reference with something beside it", head + "notify: { webhook: \"https://example.com/${env:X}\" }\n",
            Finding("2:20", .badReference, "webhook")
        ),
        .workspace(
            "a variable of a shell in place of a secret", MemoryFiles.goodWorkspace.replacing("${env:MAILCHIMP_API_KEY}", with: "$MC_KEY"),
            Finding("7:14", .badReference, "api_key", isWarning: false)),
        .workspace(
            "a variable of a CI system in place of a secret",
            MemoryFiles.goodWorkspace.replacing("${env:MAILCHIMP_API_KEY}", with: "\"${{ secrets.MC_KEY }}\""),
            Finding("7:14", .badReference, "api_key")),
        .workspace(
            "a variable of a shell in a path", head + "sources: { shop: { type: csv, path: $HOME/users.csv } }\n",
            Finding("2:37", .shellVariable, "path", isWarning: true)),
        .workspace(
            "an address without the API's version",
            MemoryFiles.goodWorkspace.replacing("api_key:", with: "base_url: https://proxy.example.com/mc/\n    api_key:"),
            Finding("7:15", .baseURL, "base_url", isWarning: true)),
        .activation(
            "a backslash that was doubled without double quotes", "segment: { name: VIP customers }",
            "segment:\n  where: { field: email, op: matches, value: '\\\\.org$' }\n  name: VIP customers",
            Finding("5:46", .doubledBackslash, "\\\\.", isWarning: true)),
        .workspace(
            "a reference of an unknown kind", head + "notify: { webhook: \"${enf:X}\" }\n",
            Finding("2:20", .badReference, "${enf:…}", "env")),
        .workspace(
            "a variable that is not set", MemoryFiles.goodWorkspace.replacing("MAILCHIMP_API_KEY", with: "MAILCHIMP_APIKEY"),
            Finding("7:14", .unresolvedEnvironment, "MAILCHIMP_APIKEY", "MAILCHIMP_API_KEY")),
        .workspace(
            "a secret's file that is not there",
            MemoryFiles.goodWorkspace.replacing("env:MAILCHIMP_API_KEY", with: "file:/run/secrets/key"),
            Finding("7:14", .unreadableSecret, "/run/secrets/key")),
        .activation(
            "a version of the package that is none", "source: shop", "source: shop\nversion: 1.0",
            Finding("4:10", .badVersion, "version", "1.0")),
        .activation(
            "an interval below a minute", "source: shop", "source: shop\nevery: 30s",
            Finding("4:8", .badSchedule, "every", "30s")),
        .activation(
            "a cron line with an hour too many", "source: shop", "source: shop\nschedule: 0 25 * * *",
            Finding("4:11", .badSchedule, "25")),
        .activation(
            "a step that leaves one value", "source: shop", "source: shop\nschedule: \"*/90 * * * *\"",
            Finding("4:11", .badSchedule, "*/90", "every: 90m")),
        .activation(
            "a day that no month has", "source: shop", "source: shop\nschedule: 0 6 30 2 *",
            Finding("4:11", .badSchedule, "30", "2")),
        .activation(
            "a time of the day without its zero", "source: shop", "source: shop\nat: { time: \"9:00\" }",
            Finding("4:13", .badSchedule, "9:00")),
        .activation(
            "a day in a language of its own", "source: shop", "source: shop\nat: [ { days: [mon, mittwoch], time: \"09:00\" } ]",
            Finding("4:21", .wrongValue, "mittwoch")),
        .activation(
            "two ways to say when", "source: shop", "source: shop\nat: { time: \"09:00\" }\nevery: 1h",
            Finding("4:1", .noEffect, "at", isWarning: true), Finding("5:1", .conflictingKeys, "at", "every"),
            Finding("5:1", .noEffect, "every", isWarning: true)),
        .activation(
            "an activation that comes after itself", "source: shop", "source: shop\nafter: vip-customers",
            Finding("4:1", .noEffect, "after", isWarning: true), Finding("4:8", .badSchedule, "after")),
        .activation(
            "an activation that comes after one that is not there", "source: shop", "source: shop\nafter: crm-sync",
            Finding("4:1", .noEffect, "after", isWarning: true), Finding("4:8", .unknownActivation, "crm-sync")),
        .activation(
            "a time zone that is none", "source: shop", "source: shop\ntimezone: Europe/Pariss",
            Finding("4:11", .badTimezone, "Europe/Pariss", "Europe/Paris")),
        .activation(
            "a reference to the environment in a package", "name: VIP customers", "name: \"${env:MAILCHIMP_API_KEY}\"",
            Finding("4:18", .badReference)),
        .activation(
            "a model that is a list", "source: shop", "source: shop\nmodel: [a]",
            Finding("4:8", .wrongType, "model")),
        .activation(
            "no word about the address", "mapping: { email: email }", "mapping: {}",
            Finding("6:1", .missingKey)),
    ]
}
