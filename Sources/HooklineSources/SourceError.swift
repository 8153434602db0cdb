/// Why rows cannot be read.
///
/// A message never carries a value of a row: rows are named by file and line, or by number.
package struct SourceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure; the issues that `open()` collects use the same codes.
    package enum Code: String, CaseIterable, Sendable {
        /// The source's kind cannot be read by this build.
        case notInBuild = "sources.not_in_build"
        /// There is no such file.
        case notFound = "sources.not_found"
        /// It is a folder or something else that holds no rows.
        case notAFile = "sources.not_a_file"
        /// The system refuses to open or read it.
        case unreadable = "sources.unreadable"
        /// The file has no bytes, so not even a header.
        case emptyFile = "sources.empty_file"
        /// The file was written to while it was read.
        case changed = "sources.changed"
        /// The file is of another kind than the source: a workbook, a database, compressed under a name that does not say so.
        case wrongFormat = "sources.wrong_format"
        /// A compressed file that is cut off or damaged, or that does not hold exactly one file.
        case badArchive = "sources.bad_archive"
        /// Bytes that mean nothing in the source's encoding.
        case badEncoding = "sources.bad_encoding"
        /// The byte between fields cannot separate fields.
        case badDelimiter = "sources.bad_delimiter"
        /// The first line does not name every column, once.
        case badHeader = "sources.bad_header"
        /// A record with more or fewer fields than the header.
        case raggedRow = "sources.ragged_row"
        /// A quote where RFC 4180 has none, or one that is never closed.
        case badQuoting = "sources.bad_quoting"
        /// A carriage return that ends no line.
        case badLineEnding = "sources.bad_line_ending"
        /// A record beyond the limit.
        case recordTooLarge = "sources.record_too_large"
        /// Not one JSON object a line.
        case badJSON = "sources.bad_json"
        /// A value that does not fit its column's type.
        case badValue = "sources.bad_value"
        /// The file is no SQLite database.
        case notADatabase = "sources.not_a_database"
        /// The database has no such table.
        case unknownTable = "sources.unknown_table"
        /// The manifest names a column that the source lacks.
        case unknownColumn = "sources.unknown_column"
        /// Two columns of one name.
        case duplicateColumn = "sources.duplicate_column"
        /// The model's table or query cannot be read from this kind of source.
        case badModel = "sources.bad_model"
        /// The database refuses the query.
        case badSQL = "sources.bad_sql"
        /// A calculated field is no expression over the row's own columns.
        case badExpression = "sources.bad_expression"
        /// A calculated field failed on a row.
        case calculationFailed = "sources.calculation_failed"
        /// The database stopped in the middle of its rows.
        case queryFailed = "sources.query_failed"
    }

    /// Where in a source it went wrong.
    package struct Location: Equatable, Sendable, CustomStringConvertible {
        /// The file's path as configured, or the source's name.
        package var name: String
        /// The line of the file, from 1.
        package var line: Int?
        /// The number of the row, from 1, where lines do not exist.
        package var row: Int?

        package init(_ name: String, line: Int? = nil, row: Int? = nil) {
            self.name = name
            self.line = line
            self.row = row
        }

        /// `name`, `name:line` or `name, row n`.
        package var description: String {
            if let line { return "\(name):\(line)" }
            if let row { return "\(name), row \(row)" }
            return name
        }
    }

    /// The kind of failure.
    package let code: Code
    /// Where it is.
    package let location: Location
    /// What was found, what is allowed and what to do.
    package let message: String

    package init(_ code: Code, at location: Location, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }

    /// `place: message [code]`.
    package var description: String { "\(location): \(message) [\(code.rawValue)]" }
}
