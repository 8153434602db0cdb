import Foundation
import Testing

@Suite("Commands and flags in the documents")
struct CommandsInPagesTests {
    /// The program's own description of its commands, as `--experimental-dump-help` prints it.
    private struct Description: Decodable {
        struct Command: Decodable {
            struct Argument: Decodable {
                struct Name: Decodable {
                    let kind: String
                    let name: String
                }
                let names: [Name]?
            }
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?

            var flags: Set<String> {
                Set((arguments ?? []).flatMap { $0.names ?? [] }.map { ($0.kind == "long" ? "--" : "-") + $0.name })
            }
        }
        let command: Command
    }

    private static func commands() async throws -> [String: Set<String>] {
        let result = try await Shell(folder: FileManager.default.temporaryDirectory, environment: [:]).hookline("--experimental-dump-help")
        let root = try JSONDecoder().decode(Description.self, from: Data(result.output.utf8)).command
        var commands: [String: Set<String>] = [:]
        for command in root.subcommands ?? [] where command.commandName != "help" {
            commands[command.commandName] = (command.subcommands ?? []).reduce(into: command.flags) { $0.formUnion($1.flags) }
        }
        return commands
    }

    private static let pages: [String] = {
        let root = Repository.root
        let folders = ["docs", "docs/guide", "docs/reference", "docs/decisions"].flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []).map {
                "\(folder)/\($0)"
            }
        }
        let packages = (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("scripts/activations").path)) ?? []
        return (folders + packages.map { "scripts/activations/\($0)/README.md" } + ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
            .filter { $0.hasSuffix(".md") && FileManager.default.fileExists(atPath: root.appendingPathComponent($0).path) }.sorted()
    }()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// What a page says to type: its code spans and the lines of its blocks of commands.
    private static func code(in page: String) -> [String] {
        let blocks = page.matches(of: /```sh\n((?:.|\n)*?)\n```/).flatMap { $0.1.split(separator: "\n").map(String.init) }
        return blocks + page.replacing(/```(?:.|\n)*?\n```/, with: "").matches(of: /`([^`\n]+)`/).map { String($0.1) }
    }

    @Test("are those of the program")
    func known() async throws {
        let commands = try await Self.commands()
        let flags = commands.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        var seen = 0
        for page in Self.pages {
            for code in Self.code(in: try Self.text(page)) {
                if code.hasPrefix("--") {
                    let flag = String(code.prefix { $0 != " " && $0 != "=" })
                    #expect(flags.contains(flag), "\(page): \(code)")
                }
                guard let match = code.firstMatch(of: /(?:^|[ \/])hookline (?:-C \S+ )?([a-z]+)(?![a-z:]|-[a-z])(.*)$/) else { continue }
                let name = String(match.1)
                seen += 1
                guard let known = commands[name] else {
                    Issue.record("\(page): there is no command '\(name)' (\(code))")
                    continue
                }
                for flag in match.2.matches(of: /(?:^| )(--?[a-zA-Z][a-z-]*)/) {
                    #expect(known.contains(String(flag.1)), "\(page): \(code)")
                }
            }
        }
        #expect(seen > 100)
    }

    @Test("are all in the reference, each command in a section of its own")
    func complete() async throws {
        let page = try Self.text("docs/reference/cli.md")
        let common: Set = ["-h", "--help", "--version"]
        for (name, flags) in try await Self.commands() {
            #expect(page.contains("\n### hookline \(name)\n"), "\(name)")
            for flag in flags.subtracting(common) { #expect(page.contains("`\(flag)"), "\(name) \(flag)") }
        }
    }
}
