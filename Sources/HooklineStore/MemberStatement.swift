import GRDB
import GRDBSQLite
import HooklineCore

/// A statement over members, bound and stepped without an object for each value: a million rows pass through it.
///
/// What is bound from memory is borrowed, not copied, so it must outlive the steps that read it: the `with…` methods see to that.
struct MemberStatement {
    private let statement: Statement

    /// Prepares the statement, or finds it prepared on that connection.
    init(_ database: Database, sql: String) throws {
        statement = try database.cachedStatement(sql: sql)
        reset()
    }

    /// Ends the reading and forgets what was bound.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Goes on to the next row; false when there is none.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            sqlite3_reset(handle)
            // Without SQLite's own sentence: it may quote values.
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

    /// Binds a hash as 16 bytes while `body` runs, then ends the reading.
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

    /// The hash in that column of the row; nil when it is not one.
    func hash(at column: Int32) -> SubscriberHash? {
        guard sqlite3_column_bytes(handle, column) == 16, let bytes = sqlite3_column_blob(handle, column) else { return nil }
        return SubscriberHash(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    /// The state in that column of the row; nil when it is not one.
    func state(at column: Int32) -> MemberState? {
        UInt8(exactly: sqlite3_column_int64(handle, column)).flatMap(MemberState.init(rawValue:))
    }

    func number(at column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// The text in that column of the row; nil for NULL.
    func text(at column: Int32) -> String? {
        guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        var text = ""
        withText(at: column) { text = String(decoding: $0, as: UTF8.self) }
        return text
    }

    /// Hands over the text in that column of the row, valid while `body` runs.
    func withText(at column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let start = sqlite3_column_text(handle, column)
        body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    private var handle: OpaquePointer { statement.sqliteStatement }
}
