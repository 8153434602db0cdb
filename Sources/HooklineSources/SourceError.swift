import CodedErrors

/// Why rows cannot be read.
///
/// A message never contains a value of a row: rows are named by file and line, or by number.
package struct SourceError: CodedError, Equatable {
    /// What went wrong. The issues that `open()` collects use the same codes.
    package enum Code: String, CaseIterable, Sendable {
        /// There is no such file.
        case notFound = "sources.not_found"
        /// The path is a folder, or something else without rows.
        case notAFile = "sources.not_a_file"
        /// The system cannot open or read the file.
        case unreadable = "sources.unreadable"
        /// The file is empty, without even a header.
        case emptyFile = "sources.empty_file"
        /// The file changed during reading.
        case changed = "sources.changed"
        /// The file is not of the source's type: a workbook, a database, or compressed under a name that does not say so.
        case wrongFormat = "sources.wrong_format"
        /// A compressed file is truncated or damaged, or does not hold exactly one file.
        case badArchive = "sources.bad_archive"
        /// The file has bytes that its encoding does not define.
        case badEncoding = "sources.bad_encoding"
        /// The delimiter cannot separate fields, or is plainly not the file's.
        case badDelimiter = "sources.bad_delimiter"
        /// The first line does not name every column exactly once.
        case badHeader = "sources.bad_header"
        /// A record has more or fewer fields than the header.
        case raggedRow = "sources.ragged_row"
        /// A quote is where RFC 4180 allows none, or is never closed.
        case badQuoting = "sources.bad_quoting"
        /// A carriage return does not end a line.
        case badLineEnding = "sources.bad_line_ending"
        /// A record is larger than the limit.
        case recordTooLarge = "sources.record_too_large"
        /// A line is not one JSON object.
        case badJSON = "sources.bad_json"
        /// A value does not fit its column's type.
        case badValue = "sources.bad_value"
        /// The file is not a database of the source's type.
        case notADatabase = "sources.not_a_database"
        /// The database has no such table.
        case unknownTable = "sources.unknown_table"
        /// The manifest names a column that the source lacks.
        case unknownColumn = "sources.unknown_column"
        /// Two columns have the same name.
        case duplicateColumn = "sources.duplicate_column"
        /// The model's table or query does not suit this type of source, or a format cannot be used.
        case badModel = "sources.bad_model"
        /// The database rejects the query.
        case badSQL = "sources.bad_sql"
        /// A calculated field is not an expression over the columns of its row.
        case badExpression = "sources.bad_expression"
        /// A calculated field failed on a row.
        case calculationFailed = "sources.calculation_failed"
        /// DuckDB's program is not on this machine.
        case programMissing = "sources.program_missing"
        /// The driver, unixODBC, or the data source is not on this machine.
        case driverMissing = "sources.driver_missing"
        /// The process that reads with a driver ended before its last row.
        case readerEnded = "sources.reader_ended"
        /// A driver did not give all of a value.
        case truncatedValue = "sources.truncated_value"
        /// No file matches a pattern.
        case noFiles = "sources.no_files"
        /// Another program writes the database.
        case locked = "sources.locked"
        /// A query needs more memory, or more room on the disk, than it may have.
        case outOfMemory = "sources.out_of_memory"
        /// The address of a server is none, or lacks a part.
        case badConnection = "sources.bad_connection"
        /// No server answers, or not in time.
        case unreachable = "sources.unreachable"
        /// The server does not take the user or the password.
        case loginRefused = "sources.login_refused"
        /// No encrypted connection, or the server's certificate does not prove who it is.
        case encryptionFailed = "sources.encryption_failed"
        /// The server has no such database.
        case unknownDatabase = "sources.unknown_database"
        /// The database has no such schema.
        case unknownSchema = "sources.unknown_schema"
        /// The user of the database may not read that.
        case missingPrivilege = "sources.missing_privilege"
        /// The connection ended before the last row.
        case connectionLost = "sources.connection_lost"
        /// A query took longer than it may.
        case queryTimedOut = "sources.query_timed_out"
        /// The database failed before its last row.
        case queryFailed = "sources.query_failed"
        /// The keys of two related models cannot be equal, or a field cannot be aggregated.
        case badRelation = "sources.bad_relation"
        /// The related rows have more keys than fit the memory.
        case relationTooLarge = "sources.relation_too_large"
    }

    /// A place in a source.
    package struct Location: Equatable, Sendable, CustomStringConvertible {
        /// The file's path as configured, or the source's name.
        package var name: String
        /// The line number, from 1.
        package var line: Int?
        /// The row number, from 1, in sources without lines.
        package var row: Int?

        package init(_ name: String, line: Int? = nil, row: Int? = nil) {
            self.name = name
            self.line = line
            self.row = row
        }

        /// `name`, `name:line`, or `name, row n`.
        package var description: String {
            if let line { return "\(name):\(line)" }
            if let row { return "\(name), row \(row)" }
            return name
        }
    }

    package let code: Code
    package let location: Location
    /// What was found, what is allowed, and what to do.
    package let message: String

    package init(_ code: Code, at location: Location, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }

    package var explanation: String { "\(location): \(message)" }
}
