import HooklineCore
import HooklineManifest
import Support
import Testing

@Suite("Files that nobody wrote")
struct FuzzTests {
    /// What YAML makes something of, so that mutations get beyond its scanner.
    private static let morsels = [
        "&a", "*a", "? ", "- ", ": ", "{", "}", "[", "]", "|", ">", "'", "\"", "#", "!", "!!int ", "%", "---\n", "...\n", "<<: ", "\t",
        "\r\n", "\u{FEFF}",
        "\\x00", "~", "null", "${env:", "${param:x}", "\n", "  ", "hookline: 1\n", "\u{2028}", "\u{85}", "é", "name: ",
    ]

    private func mutated(_ text: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, at + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &random) }
            case 1: bytes.removeSubrange(at..<end)
            case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
            case 3: bytes.insert(contentsOf: Self.morsels.randomElement(using: &random).map { Array($0.utf8) } ?? [], at: at)
            default: bytes = Array(bytes.prefix(at))
            }
        }
        return bytes
    }

    private func isSound(_ issues: [HooklineCore.Issue]) -> Bool {
        let codes = Set(ManifestIssueCode.allCases.map(\.rawValue))
        return issues.allSatisfy { codes.contains($0.code) && ($0.position?.line ?? 1) >= 1 && ($0.position?.column ?? 1) >= 1 }
    }

    @Test("a workspace with random mistakes is read or refused, and never brings anything down", arguments: 1...8)
    func workspaces(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var memory = MemoryFiles()
            memory.texts["/w/hookline.yaml"] = mutated(ExamplesTests.workspace, &random)
            let loaded = memory.load()
            #expect(loaded.value != nil || loaded.issues.contains { $0.severity == .error })
            #expect(isSound(loaded.issues))
        }
    }

    @Test("a package with random mistakes is read or refused, and never brings anything down", arguments: 1...8)
    func packages(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 1_000)
        var memory = MemoryFiles(workspace: ExamplesTests.workspace)
        let document = try memory.load().get()
        for _ in 0..<60 {
            memory.texts["/w/activations/vip-customers/activation.yaml"] = mutated(ExamplesTests.activation, &random)
            let loaded = memory.loader.activation("vip-customers", in: document)
            #expect(loaded.value != nil || loaded.issues.contains { $0.severity == .error })
            #expect(isSound(loaded.issues))
        }
    }

    @Test("a large file of anything is answered")
    func large() {
        for morsel in ["a: 1\n", "- ", "[", "{a: ", "- a\n", "x", "'", "k\u{0}", "é"] {
            let count = (1 << 18) / morsel.utf8.count
            let memory = MemoryFiles(workspace: String(repeating: morsel, count: count))
            #expect(!memory.load().issues.isEmpty)
        }
        let names = (0..<8_000).map { "  s\($0): { type: csv, path: x }\n" }.joined()
        #expect(MemoryFiles(workspace: MemoryFiles.goodWorkspace + "models:\n" + names).load().issues.count <= 200)
    }
}
