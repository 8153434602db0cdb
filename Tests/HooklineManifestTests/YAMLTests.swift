import Dispatch
import Foundation
import HooklineCore
import Testing

@testable import HooklineManifest

@Suite("YAML as the manifests read it")
struct YAMLTests {
    private func compose(_ text: String) -> (tree: Tree?, issues: [HooklineCore.Issue]) {
        let findings = Findings()
        let tree = TreeComposer(file: "f", findings: findings).compose(Array(text.utf8))
        return (tree, findings.issues)
    }

    @Test("a byte order mark and Windows line ends move nothing")
    func bomAndCRLF() throws {
        let (tree, issues) = compose("\u{FEFF}a: 1\r\nb:\r\n  c: d\r\n")
        #expect(issues.isEmpty)
        let b = try #require(tree?.entry("b"))
        #expect(tree?.entry("a")?.keyPosition == SourcePosition(file: "f", line: 1, column: 1))
        #expect(b.keyPosition == SourcePosition(file: "f", line: 2, column: 1))
        #expect(b.value.entry("c")?.value.position == SourcePosition(file: "f", line: 3, column: 6))
    }

    @Test("columns count characters, not bytes")
    func unicodeColumns() {
        let (tree, _) = compose("é: { ü: 日本, x: y }\n")
        #expect(tree?["é"]?.entry("x")?.keyPosition == SourcePosition(file: "f", line: 1, column: 13))
        #expect(tree?["é"]?["ü"]?.text == "日本")
    }

    @Test("keys repeated in several mappings, quoted and bare, are all told, and the first of each counts")
    func repeatedKeys() {
        let (tree, issues) = compose("a: 1\nb: { x: 1, \"x\": 2, 'x': 3 }\na: 2\nlong key: 1\nlong key: 2\nb: 3\n")
        #expect(
            issues.map(\.summary) == [
                "f:2:12 manifest.duplicate_key", "f:2:20 manifest.duplicate_key", "f:3:1 manifest.duplicate_key",
                "f:5:1 manifest.duplicate_key", "f:6:1 manifest.duplicate_key",
            ])
        for (issue, facts) in zip(issues, [("'x'", 2), ("'x'", 2), ("'a'", 1), ("'long key'", 4), ("'b'", 2)]) {
            #expect(issue.message.contains(facts.0) && issue.message.contains("line \(facts.1)"), "\(issue)")
        }
        #expect(tree?["a"]?.text == "1")
        #expect(tree?.entries.map(\.key) == ["a", "b", "long key"])
    }

    @Test("a key repeated with escapes, or a thousand times, is told and stops the reading")
    func repeatedBeyondMeasure() {
        #expect(compose("\"\\x61b\": 1\n\"\\x61b\": 2\n").issues.count == 1)
        let many = compose(String(repeating: "a: 1\n", count: 1_000))
        #expect(many.tree == nil)
        #expect(many.issues.count == 1)
        #expect(compose(": 1\n: 2\n").issues.count == 1)
        #expect(compose("[a]: 1\n[a]: 2\n").issues.count == 1)
    }

    @Test("nested aliases that stand for billions of values are refused in no time")
    func aliasBomb() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        text += "? *a60\n: 1\n? *a60\n: 2\n"
        let (tree, issues) = compose(text)
        #expect(tree == nil)
        #expect(issues.map(\.code) == ["manifest.unsupported_yaml"])
    }

    @Test("stars and ampersands in texts are no aliases")
    func stars() {
        let (tree, issues) = compose("cron: 0 6 * * *\nsql: SELECT * FROM a WHERE b *c = d & e\nname: R&D\nempty: \"\"\n")
        #expect(issues.isEmpty)
        #expect(tree?["cron"]?.text == "0 6 * * *")
        #expect(tree?["empty"]?.text == "")
    }

    @Test("block texts keep their lines")
    func blockText() {
        let (tree, _) = compose("sql: |\n  SELECT *\n  FROM a\nfolded: >-\n  a\n  b\n")
        #expect(tree?["sql"]?.text == "SELECT *\nFROM a\n")
        #expect(tree?["folded"]?.text == "a b")
    }

    @Test(
        "a slip that people make comes with a hint",
        arguments: [
            ("op: >=", "'>='"), ("op: @x", "%, @ or `"), ("op: *", "* or &"), ("a: b: c", "': '"), ("a: { b: ${env:X} }", "${…}"),
            ("a:\n\tb: 1", "tabs"), ("op: !=", "!"),
        ])
    func hints(_ text: String, _ hint: String) {
        let issues = compose(text).issues
        #expect(issues.count == 1)
        #expect(issues.first?.message.contains(hint) == true, "\(issues)")
    }

    @Test("a file as deep as YAML goes is refused on a thread with a small stack too")
    func smallStack() {
        let deep = [
            String(repeating: "[", count: 990) + String(repeating: "]", count: 990), "\n  " + String(repeating: "- ", count: 990) + "a",
            String(repeating: "{a: ", count: 990) + String(repeating: "}", count: 990),
        ]
        for value in deep {
            let done = DispatchSemaphore(value: 0)
            let thread = Thread {
                let codes = MemoryFiles(workspace: "hookline: 1\nstate: \(value)\n").load().issues.map(\.code)
                #expect(codes.contains("manifest.too_deep"))
                done.signal()
            }
            thread.stackSize = 512 << 10
            thread.start()
            done.wait()
        }
    }
}
