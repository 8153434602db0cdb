import ArgumentParser
import HooklineApp
import HooklinePackages

/// `hookline keys new`, `hookline keys list`.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make and list the keys that sign packages.",
        discussion: Examples.text(
            "keys new", "keys list",
            after:
                "Keys are in HOOKLINE_KEYS, else in XDG_CONFIG_HOME/hookline/keys, else in ~/.config/hookline/keys; only you can read them."
        ),
        subcommands: [New.self, List.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new", abstract: "Make a key, and print who signs with it.", discussion: Examples.text("keys new", "keys new shop")
        )

        @Argument(help: "The key's name, or the path of its file.")
        var name = "default"

        @OptionGroup var options: GlobalOptions

        func run() throws {
            try options.reporting {
                let made = try KeyFolder(options.app.environment).make(name)
                if options.json { return try JSONOutput.print(["file": made.file, "signer": made.signer]) }
                StandardOutput.print(made.signer)
                if !options.quiet { StandardError.print("the private key is \(made.file): keep it secret, and keep a copy") }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the keys by name, with who signs with them.", discussion: Examples.text("keys list"))

        @OptionGroup var options: GlobalOptions

        func run() throws {
            try options.reporting {
                var keys: [(name: String, signer: String)] = []
                var problems: [PackageError] = []
                for entry in KeyFolder(options.app.environment).entries {
                    switch entry.signer {
                    case .success(let signer): keys.append((entry.name, signer))
                    case .failure(let problem): problems.append(problem)
                    }
                }
                if options.json {
                    try JSONOutput.print(keys.map { ["name": $0.name, "signer": $0.signer] })
                } else {
                    var table = TextTable()
                    for key in keys { table.add(key.name, key.signer) }
                    StandardOutput.print(keys.isEmpty ? "no keys yet: hookline keys new" : table.text())
                }
                for problem in problems { StandardError.print("\(problem)") }
                if !problems.isEmpty { throw ExitStatus.failed }
            }
        }
    }
}
