import ArgumentParser
import HooklineApp
import HooklineManifest

/// Values for parameters on the command line.
struct ParameterFlags: ParsableArguments {
    @Option(name: .customLong("set"), help: ArgumentHelp("Set a parameter; may be repeated.", valueName: "name=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("Set parameters from a YAML file; --set overrides it.", valueName: "file"), completion: Completion.yaml)
    var values: String?

    /// - Throws: `manifest.bad_setting` for a `--set` without a name or a value.
    func choices() throws(AppError) -> ParameterChoices {
        var choices = ParameterChoices(file: values)
        for setting in settings { choices.settings.append(try ParameterSetting(setting, origin: "--set")) }
        return choices
    }

    /// The flags as a shell takes them, each after a space; empty without any.
    var asWritten: String {
        (values.map { " --values \(ShellWord.quoted($0))" } ?? "") + settings.map { " --set \(ShellWord.quoted($0))" }.joined()
    }
}
