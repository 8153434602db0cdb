import ArgumentParser
import Foundation
import HooklineApp
import HooklineCore
import SystemPackage

/// `hookline init [DIR]`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a workspace: hookline.yaml, a sample source, and room for activations.",
        discussion: "On a terminal the command asks for the default activation settings that no option sets.\n\n"
            + Examples.text("init shop"))

    @Argument(help: "The folder; made if it does not exist.")
    var folder = "."

    @Option(help: ArgumentHelp("Default setting: the field with the email address (default: email).", valueName: "field"))
    var email: String?

    @Option(help: ArgumentHelp("Default setting: a boolean field that is true for users who agreed to get mail.", valueName: "field"))
    var consent: String?

    @Option(
        help: ArgumentHelp(
            "Default setting: how often activations are to run, such as 1d or 15m; nothing starts them by itself yet.",
            valueName: "duration"))
    var every: String?

    @Option(help: ArgumentHelp("Default setting: the zone of days and dates, such as Europe/Paris (default: UTC).", valueName: "zone"))
    var timezone: String?

    @Option(
        help: ArgumentHelp("Default setting: the most users that may leave in one run (default: 20%).", valueName: "number or share"))
    var maxRemoved: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try options.reporting {
            let root = options.directory == "." ? folder : FilePath(options.directory).pushing(FilePath(folder)).string
            let defaults = settings
            try App.makeWorkspace(at: root, defaults: defaults)
            if options.json { return try JSONOutput.print(InitOutput(workspace: root, defaults: defaults)) }
            if !options.quiet {
                StandardOutput.print("made \(root)/hookline.yaml; next: cd \(root) && hookline new my-segment && hookline check")
            }
        }
    }

    /// What the options say, and on a terminal a person about the rest.
    private var settings: DefaultSettings {
        var defaults = DefaultSettings()
        if let email { defaults.email = email }
        (defaults.consent, defaults.every, defaults.timezone) = (consent, every, timezone)
        if let maxRemoved { defaults.maxRemoved = maxRemoved }
        guard !yes, options.tellsMore, Interruption.canAsk, App.issues(in: defaults).isEmpty else {
            return defaults
        }
        StandardError.print("Default activation settings. Enter keeps what is in brackets; an activation may set each of them itself.")
        if email == nil { ask("field with the email address", \.email, &defaults) }
        if consent == nil { ask("boolean field that is true for users who agreed to get mail", \.consent, "none", &defaults) }
        if timezone == nil { ask("time zone of days and dates", \.timezone, "UTC", &defaults) }
        if maxRemoved == nil { ask("most users that may leave in one run", \.maxRemoved, &defaults) }
        return defaults
    }

    private func ask(_ question: String, _ setting: WritableKeyPath<DefaultSettings, String>, _ defaults: inout DefaultSettings) {
        defaults = answered(question, shown: defaults[keyPath: setting], defaults) { $0[keyPath: setting] = $1 }
    }

    private func ask(
        _ question: String, _ setting: WritableKeyPath<DefaultSettings, String?>, _ unset: String, _ defaults: inout DefaultSettings
    ) {
        defaults = answered(question, shown: unset, defaults) { $0[keyPath: setting] = $1 }
    }

    /// Asks until the answer is one that a manifest can have; no answer leaves the settings as they are.
    private func answered(
        _ question: String, shown: String, _ defaults: DefaultSettings, _ set: (inout DefaultSettings, String) -> Void
    ) -> DefaultSettings {
        while true {
            let answer = Interruption.ask("  \(question) [\(shown)]: ").trimmingCharacters(in: .whitespaces)
            if answer.isEmpty { return defaults }
            var changed = defaults
            set(&changed, answer)
            let issues = App.issues(in: changed)
            if issues.isEmpty { return changed }
            for issue in issues { StandardError.print("  \(issue.message)") }
        }
    }
}

/// The JSON of `init`.
private struct InitOutput: Encodable {
    let workspace: String
    let defaults: DefaultSettings
}
