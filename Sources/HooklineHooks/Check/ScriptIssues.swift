import HooklineCore

/// The issues found in a package's scripts, each once.
struct ScriptIssues {
    private let package: ScriptPackage
    private(set) var found: [Issue] = []
    private var seen: Set<String> = []

    init(_ package: ScriptPackage) { self.package = package }

    /// Adds an issue, located at the first name that its message quotes.
    mutating func report(
        _ code: ScriptIssueCode, _ message: String, _ file: String, _ line: Int, _ severity: Issue.Severity = .error
    ) {
        let position = file.isEmpty ? nil : SourcePosition(file: file, line: line, column: column(of: message, file, line))
        let issue = Issue(code.rawValue, message, at: position, severity: severity)
        if seen.insert(issue.line).inserted { found.append(issue) }
    }

    /// The column, from 1, of the first name that the message quotes (its last part, if it has several); 1 if it is not in the line.
    private func column(of message: String, _ file: String, _ line: Int) -> Int {
        let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = parts[1].split(separator: ".").last, let text = package.line(line, of: file),
            let location = ScriptPackage.location(of: name, in: text)
        else { return 1 }
        return location + 1
    }
}
