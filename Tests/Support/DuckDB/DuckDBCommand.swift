import Foundation

/// The program duckdb, which tests write databases and Parquet files with.
package enum DuckDBCommand {
    /// Why there are no rows.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Its path: what `HOOKLINE_DUCKDB` names, what `make test` installed, or what is on the PATH.
    ///
    /// - Throws: ``Failure`` if it is not on this machine.
    package static var path: String {
        get throws { try found.get() }
    }

    private static let found = Result {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = environment["HOOKLINE_DUCKDB"].map { [$0] } ?? []
        let installed = [root.appendingPathComponent(".tools/duckdb/duckdb_cli/duckdb").path]
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/duckdb" } + ["/opt/homebrew/bin/duckdb"]
        guard let path = (named + installed + folders).first(where: FileManager.default.isExecutableFile) else {
            throw Failure(
                description:
                    "these tests need the program duckdb: make test installs it (python3 -m pip install --target .tools/duckdb duckdb-cli); on macOS: brew install duckdb; or set HOOKLINE_DUCKDB to its path"
            )
        }
        return path
    }

    /// Runs statements.
    ///
    /// - Parameters:
    ///   - statements: SQL, with or without a semicolon at its end.
    ///   - folder: what relative paths in it begin at.
    ///   - database: the name of a database in the folder; nil for one in memory.
    /// - Throws: ``Failure``.
    package static func run(_ statements: String, in folder: String, database: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path)
        process.arguments = ["-init", "/dev/null", "-batch", "-bail"] + (database.map { ["\(folder)/\($0)"] } ?? [])
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-sql-\(UUID().uuidString)")
        try Data("\(statements);\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.runAndCloseFiles()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: String(decoding: said, as: UTF8.self)) }
    }
}
