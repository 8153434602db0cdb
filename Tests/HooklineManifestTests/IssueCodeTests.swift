import HooklineCore
import HooklineManifest
import Testing

/// One mistake, and the lines that it brings, exactly.
struct Mistake: Sendable, CustomTestStringConvertible {
    let what: String
    let lines: [String]
    let memory: MemoryFiles

    var testDescription: String { what }

    /// A mistake in `hookline.yaml`.
    static func workspace(_ what: String, _ text: String, _ lines: String..., prepare: (inout MemoryFiles) -> Void = { _ in }) -> Mistake {
        var memory = MemoryFiles(workspace: text)
        // The package would only repeat what is wrong here.
        memory.texts["/w/activations/vip-customers/activation.yaml"] = nil
        prepare(&memory)
        return Mistake(what: what, lines: lines.map { "hookline.yaml:" + $0 }, memory: memory)
    }

    /// A mistake in `activation.yaml`: a part of the good one, replaced.
    static func activation(
        _ what: String, _ part: String, _ replacement: String, _ lines: String..., workspace: String = MemoryFiles.goodWorkspace,
        prepare: (inout MemoryFiles) -> Void = { _ in }
    ) -> Mistake {
        var memory = MemoryFiles(workspace: workspace, activation: MemoryFiles.goodActivation.replacing(part, with: replacement))
        prepare(&memory)
        return Mistake(
            what: what, lines: lines.map { $0.first == "!" ? String($0.dropFirst()) : "activations/vip-customers/activation.yaml:" + $0 },
            memory: memory)
    }
}

@Suite("Every mistake is told with file, line and column, what was found, what is allowed and the nearest name")
struct IssueCodeTests {
    @Test("the line is exactly this one", arguments: Mistake.all)
    func line(_ mistake: Mistake) {
        #expect(mistake.memory.lines() == mistake.lines)
    }

    @Test("each code is shown by at least one of these mistakes, and no code is made up")
    func complete() {
        let shown = Set(Mistake.all.flatMap(\.lines).compactMap { $0.split(separator: "[").last?.dropLast() }.map { String($0) })
        #expect(shown == Set(ManifestIssueCode.allCases.map(\.rawValue)))
    }

    @Test("a file with everything wrong shows everything at once")
    func everything() {
        let memory = MemoryFiles(
            activation: """
                hookline: 1
                name: vip-customers
                name: again
                version: one
                sorce: shop
                segment: { name: V, where: { field: a, op: =>, value: 1 } }
                destination: newsleter
                mapping: { email: [a] }
                hooks: hoks.lua
                schedule: 0 6 * *
                timezone: Europe/Pari
                safeguards: { max_removed: many, allow_empty_source: perhaps }

                """)
        let file = "activations/vip-customers/activation.yaml"
        #expect(
            memory.lines() == [
                "\(file):1:1: an activation needs 'source', unless its segment or model is one of the workspace [manifest.missing_key]",
                "\(file):3:1: the key 'name' already stands in line 2; a key stands once [manifest.duplicate_key]",
                "\(file):4:10: 'version' takes a version such as 1.0.0 (semver.org), found 'one' [manifest.bad_version]",
                "\(file):5:1: 'sorce' is not a key of an activation; allowed are hookline, name, version, description, requires, api, parameters, source, fields, model,"
                    + " segment, consent, destination, mapping, hooks, schedule, every, timezone, safeguards, limits, breakdown,"
                    + " on_drift, on_rename, reconcile, max_duration or adopt; did you mean 'source'?"
                    + " [manifest.unknown_key]",
                "\(file):6:44: 'op' takes =, !=, <, <=, >, >=, in, not_in, contains, starts_with, ends_with, matches, is_null, is_not_null,"
                    + " between, before, after, within_days, older_than_days, in_next_days, anniversary_within_days, has, has_any or has_all, found '=>'; did you mean '>='? [manifest.unknown_operator]",
                "\(file):7:14: there is no destination 'newsleter'; the workspace has newsletter; did you mean 'newsletter'?"
                    + " [manifest.unknown_destination]",
                "\(file):8:19: 'email' takes the name of a field, found a list [manifest.wrong_type]",
                "\(file):9:8: there is no script 'hoks.lua' in the package; the folder holds hooks.lua; did you mean 'hooks.lua'?"
                    + " [manifest.no_such_file]",
                "\(file):10:11: a cron line has five fields (minute hour day month weekday), this one has 4: for example '0 6 * * *'"
                    + " [manifest.bad_schedule]",
                "\(file):11:11: 'Europe/Pari' is not a time zone; allowed are IANA names such as Europe/Paris, and UTC;"
                    + " did you mean 'Europe/Paris'? [manifest.bad_timezone]",
                "\(file):12:28: 'max_removed' takes a number of users such as 500, or a share such as 20%, found 'many' [manifest.wrong_value]",
                "\(file):12:54: 'allow_empty_source' takes true or false, found 'perhaps' [manifest.wrong_value]",
            ])
    }

    @Test("an activation that is not there is answered with the nearest name")
    func unknownActivation() {
        #expect(
            MemoryFiles().activation("vip-custmers").issues.map(\.line) == [
                "there is no activation 'vip-custmers'; the workspace has vip-customers; did you mean 'vip-customers'?"
                    + " [manifest.unknown_activation]"
            ])
    }

    @Test("a destination that is not there is answered with the nearest name")
    func unknownDestination() throws {
        let document = try MemoryFiles().load().get()
        #expect(
            document.destination(named: "newsleter").issues.map(\.line) == [
                "there is no destination 'newsleter'; the workspace has newsletter; did you mean 'newsletter'? [manifest.unknown_destination]"
            ])
        #expect(document.source(named: "sop").issues.map(\.code) == ["manifest.unknown_source"])
        #expect(document.source(named: "shop").value?.kind == .csv)
    }

    @Test("what a message shows of a file is cut short and can do nothing to a terminal")
    func terminal() {
        let lines = MemoryFiles(activation: "hookline: 1\n\"\\e[31m\(String(repeating: "x", count: 100))\": 1\n").lines()
        let unknown = lines.first { $0.contains("unknown_key") } ?? ""
        #expect(unknown.contains(":2:1: '\\u{1B}[31m\(String(repeating: "x", count: 55))…' is not a key"))
        #expect(!unknown.contains("\u{1B}"))
    }
}
