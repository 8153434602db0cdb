import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline rows RUN`.
struct RowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "List the rows of a run that did not end in a segment, by number and key.",
        discussion: Examples.text(
            "rows 20260301 --bucket bad_email", "rows 20260301 --bucket not_a_contact --addresses",
            after: """
                The ledger keeps the rows of these buckets for 90 days: \(RowBucket.allCases.map(\.name).joined(separator: ", ")).
                Rows in the segment, rows that the rules dropped, and superseded rows are only counted.
                """))

    @Argument(help: "The run's ID; any unique prefix works. 'hookline history NAME' lists the IDs.")
    var run: String

    @Option(
        help: ArgumentHelp("Where the rows ended, as 'hookline show --json' calls it.", valueName: "bucket"), completion: Completion.bucket)
    var bucket: String

    @Flag(help: "Show addresses, too, as far as the ledger keeps them: not those of rows that a hook dropped.")
    var addresses = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try options.reporting {
            let found = try options.app.rows(of: run, in: bucket, addresses: addresses)
            if options.json { return try JSONOutput.print(found) }
            if !found.rows.isEmpty { StandardOutput.print(table(of: found).text()) }
            guard let total = found.total else {
                StandardError.print("nothing is known about the rows of run \(found.run): \(found.missing ?? "")")
                return
            }
            let count = NumberText.counted(total, "row", "rows")
            if options.tellsMore { StandardError.print("\(count) in the bucket '\(found.bucket)' of run \(found.run)") }
            if let missing = found.missing {
                StandardError.print("shown: \(NumberText.grouped(found.kept)) of \(NumberText.grouped(total)); \(missing)")
            }
        }
    }

    private func table(of found: RowsOfRun) -> TextTable {
        let hasKeys = found.rows.contains { $0.key != nil }
        let hasReasons = found.rows.contains { $0.reason != nil }
        var table = TextTable(
            header: ["row"] + (hasKeys ? ["key"] : []) + (addresses ? ["address"] : []) + (hasReasons ? ["reason"] : []), rightAligned: [0])
        for row in found.rows {
            table.add(
                [NumberText.grouped(row.row)] + (hasKeys ? [row.key ?? ""] : []) + (addresses ? [row.address ?? ""] : [])
                    + (hasReasons ? [row.reason ?? ""] : []))
        }
        return table
    }
}
