import CPostgreSQL
import Foundation

/// Connects on a thread of its own, because looking up a name blocks, and libpq cannot be interrupted in it.
final class ConnectionAttempt: @unchecked Sendable {
    // Unchecked because the condition guards everything that changes. A connection is used by the thread, then by the one that waits.
    private let settings: ConnectionSettings
    private let seconds: Int
    private let condition = NSCondition()
    private var outcome: Result<OpaquePointer, PostgresFault>?
    private var isAbandoned = false

    /// How long to wait before looking again whether to go on, in seconds.
    static let step = 0.05

    private init(_ settings: ConnectionSettings, seconds: Int) {
        self.settings = settings
        self.seconds = seconds
    }

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - settings: where it is.
    ///   - seconds: how long it may take in all.
    ///   - isCancelled: called now and then; true stops.
    /// - Returns: libpq's connection, which the caller finishes.
    /// - Throws: ``PostgresFault``; `CancellationError`.
    static func connection(_ settings: ConnectionSettings, seconds: Int, isCancelled: () -> Bool) throws -> OpaquePointer {
        let attempt = ConnectionAttempt(settings, seconds: seconds)
        let thread = Thread { attempt.run() }
        thread.name = "connects to PostgreSQL"
        thread.start()
        return try attempt.wait(isCancelled)
    }

    private func wait(_ isCancelled: () -> Bool) throws -> OpaquePointer {
        // The thread itself keeps to the time, unless it looks up a name.
        let end = Date(timeIntervalSinceNow: Double(seconds) + 0.5)
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let outcome { return try outcome.get() }
            let isLate = Date() > end
            if isLate || isCancelled() {
                isAbandoned = true
                if !isLate { throw CancellationError() }
                throw tooLate
            }
            _ = condition.wait(until: Date(timeIntervalSinceNow: Self.step))
        }
    }

    private var tooLate: PostgresFault {
        PostgresFault(.unreachable, message: "no connection within \(seconds) s")
    }

    private func run() {
        let connection = settings.withPointers { PQconnectStartParams($0, $1, 0) }
        guard let connection else { return deliver(.failure(PostgresFault(.unreachable, message: "not enough memory"))) }
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        let end = Date(timeIntervalSinceNow: Double(seconds))
        var state = PGRES_POLLING_WRITING
        while PQstatus(connection) != CONNECTION_BAD, state != PGRES_POLLING_OK, state != PGRES_POLLING_FAILED {
            let isReady = SocketWait.wait(
                for: PQsocket(connection), toWrite: state == PGRES_POLLING_WRITING, milliseconds: Int32(Self.step * 1_000))
            if isOver { return PQfinish(connection) }
            if Date() > end {
                PQfinish(connection)
                return deliver(.failure(tooLate))
            }
            if isReady { state = PQconnectPoll(connection) }
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            let fault = PostgresFault(attempt: String(cString: PQerrorMessage(connection)), hiding: settings.secrets)
            PQfinish(connection)
            return deliver(.failure(fault))
        }
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        deliver(.success(connection))
    }

    private var isOver: Bool {
        condition.lock()
        defer { condition.unlock() }
        return isAbandoned
    }

    private func deliver(_ result: Result<OpaquePointer, PostgresFault>) {
        condition.lock()
        defer { condition.unlock() }
        if isAbandoned {
            if case .success(let connection) = result { PQfinish(connection) }
        } else {
            outcome = result
            condition.signal()
        }
    }
}
