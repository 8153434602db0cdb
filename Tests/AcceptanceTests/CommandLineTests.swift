import Foundation
import MailchimpSimulator
import Testing

@Suite("The command line")
struct CommandLineTests {
    private func withShop(_ body: (Shop) async throws -> Void) async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(30)
        let shop = try await Shop(options)
        do { try await body(shop) } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    @Test("refuses a directory that does not exist, with any command, before or after it")
    func directory() async throws {
        try await withShop { shop in
            try shop.write(users: (1...3).map { ($0, "FR") })
            for arguments in [["-C", "nope", "check"], ["run", "vip", "-C", "data/nope"], ["status", "--directory=hookline.yaml"]] {
                let result = try await shop.shell.hookline(arguments)
                #expect(result.status == 2, "\(arguments)")
            }
            #expect(shop.server.segments.isEmpty)
            #expect(try await shop.shell.hookline("-C", "data", "check").status == 0)
        }
    }

    @Test(
        "suggests the command that was meant",
        arguments: [
            (["chekc"], "hookline check"), (["keys", "lsit"], "hookline keys list"), (["histroy", "vip"], "hookline history"),
            (["help", "chekc"], "hookline check"), (["help", "keys", "lsit"], "hookline keys list"),
        ])
    func commands(_ arguments: [String], _ meant: String) async throws {
        let shell = Shell(folder: FileManager.default.temporaryDirectory, environment: [:])
        let result = try await shell.hookline(arguments)
        #expect(result.status == 2 && result.errors.contains("'\(meant)'"), "\(result.errors)")
        let json = try await shell.hookline(arguments + ["--json"]).json()["error"] as? [String: Any]
        #expect(json?["code"] as? String == "usage")
    }

    @Test("has examples in the help of every command, and each starts with the command's own name")
    func examples() async throws {
        let shell = Shell(folder: FileManager.default.temporaryDirectory, environment: [:])
        let description = try await shell.hookline("--experimental-dump-help").json()["command"] as? [String: Any]
        var names: [String] = []
        func look(_ command: [String: Any], _ path: String) {
            let name = "\(path) \(command["commandName"] as? String ?? "")"
            let below = (command["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
            if path.isEmpty { return below.forEach { look($0, "hookline") } }
            names.append(name)
            let lines = (command["discussion"] as? String ?? "").split(separator: "\n")
            #expect(lines.contains("EXAMPLES:") && lines.contains { $0.hasPrefix("  \(name)") }, "\(name)")
            below.forEach { look($0, name) }
        }
        look(try #require(description), "")
        #expect(names.count >= 28)
        let page = try await shell.hookline("manual").output
        for name in names { #expect(page.contains(".SS \"\(name.replacing("-", with: "\\-"))"), "\(name)") }
    }

    @Test("completes the names of activations", arguments: ["run", "plan", "check"])
    func completion(_ command: String) async throws {
        try await withShop { shop in
            let result = try await shop.shell.hookline(
                "---completion", command, "--", command == "plan" ? "name" : "names", "0", "0", "--", "-C", shop.folder.path)
            #expect(result.output.split(separator: "\n").map(String.init).contains("vip"), "\(result.output) \(result.errors)")
            for shell in ["bash", "zsh", "fish"] {
                #expect(try await shop.shell.hookline("--generate-completion-script", shell).output.contains("---completion"), "\(shell)")
            }
        }
    }

    @Test("prints, with a saved plan, the command that sends it")
    func saved() async throws {
        try await withShop { shop in
            try shop.write("hookline.yaml", try String(contentsOf: shop.folder.appendingPathComponent("hookline.yaml"), encoding: .utf8))
            try shop.write("activations/vip/activation.yaml", Shop.activation + "\nsafeguards: { max_removed: 1 }\n")
            try shop.write(users: (1...10).map { ($0, "FR") })
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            try shop.write(users: (1...10).map { ($0, $0 > 4 ? "FR" : "BE") })
            let planned = try await shop.shell.hookline("plan", "vip", "-o", "a plan's.json", "--allow-removals", "4")
            #expect(planned.status == 0)
            let line = try #require(planned.errors.split(separator: "\n").first { $0.contains("hookline") && $0.contains("apply") })
            let command = try #require(line.firstRange(of: "hookline ").map { String(line[$0.upperBound...]) })
            let words = try await Self.words(of: command, in: shop.folder)
            #expect(try await shop.shell.hookline(words).status == 0, "\(command)")
            #expect(shop.members().count == 6)
            let history = try await shop.shell.hookline("plan", "vip", "--refresh").output
            #expect(history.contains("deleted"))
        }
    }

    @Test("prints, with a plan that several safeguards stopped, the command that lets it pass, from any folder")
    func stoppedPlan() async throws {
        try await withShop { shop in
            try shop.write(
                "activations/vip/activation.yaml", Shop.activation + "\nsafeguards: { max_removed: 1, min_size: 5, max_added: 1 }\n")
            try shop.write(users: (1...10).map { ($0, "FR") })
            let allowed = ["--allow-additions", "10"]
            #expect(try await shop.shell.hookline(["run", "vip"] + allowed).status == 0)
            try shop.write(users: (1...14).map { ($0, $0 > 10 ? "FR" : "BE") })
            let elsewhere = shop.folder.appendingPathComponent("any where")
            try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            let shell = Shell(folder: elsewhere, environment: shop.shell.environment)
            let planned = try await shell.hookline("plan", "vip", "-C", shop.folder.path, "-o", "a plan's.json", "--require-jail")
            #expect(planned.status == 3)
            let line = try #require(planned.errors.split(separator: "\n").first { $0.contains(" apply ") })
            let command = try #require(line.firstRange(of: ": hookline ").map { String(line[$0.upperBound...]) })
            let words = try await Self.words(of: command, in: elsewhere)
            #expect(
                words.contains("--allow-removals") && words.contains("--allow-additions") && words.contains("--allow-small"), "\(words)")
            #expect(try await shell.hookline(words).status == 0, "\(command)")
            #expect(shop.members().count == 4)
        }
    }

    @Test("says that a plan cannot pass which the review hook stopped")
    func refusedPlan() async throws {
        try await withShop { shop in
            try shop.write("activations/vip/activation.yaml", Shop.activation + "\nhooks: hooks.lua\n")
            try shop.write("activations/vip/hooks.lua", "return { review = function() return false, 'no' end }\n")
            try shop.write(users: (1...3).map { ($0, "FR") })
            let planned = try await shop.shell.hookline("plan", "vip", "-o", "plan.json")
            #expect(planned.status == 3, "\(planned.errors)")
            #expect(planned.errors.contains("review hook") && !planned.errors.contains("hookline apply plan.json"))
        }
    }

    @Test(
        "fails if its result cannot be written, and says so",
        arguments: [
            ["manual"], ["schema"], ["hooks"], ["hooks", "--json"], ["manual", "--json"], ["--help"], ["--version"], ["help", "plan"],
            ["--generate-completion-script", "bash"],
        ])
    func fullDisk(_ arguments: [String]) async throws {
        let shell = Shell(folder: FileManager.default.temporaryDirectory, environment: [:])
        let result = try await shell.hookline(arguments, outputTo: "/dev/full")
        #expect(result.status == 1 && result.errors.contains("cannot write to standard output"), "\(result)")
    }

    @Test("ends a command that fails anyway with its own status if its result cannot be written, and a plan with 1")
    func fullDiskInShop() async throws {
        try await withShop { shop in
            try shop.write(users: (1...3).map { ($0, "FR") })
            for arguments in [["plan", "vip"], ["plan", "vip", "--json"], ["run", "vip"], ["status"], ["status", "--json"], ["check"]] {
                let result = try await shop.shell.hookline(arguments, outputTo: "/dev/full")
                let isSilent = arguments == ["check"] && result.status == 0
                #expect(isSilent || (result.status == 1 && result.errors.contains("cannot write to standard output")), "\(arguments)")
            }
            // The run was applied nevertheless.
            #expect(shop.members().count == 3)
            let failed = try await shop.shell.hookline("plan", "nope", "--json", outputTo: "/dev/full")
            #expect(failed.status == 2 && failed.errors.contains("cannot write to standard output"))
        }
    }

    @Test("is silent about a reader that has seen enough")
    func closedPipe() async throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "'\(Shell.program.path)' manual | head -n 1 >/dev/null"]
        process.standardError = errors
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(text.isEmpty && process.terminationStatus == 0)
    }

    @Test(
        "says what is missing behind a flag of all commands",
        arguments: [(["-C"], "folder"), (["-C", "."], "command"), (["--json"], "command"), (["--directory"], "folder")])
    func missing(_ arguments: [String], _ what: String) async throws {
        let shell = Shell(folder: FileManager.default.temporaryDirectory, environment: [:])
        let result = try await shell.hookline(arguments)
        #expect(result.status == 2 && result.errors.contains(what) && !result.errors.contains("Unknown option"), "\(result.errors)")
        #expect(try await shell.hookline("-C", ".", "help").status == 0)
    }

    @Test("has a manual page of ASCII with a date, and each flag of all commands once")
    func manual() async throws {
        let page = try await Shell(folder: FileManager.default.temporaryDirectory, environment: [:]).hookline("manual").output
        #expect(page.utf8.allSatisfy { $0 < 128 })
        #expect(page.contains(#/^\.TH HOOKLINE 1 "\d{4}-\d{2}-\d{2}" /#))
        for flag in ["no\\-color", "quiet", "directory"] {
            #expect(page.split(separator: "\n").filter { $0.contains("\\fB\\-\\-\(flag)\\fR") }.count == 1, "\(flag)")
        }
    }

    @Test("offers the buckets of rows", arguments: ["bash", "zsh", "fish"])
    func buckets(_ shellName: String) async throws {
        let shell = Shell(folder: FileManager.default.temporaryDirectory, environment: [:])
        let script = try await shell.hookline("--generate-completion-script", shellName).output
        #expect(script.contains("bad_email") && script.contains("not_a_contact"))
    }

    /// The words of a command, as a shell cuts it.
    private static func words(of command: String, in folder: URL) async throws -> [String] {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "printf '%s\\n' \(command)"]
        process.standardOutput = pipe
        try process.run()
        process.waitUntilExit()
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("counts nobody as left in a run that was stopped")
    func stopped() async throws {
        try await withShop { shop in
            try shop.write("activations/vip/activation.yaml", Shop.activation + "\nsafeguards: { max_removed: 1 }\n")
            try shop.write(users: (1...10).map { ($0, "FR") })
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            try shop.write(users: (1...10).map { ($0, $0 > 7 ? "FR" : "BE") })
            #expect(try await shop.shell.hookline("run", "vip").status == 3)
            let rows = try await shop.shell.hookline("history", "vip").output.split(separator: "\n").map { $0.split(separator: " ") }
            let stopped = try #require(rows.first { $0.contains("stopped") })
            #expect(stopped[5...7].map(String.init) == ["–", "0", "0"], "\(stopped)")
        }
    }

    @Test("fails a coverage whose lines all ran and whose functions did not")
    func coverage() async throws {
        try await withShop { shop in
            try shop.write(
                "activations/vip/activation.yaml", Shop.activation + "\nhooks: hooks.lua\n")
            try shop.write(
                "activations/vip/hooks.lua",
                "local helper = { used = function(user) return user.id > 1 end,\n  other = function(user) return user.id > 2 end, }\nreturn { filter = function(user)\n  return helper.used(user)\nend }\n"
            )
            try shop.write("activations/vip/samples/users.csv", "id,email,country\n2,ada@example.com,FR\n")
            try shop.write("activations/vip/tests/all.yaml", "- test: one\n  expect: { added: [ada@example.com] }\n")
            let result = try await shop.shell.hookline("test", "vip", "--json", "--min-coverage", "100")
            let found = (try result.json()["coverage"] as? [[String: Any]])?.first
            #expect(found?["line_percent"] as? Double == 100 && (found?["function_percent"] as? Double ?? 100) < 100, "\(result.output)")
            #expect(result.status == 1)
            #expect(try await shop.shell.hookline("test", "vip", "--min-coverage", "60").status == 0)
        }
    }
}
