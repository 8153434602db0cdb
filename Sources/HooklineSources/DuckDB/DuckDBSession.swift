import Foundation
import HooklineCore
import Text

/// A source of type duckdb, opened: its program, its files, and a folder for what does not fit in memory.
final class DuckDBSession {
    let source: SourceConfiguration
    let settings: DuckDBSettings
    /// The tables made of files.
    let tables: [DuckDBTable]

    private let program: DuckDBProgram
    private let folder: ScratchFolder
    private let isCancelled: @Sendable () -> Bool
    /// The files, as they were before the first look.
    private let stamps: [(path: String, state: FileState)]

    /// Finds the program and the files.
    ///
    /// - Parameters:
    ///   - source: the source.
    ///   - names: whether a table is needed, by its name; nil for all.
    ///   - isCancelled: called while the program works; true kills it.
    /// - Throws: `SourceError`.
    init(_ source: SourceConfiguration, tables names: ((String) -> Bool)? = nil, isCancelled: @escaping @Sendable () -> Bool) throws {
        self.source = source
        self.isCancelled = isCancelled
        settings = source.duckdb ?? DuckDBSettings()
        program = try DuckDBProgram(settings, source: source.name)
        let tables = try settings.tables.filter { names?($0.name) ?? true }.map { try DuckDBTable($0, of: source) }
        stamps = try (tables.flatMap(\.files) + (source.path.isEmpty ? [] : [source.path])).map { ($0, try Self.state(of: $0)) }
        let empty = zip(stamps, tables.flatMap { table in table.files.map { _ in table } }).first {
            $0.state.size == 0 && $1.format == .csv
        }
        if let ((path, _), table) = empty {
            throw SourceError(
                .emptyFile, at: .init(path.onOneLine),
                "the file of the table '\(table.name)' is empty, without even a header; write it again")
        }
        let folder = try ScratchFolder(source: source.name)
        self.folder = folder
        self.tables = try tables.map { table in
            var table = table
            table.paths = try table.files.map { try FileGlob.isPattern($0) ? folder.link(to: $0, source: source.name) : $0 }
            return table
        }
    }

    private init(_ session: DuckDBSession, tables: [DuckDBTable]) {
        (source, settings, program, folder) = (session.source, session.settings, session.program, session.folder)
        (isCancelled, stamps) = (session.isCancelled, session.stamps)
        self.tables = tables
    }

    /// The same session with what was found out of its tables.
    func with(_ tables: [DuckDBTable]) -> DuckDBSession { DuckDBSession(self, tables: tables) }

    /// Starts the program with statements for these tables.
    ///
    /// - Throws: ``DuckDBFault``.
    func start(_ statements: [String]) throws -> DuckDBProcess {
        try DuckDBProcess(
            program: program.path, script: (settingsText + statements).joined(separator: "\n") + "\n",
            readable: tables.flatMap(\.files) + (source.path.isEmpty ? [] : [source.path, source.path + ".wal"]), folder: folder,
            timeout: settings.timeout, isCancelled: isCancelled)
    }

    /// The rows of statements that write a few texts of three columns each. Those that came before a fault are rows, too.
    ///
    /// - Throws: `CancellationError`.
    func rows(_ statements: [String]) throws -> (rows: [[String]], fault: DuckDBFault?) {
        var rows: [[String]] = []
        do {
            let scanner = try CSVScanner(FileWindow(try start(statements), path: source.name, limits: .init()), CSVFormat())
            while try scanner.nextRow(width: 3) {
                rows.append(scanner.fields.map { String(decoding: $0.bytes(in: scanner.record), as: UTF8.self) })
            }
        } catch let fault as DuckDBFault {
            return (rows, fault)
        }
        return (rows, nil)
    }

    /// What comes before every statement of somebody else's: limits, the database, and the lock, in this order.
    private var settingsText: [String] {
        let paths = tables.flatMap(\.paths).map(DuckDBText.literal) + ["'/dev/stdout'"]
        let database =
            source.path.isEmpty
            ? [] : ["ATTACH \(DuckDBText.literal(source.path)) AS \"database\" (TYPE duckdb, READ_ONLY); USE \"database\";"]
        return [
            "SET memory_limit = '\(settings.memoryLimit / 1_048_576)MiB'; SET threads = \(settings.threads);",
            "SET temp_directory = \(DuckDBText.literal("\(folder.path)/spilled"));",
            "SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;",
            "SET allow_community_extensions = false; SET allowed_paths = [\(paths.joined(separator: ", "))];",
        ] + database + ["SET enable_external_access = false; SET lock_configuration = true;"]
    }

    /// Checks, behind the last row, that no file changed since the first look. Rows of two states would make people seem to have left.
    ///
    /// - Throws: `sources.changed`.
    func checkUnchanged() throws {
        for (path, state) in stamps where (try? Self.state(of: path)) != state {
            throw SourceError(
                .changed, at: .init(path.onOneLine),
                "the file changed while it was read; write a new file beside it and rename it over the old one between runs, then run again"
            )
        }
    }

    private static func state(of path: String) throws -> FileState {
        var status = stat()
        // Opening a pipe would wait for its writer.
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw SourceError(.notAFile, at: .init(path.onOneLine), "this is a folder or a device; DuckDB reads files")
        }
        let file = try OpenFile(path: path)
        guard let state = FileState(file.descriptor) else {
            throw SourceError(.unreadable, at: .init(path.onOneLine), "the file cannot be read: \(String(cString: strerror(errno)))")
        }
        return state
    }
}
