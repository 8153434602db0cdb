import ArgumentParser
import HooklineManifest

/// `hookline schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of hookline.yaml and activation.yaml, for editors.",
        discussion: Examples.text("schema"))

    @OptionGroup var options: GlobalOptions

    func run() throws {
        StandardOutput.print(ManifestSchema.json())
    }
}
