import HooklineEngine

/// What people write on the command line, put into the form that the parser knows.
enum Arguments {
    /// Gives a bare `--refresh` its value, and moves what all commands take from before the command to behind it.
    static func normalised(_ arguments: [String]) -> [String] {
        withNegatives(withRefresh(withGlobalsBehind(arguments)))
    }

    /// `-C DIR status` means `status -C DIR`.
    private static func withGlobalsBehind(_ arguments: [String]) -> [String] {
        var globals: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            if ["-C", "--directory"].contains(first), rest.count > 2 {
                globals += rest.prefix(2)
                rest.removeFirst(2)
            } else if ["--json", "--quiet", "--verbose"].contains(first) || first.hasPrefix("--directory=") {
                globals.append(rest.removeFirst())
            } else {
                break
            }
        }
        guard let command = rest.popFirst() else { return arguments }
        return [command] + globals + rest
    }

    /// `--limit -1`: the parser would take the number for a flag, and say that the value is missing.
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

    /// `--refresh`, `--refresh=reset` and `--refresh reset`: an option whose value may be left out, which the parser does not know.
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
