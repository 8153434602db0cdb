import HooklineCore
import HooklineManifest
import Testing

@Suite("References and secrets")
struct ReferenceTests {
    @Test("a secret is resolved when it is used, from the environment or from a file without its last newline")
    func resolve() throws {
        var memory = MemoryFiles()
        memory[text: "key.txt"] = "abc-us21\n"
        #expect(try memory.loader.resolve(.environment("MAILCHIMP_API_KEY")) == "abc-us21")
        #expect(try memory.loader.resolve(.file("/w/key.txt")) == "abc-us21")
        #expect(try memory.loader.resolve(.literal("abc")) == "abc")
    }

    @Test("what cannot be resolved is named, its value never")
    func unresolved() {
        var memory = MemoryFiles()
        memory.environment["EMPTY"] = ""
        memory[text: "empty.txt"] = "\n"
        memory[text: "long.txt"] = String(repeating: "x", count: 65_537)
        memory.texts["/w/binary.txt"] = [0xFF]
        let expected: [(secret: Secret, code: String, quotes: [String])] = [
            (.environment("CRM_DATABASE_URI"), "manifest.unresolved_env", ["'CRM_DATABASE_URI'", "'CRM_DATABASE_URL'?"]),
            (.environment("EMPTY"), "manifest.unresolved_env", ["'EMPTY'"]),
            (.file("/w/none.txt"), "manifest.unreadable_secret", ["'/w/none.txt'"]),
            (.file("/w/data"), "manifest.unreadable_secret", ["'/w/data'"]),
            (.file("/w/empty.txt"), "manifest.unreadable_secret", ["'/w/empty.txt'"]),
            (.file("/w/long.txt"), "manifest.unreadable_secret", ["'/w/long.txt'"]),
            (.file("/w/binary.txt"), "manifest.unreadable_secret", ["'/w/binary.txt'"]),
        ]
        for (secret, code, quotes) in expected {
            let error = #expect(throws: IssuesFound.self) { try memory.loader.resolve(secret) }
            #expect(error?.issues.map(\.code) == [code])
            for quote in quotes { #expect(error?.issues.first?.message.contains(quote) == true) }
        }
    }

    @Test("references in plain texts are replaced where they stand")
    func texts() throws {
        var memory = MemoryFiles(
            workspace: """
                hookline: 1
                state: sqlite:${env:STATE}/ledger.db
                sources:
                  shop: { type: csv, path: "${env:DATA}/users-$${x}.csv" }
                destinations:
                  newsletter:
                    type: mailchimp
                    api_key: ${file:secrets/key}
                    base_url: ${env:BASE}
                    audience: ${file:audience.txt}

                """)
        memory.environment = ["STATE": "/var/state", "DATA": "data", "BASE": "http://127.0.0.1:8089/3.0"]
        memory[text: "secrets/key"] = "abc-us21"
        memory[text: "audience.txt"] = "a1b2c3d4e5\n"
        memory[text: "data/users-${x}.csv"] = "id,email\n"
        #expect(memory.issues().map(\.summary) == [])
        let workspace = try memory.load().get().workspace
        #expect(workspace.ledgerPath == "/var/state/ledger.db")
        #expect(workspace.sources["shop"]?.path == "/w/data/users-${x}.csv")
        #expect(workspace.destinations["newsletter"]?.baseURL == "http://127.0.0.1:8089/3.0")
        #expect(workspace.destinations["newsletter"]?.audience == "a1b2c3d4e5")
        #expect(workspace.destinations["newsletter"]?.credential == .apiKey(.file("/w/secrets/key")))
    }

    @Test("a variable that is missing for one destination does not stop another")
    func otherDestination() throws {
        let other = """
              other: { type: mailchimp, api_key: "${env:OTHER_KEY}", audience: "${env:OTHER_AUDIENCE}" }

            """
        let memory = MemoryFiles(workspace: MemoryFiles.goodWorkspace + other)
        let document = try memory.load().get()
        #expect(document.workspace.destinations.keys.sorted() == ["newsletter"])
        #expect(document.destination(named: "other").issues.map(\.code) == ["manifest.unresolved_env", "manifest.unresolved_env"])
        #expect(document.unresolved.map { $0.position?.line } == [9, 9])
        #expect(memory.activation().issues == [])
        #expect(try memory.activation().get().destination.name == "newsletter")
    }

    @Test("an activation tells what is missing for its own destination and source, unless it stays offline")
    func ownDestination() {
        let workspace = MemoryFiles.goodWorkspace.replacing("a1b2c3d4e5", with: "${env:AUDIENCE}").replacing(
            "data/users.csv", with: "\"${env:FILE}\"")
        let memory = MemoryFiles(workspace: workspace)
        #expect(memory.activation().issues.map { $0.position?.line } == [3, 8])
        #expect(memory.activation().value == nil)
        #expect(memory.activation(purpose: .offline).issues == [])
        #expect(memory.activation(purpose: .offline).value?.destination.audience == "${env:AUDIENCE}")
    }

    @Test("an unresolved ledger path is an error of the workspace, because everything needs it")
    func state() {
        let loaded = MemoryFiles(workspace: MemoryFiles.goodWorkspace + "state: sqlite:${env:NOPE}\n").load()
        #expect(loaded.issues.map(\.code) == ["manifest.unresolved_env"])
        #expect(loaded.value == nil)
    }

    @Test("no issue shows a secret, whatever is wrong around it")
    func neverShown() {
        let key = "0123456789abcdef0123456789abcdef-us21"
        for location in [
            "api_key: [\(key)]", "api_key: { key: \(key) }", "api_key: \"\(key)${env:X}\"", "access_token: \(key)",
            "api_key: \"\(key)${x:y}\"",
        ] {
            let memory = MemoryFiles(workspace: MemoryFiles.goodWorkspace.replacing("api_key: ${env:MAILCHIMP_API_KEY}", with: location))
            let lines = memory.issues().map(\.line)
            #expect(!lines.isEmpty)
            #expect(lines.allSatisfy { !$0.contains("0123456789") }, "\(lines)")
        }
        let document = MemoryFiles(workspace: MemoryFiles.goodWorkspace.replacing("${env:MAILCHIMP_API_KEY}", with: key)).load().partial
        #expect(!String(describing: document).contains("0123456789"))
    }
}
