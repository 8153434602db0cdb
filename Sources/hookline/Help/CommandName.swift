import ArgumentParser
import Text

/// Says which command somebody probably meant: the parser only calls the word unexpected.
enum CommandName {
    /// What is wrong with the name of the command, or of a command below it; nil where the parser knows more.
    static func problem(in arguments: [String], of command: any ParsableCommand.Type = Hookline.self, path: String = "hookline") -> String?
    {
        let below = command.configuration.subcommands
        guard let word = arguments.first, !word.hasPrefix("-"), !below.isEmpty else { return nil }
        // `help keys list`: the parser answers an unknown name with the help of everything.
        if word == "help" { return problem(in: Array(arguments.dropFirst()), of: command, path: path) }
        if let next = below.first(where: { $0._commandName == word }) {
            return problem(in: Array(arguments.dropFirst()), of: next, path: "\(path) \(word)")
        }
        let names = below.map { $0._commandName }
        let hint = NearestName.of(word, among: names).map { "; did you mean '\(path) \($0)'?" } ?? ""
        return "there is no command '\(path) \(word.onOneLine)'\(hint.isEmpty ? ";" : hint) '\(path) --help' lists the commands"
    }
}
