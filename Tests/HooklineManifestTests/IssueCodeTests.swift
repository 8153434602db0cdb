import HooklineCore
import HooklineManifest
import Testing

@Suite("A mistake in a manifest")
struct IssueCodeTests {
    @Test("it has its code and position, and quotes what was found and the nearest name", arguments: Mistake.all)
    func mistake(_ mistake: Mistake) {
        let issues = mistake.memory.issues()
        #expect(issues.map(\.summary) == mistake.findings.map(\.summary))
        for (issue, finding) in zip(issues, mistake.findings) {
            for quote in finding.quotes { #expect(issue.message.contains("'\(quote)'"), "\(issue.line)") }
        }
    }

    @Test("each code is shown by at least one of these mistakes")
    func complete() {
        #expect(Set(Mistake.all.flatMap(\.findings).map(\.code)) == Set(ManifestIssueCode.allCases))
    }

    @Test("a message is one line with file, line, column and code")
    func line() {
        for issue in Mistake.all.flatMap({ $0.memory.issues() }) {
            #expect(issue.line.firstMatch(of: /^[^:\n]+:\d+:\d+: [^\n]+ \[manifest\.[a-z0-9_]+\]$/) != nil, "\(issue.line)")
        }
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
        #expect(
            memory.issues().map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.code)" } == [
                "1:1 manifest.missing_key", "3:1 manifest.duplicate_key", "4:10 manifest.bad_version", "5:1 manifest.unknown_key",
                "6:44 manifest.unknown_operator", "7:14 manifest.unknown_destination", "8:19 manifest.wrong_type",
                "9:8 manifest.no_such_file", "10:11 manifest.bad_schedule", "11:11 manifest.bad_timezone", "12:28 manifest.wrong_value",
                "12:54 manifest.wrong_value",
            ])
    }

    @Test("an unknown activation or destination is answered with the nearest name")
    func unknownName() throws {
        let activation = MemoryFiles().activation("vip-custmers").issues
        #expect(activation.map(\.code) == ["manifest.unknown_activation"])
        #expect(activation[0].message.contains("'vip-customers'?"))
        let document = try MemoryFiles().load().get()
        let destination = document.destination(named: "newsleter").issues
        #expect(destination.map(\.code) == ["manifest.unknown_destination"])
        #expect(destination[0].message.contains("'newsletter'?"))
        #expect(document.source(named: "sop").issues.map(\.code) == ["manifest.unknown_source"])
        #expect(document.source(named: "shop").value?.kind == .csv)
    }

    @Test("what a message quotes of a file is cut short and can do nothing to a terminal")
    func terminal() {
        let issues = MemoryFiles(activation: "hookline: 1\n\"\\e[31m\(String(repeating: "x", count: 100))\": 1\n").issues()
        let unknown = issues.first { $0.code == "manifest.unknown_key" }?.line ?? ""
        #expect(unknown.contains(":2:1: '\\u{1B}[31m\(String(repeating: "x", count: 55))…'"))
        #expect(!unknown.contains("\u{1B}"))
    }
}
