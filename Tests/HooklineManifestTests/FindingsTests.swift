import HooklineCore
import HooklineManifest
import Testing

@Suite("Many issues")
struct FindingsTests {
    @Test("a file full of warnings hides no error")
    func warningsAndErrors() {
        let destinations = (0..<300).map { "  d\($0): { type: mailchimp, api_key: written-us1, audience: a }\n" }.joined()
        let loaded = MemoryFiles(workspace: "hookline: 1\ndestinations:\n\(destinations)models: { m: { source: none } }\n").load()
        #expect(loaded.issues.count { $0.severity == .warning } == 200)
        #expect(loaded.issues.filter { $0.severity == .error }.map(\.code) == ["manifest.unknown_source"])
        #expect(loaded.value == nil)
    }

    @Test("errors are told up to 200, and a file with more is refused all the same")
    func manyErrors() {
        let keys = (0..<1_000).map { "k\($0): 1\n" }.joined()
        let loaded = MemoryFiles(workspace: "hookline: 1\n" + keys).load()
        #expect(loaded.issues.count == 200)
        #expect(loaded.value == nil)
    }

    @Test("long texts are texts")
    func longTexts() throws {
        let sql = "SELECT " + String(repeating: "a, ", count: 200_000) + "b FROM c"
        let workspace = MemoryFiles.goodWorkspace.replacing("type: csv", with: "type: sqlite")
        let activation = MemoryFiles.goodActivation + "model: { sql: '\(sql)' }\n"
        #expect(try MemoryFiles(workspace: workspace, activation: activation).activation().get().model.sql == sql)
        let blank = MemoryFiles.goodActivation + "model: { sql: '\(String(repeating: " ", count: 200_000))' }\n"
        #expect(MemoryFiles(workspace: workspace, activation: blank).activation().issues.map(\.code) == ["manifest.wrong_value"])
    }
}
