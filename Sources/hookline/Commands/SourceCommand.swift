import ArgumentParser
import HooklineApp
import HooklineSources
import Text

/// `hookline source grants NAME`.
struct SourceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "Print what a database must grant to the user of a source.",
        discussion: Examples.text("source grants warehouse"), subcommands: [Grants.self])

    struct Grants: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grants", abstract: "Print the statements that let a source's user read what the activations read, and no more.",
            discussion: Examples.text(
                "source grants warehouse",
                after: "Nothing is sent to the server. Run the statements as the owner of the tables, such as with psql."))

        @Argument(help: "A source of type postgres, redshift, odbc, or adbc.")
        var name: String

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let grants = try options.reporting { try options.app.grants(of: name) }
            if options.json { return try JSONOutput.print(grants) }
            StandardOutput.print(
                ([
                    "-- What \(grants.user) needs to read \(NumberText.counted(grants.tables.count, "table", "tables")) of the database \(grants.database), and no more."
                ]
                    + grants.statements).joined(separator: "\n"))
        }
    }
}
