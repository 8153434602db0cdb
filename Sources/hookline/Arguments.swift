import ArgumentParser
import HooklineEngine
import Text

/// Rewrites what people write on the command line into what the parser understands.
enum Arguments {
    /// Gives a bare `--refresh` its value, negative numbers to their options, and moves the flags of all commands behind the command.
    static func normalized(_ arguments: [String]) -> [String] {
        withNegatives(withRefresh(withGlobalsBehind(arguments)))
    }

    /// What is wrong with flags of all commands that come before a command, or without one: the parser would call them unknown.
    static func problem(in arguments: [String]) -> String? {
        var rest = arguments[...]
        while let flag = rest.popFirst() {
            if ["-C", "--directory"].contains(flag) {
                guard let folder = rest.popFirst() else { return "\(flag) needs a folder: 'hookline \(flag) FOLDER COMMAND'" }
                if rest.isEmpty { return "a command is missing after '\(flag) \(folder.onOneLine)'; \(listing)" }
            } else if isGlobal(flag) {
                if rest.isEmpty { return "a command is missing after '\(flag.onOneLine)'; \(listing)" }
            } else {
                return nil
            }
        }
        return nil
    }

    private static let listing = "'hookline --help' lists the commands"

    private static func isGlobal(_ argument: String) -> Bool {
        ["--json", "--quiet", "--verbose", "--no-color"].contains(argument) || argument.hasPrefix("--directory=")
    }

    /// `-C DIR status` means `status -C DIR`.
    private static func withGlobalsBehind(_ arguments: [String]) -> [String] {
        var globals: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            if ["-C", "--directory"].contains(first), rest.count > 2 {
                globals += rest.prefix(2)
                rest.removeFirst(2)
            } else if isGlobal(first) {
                globals.append(rest.removeFirst())
            } else {
                break
            }
        }
        guard !globals.isEmpty, let command = rest.popFirst() else { return arguments }
        if command == "help" { return [command] + rest }
        // The flags of a command with subcommands belong to these.
        let below = Hookline.configuration.subcommands.first { $0._commandName == command }?.configuration.subcommands ?? []
        let subcommand = !below.isEmpty && rest.first?.hasPrefix("-") == false ? [rest.removeFirst()] : []
        return [command] + subcommand + globals + rest
    }

    /// `--limit -1`: the parser would take the number for a flag and report a missing value.
    private static func withNegatives(_ arguments: [String]) -> [String] {
        var rewritten: [String] = []
        for argument in arguments {
            let isNumber = argument.hasPrefix("-") && argument.dropFirst().first?.isNumber == true
            if isNumber, let option = rewritten.last, option.hasPrefix("--"), option.count > 2, !option.contains("=") {
                rewritten[rewritten.count - 1] = "\(option)=\(argument)"
            } else {
                rewritten.append(argument)
            }
        }
        return rewritten
    }

    /// `--refresh`, `--refresh=reset` and `--refresh reset`: the parser has no options with an optional value.
    private static func withRefresh(_ arguments: [String]) -> [String] {
        var rewritten: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" { return rewritten + [argument] + rest }
            guard argument == "--refresh" else {
                rewritten.append(argument)
                continue
            }
            let isNamed = rest.first.map { RunOptions.Refresh(rawValue: $0) != nil } ?? false
            rewritten.append("--refresh=" + (isNamed ? rest.removeFirst() : RunOptions.Refresh.recreate.rawValue))
        }
        return rewritten
    }
}
