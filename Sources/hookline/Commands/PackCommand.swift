import ArgumentParser
import HooklineApp

/// `hookline pack NAME`.
struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Check and test a package, and write it to one .hookpack file.",
        discussion: Examples.text(
            "pack vip-customers --sign me", "pack vip-customers -o vip.hookpack",
            after: "The same files give the same bytes on every machine. docs/reference/package-format.md describes the format."))

    @Argument(help: "The activation, or a package's folder.", completion: Completion.activation)
    var name: String

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The file to write; by default, NAME-VERSION.hookpack.", valueName: "file"))
    var output: String?

    @Flag(help: "Pack it without running its tests; whoever installs it sees that.")
    var untested = false

    @Flag(help: "Overwrite a file that holds something else.")
    var replace = false

    @Option(help: ArgumentHelp("Sign it with a key of 'hookline keys new': its name or its file.", valueName: "key"))
    var sign: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.reporting {
            var request = PackRequest(name)
            request.output = output
            request.key = sign
            request.isUntested = untested
            request.replaces = replace
            let packed = try await options.app.pack(request)
            if options.json { return try JSONOutput.print(packed) }
            StandardOutput.print("\(packed.file)\n\(packed.digest)")
            StandardOutput.print("signed by \(packed.signer ?? "nobody")")
            if !packed.tested { StandardError.print("packed without running its tests; whoever installs it sees that") }
        }
    }
}
