import ArgumentParser
import Foundation

/// `hookline init [DIR]`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a workspace: hookline.yaml, a sample source, and room for activations.")

    @Argument(help: "The folder; made if it is not there.")
    var folder = "."

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try app.reporting {
            let root = options.directory == "." ? folder : options.directory + "/" + folder
            try Scaffold(root: root).write(WorkspaceTemplate.files)
            if options.json { return try JSONOutput.print(["workspace": root]) }
            if !options.quiet {
                print("made \(root)/hookline.yaml; next: cd \(root) && hookline new my-segment && hookline check")
            }
        }
    }
}
