import ArgumentParser
import HooklinePackages

/// `hookline keys new`, `hookline keys list`.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make and list the keys that packages are signed with.",
        discussion:
            "They lie in HOOKLINE_KEYS, else in XDG_CONFIG_HOME/hookline/keys, else in ~/.config/hookline/keys; only you can read them.",
        subcommands: [New.self, List.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key and print who signs with it.")

        @Argument(help: "The key's name, or the path of its file.")
        var name = "default"

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let app = App(options)
            try app.reporting {
                let made = try KeyFolder(app.environment).make(name)
                if options.json { return try JSONOutput.print(["file": made.file, "signer": made.signer]) }
                print(made.signer)
                if !options.quiet { StandardError.print("the private key is \(made.file): keep it to yourself, and keep a copy") }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys by name, with who signs with them.")

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let app = App(options)
            try app.reporting {
                let folder = KeyFolder(app.environment)
                var keys: [[String: String]] = []
                var problems: [PackageError] = []
                for name in folder.names {
                    do throws(PackageError) {
                        keys.append(["name": name, "signer": try PackageKey(file: folder.path(name)).signer])
                    } catch { problems.append(error) }
                }
                if options.json {
                    try JSONOutput.print(keys)
                } else {
                    var table = TextTable()
                    for key in keys { table.add(key["name"] ?? "", key["signer"] ?? "") }
                    print(keys.isEmpty ? "no keys yet: hookline keys new" : table.text())
                }
                // One that cannot be used does not hide the others.
                for problem in problems { StandardError.print("\(problem)") }
                if !problems.isEmpty { throw ExitStatus.failed }
            }
        }
    }
}
