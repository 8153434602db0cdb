import GRDB
import HooklineCore

@testable import HooklineSources

/// An SQLite file that a test fills and reads.
final class SampleDatabase {
    let file = TemporaryFile()
    let queue: DatabaseQueue

    /// Creates a database from SQL, in WAL mode if requested.
    init(_ sql: String, isWAL: Bool = false) throws {
        var configuration = Configuration()
        if isWAL { configuration.journalMode = .wal }
        queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try execute(sql)
    }

    func execute(_ sql: String) throws {
        try queue.inDatabase { try $0.execute(sql: sql) }
    }

    func open(_ model: Model) throws -> any HooklineCore.RowCursor {
        try SQLiteSource(SourceConfiguration(name: "shop", kind: .sqlite, path: file.path), model: model).open()
    }

    func read(_ model: Model) throws -> RowsRead { try RowsRead(open(model)) }

    func read(sql: String) throws -> RowsRead { try read(Model(sql: sql)) }
}
