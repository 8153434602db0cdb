/// What a source of type duckdb reads besides its database, and what the program may use.
package struct DuckDBSettings: Equatable, Sendable {
    /// Files that are one table.
    package struct Table: Equatable, Sendable {
        package var name: String
        /// Absolute paths, in which `*`, `?`, `[…]`, and `**` stand for what matches.
        package var files: [String]

        package init(_ name: String, files: [String]) {
            self.name = name
            self.files = files
        }
    }

    /// In alphabetical order of their names.
    package var tables: [Table]
    /// The most memory of the program, in bytes; what does not fit goes to a temporary folder.
    package var memoryLimit = 1 << 30
    /// With one thread, rows and sums are the same each time.
    package var threads = 1
    /// The most time of a query, in milliseconds.
    package var timeout: Int?
    /// The program, from `HOOKLINE_DUCKDB`; nil to search for one.
    package var program: String?
    /// Where to search for it, from `PATH`.
    package var searchPath = ""

    package init(tables: [Table] = []) { self.tables = tables }

    /// No tables yet, and the program that the environment names.
    package init(environment: [String: String]) {
        self.init()
        program = environment["HOOKLINE_DUCKDB"].flatMap { $0.isEmpty ? nil : $0 }
        searchPath = environment["PATH"] ?? ""
    }
}
