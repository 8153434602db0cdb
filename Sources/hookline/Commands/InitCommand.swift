import ArgumentParser
import HooklineApp
import SystemPackage

/// `hookline init [DIR]`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a workspace: hookline.yaml, a sample source, and room for activations.",
        discussion: Examples.text("init shop"))

    @Argument(help: "The folder; made if it does not exist.")
    var folder = "."

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try options.reporting {
            let root = options.directory == "." ? folder : FilePath(options.directory).pushing(FilePath(folder)).string
            try App.makeWorkspace(at: root)
            if options.json { return try JSONOutput.print(["workspace": root]) }
            if !options.quiet {
                StandardOutput.print("made \(root)/hookline.yaml; next: cd \(root) && hookline new my-segment && hookline check")
            }
        }
    }
}
