import HooklineCore
import HooklineManifest

extension Mistake {
    static let all = fileMistakes + keyMistakes + columnMistakes + nameMistakes + ruleMistakes + parameterMistakes + laterMistakes

    private static let head = "hookline: 1\n"

    private static let fileMistakes: [Mistake] = [
        .workspace("an empty file", "", "1:1: the file is empty; it starts with hookline: 1 [manifest.empty]"),
        .workspace("a file of comments", "# nothing\n", "1:1: the file is empty; it starts with hookline: 1 [manifest.empty]"),
        .workspace("a file that is nothing", "---\n~\n", "1:1: the file is empty; it starts with hookline: 1 [manifest.empty]"),
        .workspace(
            "a file that is not there", "",
            "1:1: there is no hookline.yaml here; hookline init makes a workspace [manifest.unreadable_file]",
            prepare: { $0.texts["/w/hookline.yaml"] = nil }),
        .workspace(
            "a folder for a file", "",
            "1:1: hookline.yaml cannot be read; is it a file, and who may read it? [manifest.unreadable_file]",
            prepare: {
                $0.texts["/w/hookline.yaml"] = nil
                $0[text: "hookline.yaml/x"] = ""
            }),
        .workspace(
            "a file beyond all measure", head + String(repeating: "#", count: 1 << 20),
            "1:1: the file is longer than 1 MB, and no manifest is [manifest.too_big]"),
        .workspace(
            "bytes that are not UTF-8", "", "2:4: the file is not UTF-8 from here on; save it as UTF-8 [manifest.not_utf8]",
            prepare: { $0.texts["/w/hookline.yaml"] = Array("hookline: 1\nx: ".utf8) + [0xFF, 0xFE] }),
        .workspace(
            "a control character", "hookline: 1\nx: \u{7}\n",
            "2:4: the character U+7 may not stand in a YAML file; remove it [manifest.syntax]"),
        .workspace(
            "a tab for an indent", "hookline: 1\nsources:\n\tshop: 3\n",
            "3:1: this is not YAML: found character that cannot start any token while scanning for the next token; lines are indented with"
                + " spaces, never with tabs [manifest.syntax]"),
        .workspace(
            "a reference without quotes between braces", "hookline: 1\nnotify: { webhook: ${env:X} }\n",
            "2:21: this is not YAML: did not find expected ',' or '}' while parsing a flow mapping; between { } and [ ] a text with ${…}"
                + " stands in quotes [manifest.syntax]"),
        .workspace(
            "two documents", "hookline: 1\n---\nhookline: 1\n",
            "3:1: a second document starts before here; the file is one document [manifest.unsupported_yaml]"),
        .workspace(
            "aliases", "hookline: &one 1\nstate: *one\n",
            "2:8: anchors (&name) and aliases (*name) are not read in these files; write the value out, or share it through models: and"
                + " segments: of the workspace [manifest.unsupported_yaml]"),
        .workspace(
            "an alias of nothing", "hookline: 1\nstate: *one\n",
            "2:8: found undefined alias; a text that begins with * stands in quotes [manifest.unsupported_yaml]"),
        .workspace(
            "a tag", "hookline: !!int 1\n",
            "1:11: 'tag:yaml.org,2002:int' is a YAML tag, and these files have none; a text that begins with ! stands in quotes"
                + " [manifest.unsupported_yaml]"),
        .workspace(
            "a key that is a list", "hookline: 1\n? [a]\n: 1\n",
            "2:3: a key is a plain word, not a list or a mapping [manifest.unsupported_yaml]"),
        .workspace(
            "values too deep", "hookline: 1\nnotify: \(String(repeating: "[", count: 200))\(String(repeating: "]", count: 200))\n",
            "2:9: 'notify' takes a mapping with the keys webhook, found a list [manifest.wrong_type]",
            "2:136: values stand more than 128 levels deep here; no manifest needs that [manifest.too_deep]"),
        .workspace(
            "values deeper than YAML goes", "hookline: 1\nnotify: \(String(repeating: "[", count: 2_000))\n",
            "2:10: values stand more than 128 levels deep here; no manifest needs that [manifest.too_deep]"),
        .workspace(
            "a list for a file", "- a\n",
            "1:1: the file takes a mapping with the keys hookline, state, sources, destinations, models, segments, activations, notify,"
                + " found a list [manifest.wrong_type]"),
    ]

    private static let keyMistakes: [Mistake] = [
        .workspace("no version of the format", "state: sqlite:x\n", "1:1: a workspace needs 'hookline' [manifest.missing_key]"),
        .workspace(
            "a version of the format to come", "hookline: 2\n",
            "1:11: this Hookline reads version 1 of the format, and the file says '2': upgrade Hookline, or write hookline: 1"
                + " [manifest.unsupported_version]"),
        .workspace(
            "a key beside the known ones", head + "sources: { a: { type: csv, path: x, delimeter: ';' } }\n",
            "2:37: 'delimeter' is not a key of a csv source; allowed are type, path, delimiter, escape, encoding, skip_lines, null_values, trim or timezone; did you mean 'delimiter'?"
                + " [manifest.unknown_key]"),
        .workspace(
            "a source of no type", head + "sources: { a: { path: x } }\n",
            "2:15: 'a' needs 'type': csv, jsonl, sqlite, postgres or odbc [manifest.missing_key]"),
        .workspace(
            "a source of an unknown type", head + "sources: { a: { type: cvs, path: x } }\n",
            "2:23: 'type' takes csv, jsonl, sqlite, postgres or odbc, found 'cvs'; did you mean 'csv'? [manifest.wrong_value]"),
        .workspace(
            "a source that is a text", head + "sources: { a: users.csv }\n",
            "2:15: 'a' takes a mapping with a 'type', found a text [manifest.wrong_type]"),
        .workspace(
            "a delimiter of two characters", head + "sources: { a: { type: csv, path: x, delimiter: '||' } }\n",
            "2:48: 'delimiter' takes one character of ASCII that is neither a quote nor a line end, or tab, found '||' [manifest.wrong_value]"
        ),
        .workspace(
            "keys that stand twice", head + "hookline: 1\nstate: sqlite:a\nstate: sqlite:b\n'state': sqlite:c\n",
            "2:1: the key 'hookline' already stands in line 1; a key stands once [manifest.duplicate_key]",
            "4:1: the key 'state' already stands in line 3; a key stands once [manifest.duplicate_key]",
            "5:1: the key 'state' already stands in line 3; a key stands once [manifest.duplicate_key]"),
        .workspace(
            "two credentials",
            head + "destinations:\n  a: { type: mailchimp, api_key: \"${env:MAILCHIMP_API_KEY}\","
                + " access_token: \"${env:MAILCHIMP_API_KEY}\", audience: x }\n",
            "3:62: 'access_token' does not go with 'api_key' in line 3; keep one of them [manifest.conflicting_keys]"),
        .workspace(
            "no credential and no audience", head + "destinations:\n  a:\n    type: mailchimp\n",
            "4:5: a mailchimp destination needs 'audience' [manifest.missing_key]",
            "4:5: a mailchimp destination needs 'api_key' or 'access_token' [manifest.missing_key]"),
        .workspace(
            "too many connections", MemoryFiles.goodWorkspace + "    connections: 11\n",
            "9:18: 'connections' takes a whole number from 1 to 10, found '11' [manifest.wrong_value]"),
        .workspace(
            "an address without a scheme", MemoryFiles.goodWorkspace + "    base_url: localhost:8089\n",
            "9:15: 'base_url' takes an address such as http://127.0.0.1:8089/3.0, found 'localhost:8089' [manifest.wrong_value]"),
        .workspace(
            "a literal key", MemoryFiles.goodWorkspace.replacing("${env:MAILCHIMP_API_KEY}", with: "0123456789abcdef-us21"),
            "7:14: warning: 'api_key' holds a secret; it belongs in the environment or in a file of its own: ${env:NAME} or ${file:PATH}"
                + " [manifest.literal_secret]"),
        .workspace(
            "a password in an address", head + "sources: { a: { type: postgres, url: \"postgres://u:secret@db/x\" } }\n",
            "2:38: warning: 'url' holds a secret; it belongs in the environment or in a file of its own: ${env:NAME} or ${file:PATH}"
                + " [manifest.literal_secret]"),
        .workspace(
            "a reference with something beside it", head + "notify: { webhook: \"https://example.com/${env:X}\" }\n",
            "2:20: 'webhook' is one reference and nothing beside it, such as ${env:NAME}: put the whole value there [manifest.bad_reference]"
        ),
        .workspace(
            "a reference of an unknown kind", head + "notify: { webhook: \"${enf:X}\" }\n",
            "2:20: '${enf:…}' is not a reference that stands here; allowed are ${env:…} or ${file:…}, and $${ for the characters ${;"
                + " did you mean 'env'? [manifest.bad_reference]"),
        .workspace(
            "a variable that is not set", MemoryFiles.goodWorkspace.replacing("MAILCHIMP_API_KEY", with: "MAILCHIMP_APIKEY"),
            "7:14: the environment variable 'MAILCHIMP_APIKEY' is not set; set it and try again; did you mean 'MAILCHIMP_API_KEY'?"
                + " [manifest.unresolved_env]"),
        .workspace(
            "a secret's file that is not there",
            MemoryFiles.goodWorkspace.replacing("env:MAILCHIMP_API_KEY", with: "file:/run/secrets/key"),
            "7:14: the file '/run/secrets/key' does not exist [manifest.unreadable_secret]"),
        .activation(
            "a version of the package that is none", "source: shop", "source: shop\nversion: 1.0",
            "4:10: 'version' takes a version such as 1.0.0 (semver.org), found '1.0' [manifest.bad_version]"),
        .activation(
            "an interval below a minute", "source: shop", "source: shop\nevery: 30s",
            "4:8: 'every' takes an interval in minutes, hours or days, such as 15m, 1h or 2d, and at least 1m, found '30s'"
                + " [manifest.bad_schedule]"),
        .activation(
            "a cron line with an hour too many", "source: shop", "source: shop\nschedule: 0 25 * * *",
            "4:11: the hour field '25' of the cron line is none: allowed are *, numbers from 0 to 23, ranges (1-5), lists (1,15) and steps"
                + " (*/10) [manifest.bad_schedule]"),
        .activation(
            "a time zone that is none", "source: shop", "source: shop\ntimezone: Europe/Pariss",
            "4:11: 'Europe/Pariss' is not a time zone; allowed are IANA names such as Europe/Paris, and UTC; did you mean 'Europe/Paris'?"
                + " [manifest.bad_timezone]"),
        .activation(
            "a reference to the environment in a package", "name: VIP customers", "name: \"${env:MAILCHIMP_API_KEY}\"",
            "4:18: 'name' takes no references; ${env:…} and ${file:…} stand for addresses and secrets in hookline.yaml, ${param:…} for values"
                + " in where: [manifest.bad_reference]"),
        .activation(
            "a model that is a list", "source: shop", "source: shop\nmodel: [a]",
            "4:8: 'model' takes a name or a mapping, found a list [manifest.wrong_type]"),
        .activation(
            "no word about the address", "mapping: { email: email }", "mapping: {}",
            "6:1: nothing says which field holds the address: add mapping: { email: FIELD }, or defaults: { email: FIELD } to the destination"
                + " [manifest.missing_key]"),
    ]
}
