import GRDB
import GRDBSQLite
import HooklineCore

/// A statement that is bound and stepped without an object for each value, because a million rows pass through it.
///
/// Bound memory is borrowed, not copied, and has to outlive the steps that read it: the `with…` methods ensure that.
struct MemberStatement {
    private let statement: Statement

    /// Prepares the statement, or reuses the one that the connection has prepared before.
    ///
    /// - Throws: `DatabaseError`.
    init(_ database: Database, sql: String) throws {
        statement = try database.cachedStatement(sql: sql)
        reset()
    }

    /// Ends the execution and clears the bindings.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Ends the execution, and keeps the bindings.
    func end() { sqlite3_reset(handle) }

    /// Steps to the next row.
    ///
    /// - Returns: whether there is one.
    /// - Throws: `DatabaseError`, with a result code only.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            sqlite3_reset(handle)
            // Without SQLite's message, which may quote values.
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
    }

    func bind(_ number: Int64?, at index: Int32) {
        if let number { sqlite3_bind_int64(handle, index, number) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int32) {
        guard let start = text.baseAddress else {
            sqlite3_bind_text(handle, index, "", 0, nil)
            return
        }
        start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            _ = sqlite3_bind_text(handle, index, $0, Int32(text.count), nil)
        }
    }

    /// Binds bytes, which must outlive the steps.
    func bind(blob bytes: UnsafeRawBufferPointer, at index: Int32) {
        sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
    }

    /// Binds a copy of a hash, or NULL.
    func bind(copying hash: SubscriberHash?, at index: Int32) {
        guard let hash else {
            sqlite3_bind_null(handle, index)
            return
        }
        withUnsafeBytes(of: (hash.high.bigEndian, hash.low.bigEndian)) {
            _ = sqlite3_bind_blob(handle, index, $0.baseAddress, 16, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    /// Binds a hash as 16 bytes while `body` runs, then ends the execution.
    func withHash<Result>(_ hash: SubscriberHash, at index: Int32, _ body: () throws -> Result) rethrows -> Result {
        var words = (hash.high.bigEndian, hash.low.bigEndian)
        return try withUnsafeBytes(of: &words) { bytes in
            defer {
                sqlite3_reset(handle)
                sqlite3_bind_null(handle, index)
            }
            sqlite3_bind_blob(handle, index, bytes.baseAddress, 16, nil)
            return try body()
        }
    }

    /// Binds a hash, unless it is nil, while `body` runs, then ends the execution.
    func withHash<Result>(_ hash: SubscriberHash?, at index: Int32, _ body: () throws -> Result) rethrows -> Result {
        guard let hash else { return try body() }
        return try withHash(hash, at: index, body)
    }

    /// Binds a text, or NULL, while `body` runs.
    func withText(_ text: String?, at index: Int32, _ body: () throws -> Void) rethrows {
        guard var text else {
            sqlite3_bind_null(handle, index)
            return try body()
        }
        try text.withUTF8 {
            bind($0, at: index)
            try body()
        }
    }

    /// The hash in a column of the row; nil if the value is not 16 bytes long.
    func hash(at column: Int32) -> SubscriberHash? {
        guard sqlite3_column_bytes(handle, column) == 16, let bytes = sqlite3_column_blob(handle, column) else { return nil }
        return SubscriberHash(bytes: UnsafeRawBufferPointer(start: bytes, count: 16), at: 0)
    }

    /// Passes the bytes in a column of the row to `body`; they are valid until `body` returns.
    func withBlob<Result>(at column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func isNull(at column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// The state in a column of the row; nil if it does not exist.
    func state(at column: Int32) -> MemberState? {
        UInt8(exactly: sqlite3_column_int64(handle, column)).flatMap(MemberState.init(rawValue:))
    }

    func number(at column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// The text in a column of the row; nil for NULL.
    func text(at column: Int32) -> String? {
        if isNull(at: column) { return nil }
        var text = ""
        withText(at: column) { text = String(decoding: $0, as: UTF8.self) }
        return text
    }

    /// Passes the UTF-8 text in a column of the row to `body`; it is valid until `body` returns.
    func withText(at column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let start = sqlite3_column_text(handle, column)
        body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    private var handle: OpaquePointer { statement.sqliteStatement }
}
