import ArgumentParser
import HooklineManifest

/// Values for parameters on the command line.
struct ParameterFlags: ParsableArguments {
    @Option(name: .customLong("set"), help: ArgumentHelp("Set a parameter; may be repeated.", valueName: "name=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("A YAML file of values for parameters; --set goes before it.", valueName: "file"))
    var values: String?

    /// Those that go first last.
    ///
    /// - Throws: `IssuesFound` with what is wrong with the file, `CommandFailure` for a `--set` without a name and a value.
    func all(_ app: App, _ loader: WorkspaceLoader) throws -> [ParameterSetting] {
        let file = try values.map { try app.usable(loader.values(of: $0)) } ?? []
        return file + (try settings.map { try Self.setting($0) })
    }

    /// As a shell takes them, each behind a space; empty without any.
    var asWritten: String {
        func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
        return (values.map { " --values \(quoted($0))" } ?? "") + settings.map { " --set \(quoted($0))" }.joined()
    }

    private static func setting(_ text: String) throws -> ParameterSetting {
        guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
            throw CommandFailure("manifest.bad_setting", "--set '\(text)' is no setting: write --set name=value")
        }
        return ParameterSetting(name: String(text[..<mark]), text: String(text[text.index(after: mark)...]), origin: "--set")
    }
}
