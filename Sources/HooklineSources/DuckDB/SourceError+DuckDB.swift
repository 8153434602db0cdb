import Foundation
import HooklineCore
import Text

extension SourceError {
    /// Why DuckDB gave no rows, or not all.
    ///
    /// - Parameters:
    ///   - fault: what its program says.
    ///   - session: the source.
    ///   - isReading: whether rows were read, so that a quoted part may be somebody's data.
    ///   - table: the table that was read, if it is known.
    init(_ fault: DuckDBFault, of session: DuckDBSession, isReading: Bool, table: DuckDBTable? = nil) {
        let location = Location(session.source.name)
        let said = isReading ? Self.told(fault, table) : fault.message
        let of = table.map { " of the table '\($0.name)'" } ?? ""
        switch (fault.kind, fault.name) {
        case (.timedOut, _):
            let limit = NumberText.grouped(session.settings.timeout ?? 0)
            self.init(
                .queryTimedOut, at: location,
                "DuckDB took longer than `statement_timeout` of the source, \(limit) ms; raise it, or ask for less")
        case (.notStarted, _): self.init(.programMissing, at: location, "\(fault.text); set HOOKLINE_DUCKDB to a program that runs here")
        case (.killed(let signal), _):
            self.init(
                .queryFailed, at: location,
                "DuckDB's program was ended by signal \(signal) before the last row; if the machine was short of memory, lower `memory_limit` of the source"
            )
        case (_, "Out of Memory Error") where fault.text.contains("max_temp_directory_size"):
            self.init(
                .outOfMemory, at: location, "the query needs more room than the temporary folder has; free some, or set TMPDIR to another")
        case (_, "Out of Memory Error"):
            let limit = "\(NumberText.grouped(session.settings.memoryLimit >> 20)) MB"
            self.init(
                .outOfMemory, at: location,
                "the query needs more memory than `memory_limit` of the source, \(limit); raise it, or ask for less")
        case (_, "IO Error") where fault.text.contains("No space left"):
            self.init(
                .outOfMemory, at: location, "the query needs more room than the temporary folder has; free some, or set TMPDIR to another")
        case (_, "IO Error") where fault.text.contains("Could not set lock"):
            self.init(
                .locked, at: .init(session.source.path.onOneLine),
                "another program has this database open for writing, and DuckDB lets nobody read it meanwhile; run again once it is closed")
        case (_, "IO Error") where fault.text.contains("not a valid DuckDB database"):
            self.init(
                .notADatabase, at: .init(session.source.path.onOneLine), "the file is not a DuckDB database; correct `path` of the source")
        case (_, "IO Error") where fault.text.contains("version number"), (_, "Serialization Error"):
            self.init(
                .wrongFormat, at: .init(session.source.path.onOneLine),
                "the database is of a version that this duckdb cannot read: \(said); install a newer duckdb")
        case _ where fault.text.contains("CSV Error on Line"):
            self.init(fault.text.contains("unicode") ? .badEncoding : .badValue, at: location, Self.csv(fault, of))
        case _ where table != nil || fault.text.contains("parquet") || fault.text.contains("Parquet"):
            let file = Self.file(fault, table.map { [$0] } ?? session.tables)
            self.init(
                .wrongFormat, at: file.map { Location($0.onOneLine) } ?? location,
                "DuckDB cannot read the files\(of): \(said.isEmpty ? "its program says nothing" : said)\(Self.places(fault)); write them again"
            )
        default:
            self.init(
                .queryFailed, at: location, "DuckDB stopped before the last row: \(said.isEmpty ? "its program says nothing" : said)")
        }
    }

    /// What DuckDB says, without what may be somebody's data.
    private static func told(_ fault: DuckDBFault, _ table: DuckDBTable?) -> String {
        // The function `error` says what a query makes of values.
        if fault.name == "Invalid Input Error", table == nil { return fault.name }
        let told = unquoted(fault.message)
        return told.range(of: " value").map { told[..<$0.lowerBound] + "…" } ?? told
    }

    /// The file that a fault is about: the only one, or the first that it names.
    private static func file(_ fault: DuckDBFault, _ tables: [DuckDBTable]) -> String? {
        let files = tables.flatMap(\.files)
        if files.count == 1 { return files[0] }
        let named = files.compactMap { file in fault.text.range(of: file).map { (file, $0.lowerBound) } }
        return named.min { $0.1 < $1.1 }?.0
    }

    /// A mistake in a CSV file: its line and what is wrong, without the line itself.
    private static func csv(_ fault: DuckDBFault, _ of: String) -> String {
        let lines = fault.text.split(separator: "\n").map(String.init)
        let number = lines.first?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? ""
        let file = lines.first { $0.hasPrefix("  file = ") }.map { $0.dropFirst(9) } ?? ""
        let what = lines.dropFirst().first { !$0.hasPrefix("Original Line") } ?? ""
        return "line \(number) of \(String(file).onOneLine)\(of) does not read: \(unquoted(what)); correct the file"
    }

    /// The files and columns that a fault about a schema names, on the lines behind the first.
    private static func places(_ fault: DuckDBFault) -> String {
        let lines = fault.text.split(separator: "\n").dropFirst().filter { line in
            ["Main file schema:", "Current file:", "Column with name:", "Candidate names:"].contains { line.hasPrefix($0) }
        }
        return lines.isEmpty ? "" : " (\(lines.map { String($0).onOneLine }.joined(separator: "; ")))"
    }
}

extension DuckDBFault {
    /// The nearest columns that DuckDB knows, as the end of a message.
    var candidates: String {
        let line = text.split(separator: "\n").first { $0.hasPrefix("Candidate bindings:") || $0.hasPrefix("Did you mean") }
        return line.map { "; \(String($0).onOneLine)" } ?? ""
    }
}
