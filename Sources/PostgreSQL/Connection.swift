import CPostgreSQL

/// A connection to a server, for one thread at a time.
///
/// Waiting never blocks for long: every wait looks now and then whether to stop.
package final class Connection {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Whether to stop. Called on the thread that waits.
    package var isCancelled: @Sendable () -> Bool

    /// Nil once it is closed.
    private var connection: OpaquePointer?
    private let secrets: [String]
    /// The result that is read now.
    private var row: OpaquePointer?
    /// Whether the server works on a statement.
    private var isBusy = false

    /// How long to wait before looking again whether to stop, in milliseconds.
    private static let step: Int32 = 50

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - settings: where it is, and how to sign in.
    ///   - seconds: how long it may take in all.
    ///   - isCancelled: called now and then; true stops.
    /// - Throws: ``PostgresFault``; `CancellationError`.
    package init(_ settings: ConnectionSettings, seconds: Int, isCancelled: @escaping @Sendable () -> Bool) throws {
        self.isCancelled = isCancelled
        secrets = settings.secrets
        connection = try ConnectionAttempt.connection(settings, seconds: seconds, isCancelled: isCancelled)
    }

    deinit { close() }

    /// Ends the connection, and asks the server to stop what it still works on.
    package func close() {
        PQclear(row)
        row = nil
        guard let open = connection else { return }
        if isBusy, PQstatus(open) == CONNECTION_OK { Cancellation.send(for: open) }
        PQfinish(open)
        connection = nil
    }

    // MARK: Whole statements

    /// Runs statements, separated by semicolons, and drops what they return.
    ///
    /// - Throws: ``PostgresFault``; `CancellationError`.
    package func execute(_ statements: String) throws {
        try send { PQsendQuery($0, statements) }
        while let result = try nextResult() { PQclear(result) }
    }

    /// Runs a query.
    ///
    /// - Parameters:
    ///   - query: one statement, with `$1` and so on for the values.
    ///   - values: the values, all as text.
    /// - Returns: all of its rows, as text.
    /// - Throws: ``PostgresFault``; `CancellationError`.
    package func rows(_ query: String, _ values: [String] = []) throws -> [[String?]] {
        try send(query, values)
        var rows: [[String?]] = []
        while let result = try nextResult() {
            defer { PQclear(result) }
            for row in 0..<PQntuples(result) {
                rows.append((0..<PQnfields(result)).map { Self.value(result, row, $0).map { String(decoding: $0, as: UTF8.self) } })
            }
        }
        return rows
    }

    /// A column of a statement's rows.
    package struct Field: Sendable {
        package let name: String
        /// The object ID of its type, without any domain around it.
        package let type: UInt32
    }

    /// Prepares a statement, and says what it would return; nothing is run.
    ///
    /// - Returns: its columns, and how many values it expects.
    /// - Throws: ``PostgresFault``, also for a text with more than one statement; `CancellationError`.
    package func describe(_ statement: String) throws -> (fields: [Field], values: Int) {
        try send { PQsendPrepare($0, "", statement, 0, nil) }
        while let result = try nextResult() { PQclear(result) }
        try send { PQsendDescribePrepared($0, "") }
        var described: (fields: [Field], values: Int) = ([], 0)
        while let result = try nextResult() {
            defer { PQclear(result) }
            let fields = (0..<PQnfields(result)).map { Field(name: String(cString: PQfname(result, $0)), type: PQftype(result, $0)) }
            described = (fields, Int(PQnparams(result)))
        }
        return described
    }

    // MARK: Rows one by one

    /// Starts a query whose rows ``next()`` then returns one by one, so that only one is in memory.
    ///
    /// - Parameters:
    ///   - query: one statement, with `$1` and so on for the values.
    ///   - values: the values, all as text.
    /// - Throws: ``PostgresFault``.
    package func start(_ query: String, _ values: [String] = []) throws {
        try send(query, values)
        if let connection { PQsetSingleRowMode(connection) }
    }

    /// Moves to the next row; false at the end.
    ///
    /// - Throws: ``PostgresFault`` for a query that ends without its last row; `CancellationError`.
    package func next() throws -> Bool {
        PQclear(row)
        row = nil
        while let result = try nextResult() {
            if PQresultStatus(result) == PGRES_SINGLE_TUPLE {
                row = result
                return true
            }
            PQclear(result)
        }
        return false
    }

    /// A value of the row, as text; nil for NULL. It is valid until the next row.
    package func value(at column: Int) -> Bytes? { row.flatMap { Self.value($0, 0, Int32(truncatingIfNeeded: column)) } }

    private static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32) -> Bytes? {
        if PQgetisnull(result, row, column) == 1 { return nil }
        let count = Int(PQgetlength(result, row, column))
        let start = UnsafeRawPointer(PQgetvalue(result, row, column)).map { $0.assumingMemoryBound(to: UInt8.self) }
        return Bytes(start: start, count: count)
    }

    // MARK: The wire

    private func send(_ query: String, _ values: [String]) throws {
        var values = values
        try send { connection in
            Self.withCStrings(&values) { PQsendQueryParams(connection, query, Int32($0.count), nil, $0.baseAddress, nil, nil, 0) }
        }
    }

    private func send(_ sending: (OpaquePointer) -> Int32) throws {
        guard let connection else { throw gone }
        guard sending(connection) == 1 else { throw lost(connection) }
        isBusy = true
    }

    /// The next result; nil once the statement has ended.
    private func nextResult() throws -> OpaquePointer? {
        guard let connection else { throw gone }
        while PQisBusy(connection) == 1 {
            while !SocketWait.wait(for: PQsocket(connection), toWrite: false, milliseconds: Self.step) {
                if isCancelled() {
                    close()
                    throw CancellationError()
                }
            }
            guard PQconsumeInput(connection) == 1 else { throw lost(connection) }
        }
        guard let result = PQgetResult(connection) else {
            isBusy = false
            return nil
        }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_EMPTY_QUERY: return result
        case PGRES_FATAL_ERROR:
            let fault = PostgresFault(result, of: connection, hiding: secrets)
            PQclear(result)
            drain()
            throw fault
        default:
            // COPY, which would wait for data.
            PQclear(result)
            close()
            throw PostgresFault(.statement, message: "the statement copies data, and returns no rows")
        }
    }

    /// Leaves the connection ready for the next statement after an error.
    private func drain() {
        guard let connection, PQstatus(connection) == CONNECTION_OK else { return close() }
        while true {
            while PQisBusy(connection) == 1 {
                _ = SocketWait.wait(for: PQsocket(connection), toWrite: false, milliseconds: Self.step)
                if isCancelled() || PQconsumeInput(connection) != 1 { return close() }
            }
            guard let result = PQgetResult(connection) else { break }
            PQclear(result)
        }
        isBusy = false
    }

    private func lost(_ connection: OpaquePointer) -> PostgresFault {
        let fault = PostgresFault(attempt: String(cString: PQerrorMessage(connection)), hiding: secrets)
        close()
        return PostgresFault(.lost, state: fault.state, message: fault.message)
    }

    private var gone: PostgresFault { PostgresFault(.lost, message: "the connection is closed") }

    private static func withCStrings<Result>(
        _ texts: inout [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = texts.map { text in UnsafePointer(copy(of: text)) }
        defer { for copy in copies { copy.deallocate() } }
        return copies.map(Optional.some).withUnsafeBufferPointer(body)
    }

    private static func copy(of text: String) -> UnsafeMutablePointer<CChar> {
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
        text.withCString { copy.initialize(from: $0, count: text.utf8.count + 1) }
        return copy
    }
}
