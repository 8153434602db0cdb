import HooklineCore
import HooklineManifest
import Testing

@Suite("What keys come to")
struct SettingsTests {
    private func activation(_ more: String, workspace: String = MemoryFiles.goodWorkspace) throws -> Activation {
        try MemoryFiles(workspace: workspace, activation: MemoryFiles.goodActivation + more).activation().get()
    }

    @Test("intervals are in minutes, hours or days", arguments: [("1m", 60), ("90m", 5_400), ("1h", 3_600), ("2d", 172_800)])
    func intervals(_ text: String, _ seconds: Int) throws {
        #expect(try activation("every: \(text)\n").schedule == .every(seconds: seconds))
    }

    @Test("on_bad_value takes null as a word, and not as nothing")
    func nullPolicy() throws {
        let manifest =
            "hookline: 1\nname: vip-customers\nsource: shop\nsegment: { name: VIP }\ndestination: newsletter\nmapping: { email: email }\n"
        func loaded(_ model: String) -> Loaded<Activation> { MemoryFiles(activation: manifest + model).activation() }
        #expect(try loaded("model: { on_bad_value: null }\n").get().model.onBadValue == .null)
        #expect(!loaded("model:\n  on_bad_value:\n").issues.isEmpty)
    }

    @Test("limits carry their units")
    func limits() throws {
        let limits = try activation("limits: { memory: 128MB, instructions: 5000, cpu: 500ms, pattern_steps: 1000, log_lines: 0 }\n").limits
        #expect(
            limits == HookLimits(memoryBytes: 128 << 20, instructionsPerCall: 5_000, milliseconds: 500, patternSteps: 1_000, logLines: 0))
        #expect(try activation("limits: { cpu: 10s, memory: 4GB }\n").limits.milliseconds == 10_000)
    }

    @Test("a breakdown keeps emptied segments and stops at 50 labels, unless it says otherwise")
    func breakdown() throws {
        #expect(try activation("").breakdown == Breakdown(deleteEmpty: false, maxSegments: 50))
        let written = try activation("breakdown: { delete_empty: true, max_segments: 200 }\n").breakdown
        #expect(written == Breakdown(deleteEmpty: true, maxSegments: 200))
    }

    @Test("a breakdown's mistakes are found", arguments: ["max_segments: 0", "max_segments: 10001", "delete_empty: maybe"])
    func brokenBreakdown(_ text: String) {
        let loaded = MemoryFiles(activation: MemoryFiles.goodActivation + "breakdown: { \(text) }\n").activation()
        #expect(!loaded.issues.isEmpty)
    }

    @Test(
        "limits beyond the bounds are refused",
        arguments: ["memory: 5GB", "memory: 1KB", "cpu: 601s", "cpu: 0s", "memory: 64 MB", "log_lines: -1"])
    func bounds(_ limit: String) {
        let loaded = MemoryFiles(activation: MemoryFiles.goodActivation + "limits: { \(limit) }\n").activation()
        #expect(loaded.issues.map(\.code) == ["manifest.wrong_value"])
    }

    @Test("an activation's own settings go before its destination's defaults, safeguard by safeguard")
    func defaults() throws {
        let workspace =
            MemoryFiles.goodWorkspace + """
                    defaults:
                      email: address
                      every: 1h
                      timezone: Asia/Tokyo
                      safeguards: { max_removed: 10%, min_size: 5 }

                """
        let inherited = try activation("", workspace: workspace)
        #expect(inherited.emailField == "email")
        #expect(inherited.schedule == .every(seconds: 3_600))
        #expect(inherited.timezone == "Asia/Tokyo")
        #expect(inherited.safeguards == Safeguards(maxRemoved: .percent(10), minSize: 5))
        let own = try activation("schedule: '@daily'\ntimezone: UTC\nsafeguards: { max_removed: 500 }\nadopt: true\n", workspace: workspace)
        #expect(own.schedule?.text == "@daily")
        #expect(own.timezone == "UTC")
        #expect(own.safeguards == Safeguards(maxRemoved: .count(500), minSize: 5))
        #expect(own.adopt)
    }

    @Test(
        "the fields of a CSV source are separated by a comma, a semicolon or a tab",
        arguments: [("','", 44), ("';'", 59), ("\"\\t\"", 9), ("'\\t'", 9), ("tab", 9)])
    func delimiters(_ written: String, _ byte: UInt8) throws {
        let workspace = MemoryFiles.goodWorkspace.replacing("path: data/users.csv", with: "path: data/users.csv, delimiter: \(written)")
        #expect(try activation("", workspace: workspace).source.delimiter == byte)
    }

    @Test("hooks are one script or a list, in order")
    func hooks() throws {
        var memory = MemoryFiles(activation: MemoryFiles.goodActivation + "hooks: [b.lua, lib/a.lua]\n")
        memory[text: "activations/vip-customers/b.lua"] = ""
        memory[text: "activations/vip-customers/lib/a.lua"] = ""
        let activation = try memory.activation().get()
        #expect(activation.hooks == ["b.lua", "lib/a.lua"])
        #expect(activation.hooksPosition?.line == 7)
    }

    @Test(
        "time zones are names of the IANA database",
        arguments: [("Europe/Paris", true), ("Etc/UTC", true), ("UTC", true), ("EST", false), ("GMT+3", false)])
    func timezones(_ name: String, _ isKnown: Bool) {
        let loaded = MemoryFiles(activation: MemoryFiles.goodActivation + "timezone: \(name)\n").activation()
        #expect((loaded.value != nil) == isKnown)
    }

    @Test("a heading with nothing under it says that there is nothing")
    func emptyHeadings() {
        #expect(MemoryFiles(workspace: MemoryFiles.goodWorkspace + "models:\nsegments:\nactivations:\n").issues().map(\.summary) == [])
    }
}
