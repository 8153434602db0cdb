import ArgumentParser
import HooklineApp
import HooklineCore

/// `hookline describe SOURCE`.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Read a source, and say what its columns hold: types, NULLs, what does not fit.",
        discussion: Examples.text(
            "describe shop", "describe ./customers.csv --delimiter ';'",
            "describe crm --sql 'SELECT * FROM customers' --limit 10000",
            after: "Prints a columns: block to paste. Text is shown as shapes: nobody's data is printed."))

    @Argument(help: "A source of the workspace, or a CSV, JSONL, or SQLite file.")
    var source: String

    @Option(help: ArgumentHelp("Read at most this many rows.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("The table of a database.", valueName: "name"))
    var table: String?

    @Option(help: ArgumentHelp("A query of a database instead of a table.", valueName: "query"))
    var sql: String?

    @Option(help: ArgumentHelp("What separates the fields of a CSV file that is not in hookline.yaml; or tab.", valueName: "character"))
    var delimiter: String?

    @Option(
        help: ArgumentHelp("How a file that is not in hookline.yaml is encoded: utf-8, utf-16, windows-1252, latin-1.", valueName: "name"))
    var encoding: FileFormat.Encoding?

    @Flag(help: "Print all columns, not only the first 100.")
    var all = false

    @OptionGroup var options: GlobalOptions

    private var delimiterByte: UInt8? { delimiter == "tab" ? UInt8(ascii: "\t") : delimiter?.utf8.first }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on, not \(limit)") }
        if table != nil, sql != nil { throw ValidationError("--table and --sql are two ways to say which rows: choose one") }
        if let delimiter, delimiter != "tab", delimiter.utf8.count != 1 {
            throw ValidationError("--delimiter takes one ASCII character, or tab")
        }
    }

    func run() async throws {
        let (app, request) = (options.app, request)
        let description = try await options.reporting {
            try await Interruption.cancelling { try await app.describe(request) }
        }
        if options.json { return try JSONOutput.print(description) }
        StandardOutput.print(DescribeText(description: description, columnsShown: all ? .max : 100).text)
    }

    private var request: DescribeRequest {
        var request = DescribeRequest(source)
        (request.table, request.sql, request.limit) = (table, sql, limit)
        (request.delimiter, request.encoding) = (delimiterByte, encoding)
        return request
    }
}

extension FileFormat.Encoding: ExpressibleByArgument {}
