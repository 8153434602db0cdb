import CODBC
import HooklineCore
import Text

/// A connection of a source, in a reader of its own, inside one transaction that only reads where the server has such.
final class ODBCSession {
    /// A column, as the driver describes it.
    struct Column {
        let name: String
        /// Its type, by the number that ODBC gives it.
        let type: Int
        let size: Int
        let digits: Int
        /// Its type, as the server calls it.
        let typeName: String
    }

    let source: SourceConfiguration
    let settings: ODBCSettings
    /// What the server calls itself, such as `PostgreSQL`.
    let product: String
    let dialect: ODBCSettings.Dialect?
    let process: ODBCProcess

    /// The mark around names; empty if the server has none.
    private let quote: String
    private var answer: [UInt8] = []

    /// Connects, and begins the transaction.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    init(_ source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws {
        self.source = source
        let settings = source.odbc ?? ODBCSettings()
        self.settings = settings
        let text = try ODBCConnectionText(source)
        var answer: [UInt8] = []
        do {
            process = try ODBCProcess(program: settings.reader ?? ODBCReader.thisProgram, isCancelled: isCancelled)
            // Starting a big driver takes its time, too.
            process.deadline = .now + .seconds(settings.connectTimeout + 5)
            var found = try Self.connect(process, text.text, settings, &answer)
            if found.driver.lowercased().hasPrefix("psqlodbc") {
                found = try Self.connect(process, text.forPsqlodbc, settings, &answer)
            }
            process.deadline = nil
            product = found.product
            quote = found.quote.filter { $0 != " " }
        } catch let fault as ODBCFault {
            throw SourceError(connecting: fault, of: source)
        }
        dialect = settings.dialect ?? ODBCDialect.named(product)
        try translating {
            for statement in ODBCDialect.beginning(dialect) { try execute(statement) }
            if dialect == .postgres, let schema = settings.schema { try execute("SET search_path TO \(name(schema))") }
            if dialect == .postgres, let limit = settings.statementTimeout { try execute("SET statement_timeout TO \(limit)") }
            _ = try ask(HL_ODBC_BEGIN, [])
        }
    }

    private static func connect(
        _ process: ODBCProcess, _ text: HiddenText, _ settings: ODBCSettings, _ answer: inout [UInt8]
    ) throws -> (product: String, driver: String, quote: String) {
        try process.send(HL_ODBC_CONNECT, ODBCAnswer.bytes(of: Int32(settings.connectTimeout)) + Array(text.text.utf8))
        let letter = try process.receive(into: &answer)
        if letter == HL_ODBC_FAULT { throw fault(answer) }
        guard letter == HL_ODBC_CONNECTED else { throw unexpected }
        var texts = ODBCAnswer(answer)
        return (texts.text() ?? "", texts.text() ?? "", texts.text() ?? "")
    }

    /// A name in the server's quotes.
    func name(_ name: String) -> String {
        let mark = dialect == .databricks || dialect == .bigquery ? "`" : quote.isEmpty ? "\"" : quote
        return mark + name.replacing(mark, with: mark + mark) + mark
    }

    /// Runs a statement of ours.
    ///
    /// - Throws: ``ODBCFault``; `CancellationError`.
    func execute(_ statement: String) throws { _ = try ask(HL_ODBC_EXECUTE, Array(statement.utf8)) }

    /// The columns of a query.
    ///
    /// - Throws: ``ODBCFault``; `CancellationError`.
    func describe(_ query: String) throws -> [Column] {
        guard try ask(HL_ODBC_DESCRIBE, Array(query.utf8)) == HL_ODBC_COLUMNS else { throw Self.unexpected }
        var reading = ODBCAnswer(answer)
        return (0..<(reading.number() ?? 0)).map { _ in
            let (type, size, digits) = (reading.number() ?? 0, reading.number() ?? 0, reading.number() ?? 0)
            return Column(name: reading.text() ?? "", type: type, size: size, digits: digits, typeName: reading.text() ?? "")
        }
    }

    /// The rows of a query of ours.
    ///
    /// - Throws: ``ODBCFault``; `CancellationError`.
    func rows(_ query: String, columns: Int) throws -> [[String?]] {
        try process.send(HL_ODBC_QUERY, ODBCAnswer.bytes(of: Int32(0)) + Array(query.utf8))
        return try collect(columns)
    }

    /// The rows of a query that the server may refuse, which does not end the transaction; nil if it does.
    ///
    /// - Throws: ``ODBCFault``; `CancellationError`.
    func trying(_ query: String, columns: Int) throws -> [[String?]]? {
        try execute("SAVEPOINT hookline_try")
        do { return try rows(query, columns: columns) } catch let fault as ODBCFault where fault.kind == .diagnosed {
            try execute("ROLLBACK TO SAVEPOINT hookline_try")
            return nil
        }
    }

    /// The schemas and names of the tables that match; schemas and names of nil are any.
    ///
    /// - Throws: ``ODBCFault``; `CancellationError`.
    func tables(schema: String?, name: String?) throws -> [(schema: String, name: String, type: String)] {
        try process.send(HL_ODBC_TABLES, ODBCAnswer.bytes(of: schema ?? "") + ODBCAnswer.bytes(of: name ?? "%"))
        return try collect(5).map { ($0[1] ?? "", $0[2] ?? "", $0[3] ?? "") }
    }

    /// Starts a query whose rows `receive` gives.
    ///
    /// - Throws: ``ODBCFault``.
    func start(_ query: String) throws {
        let seconds = settings.statementTimeout.map { ($0 + 999) / 1_000 } ?? 0
        // The driver's own limit comes first, where it has one.
        process.deadline = settings.statementTimeout.map { .now + .milliseconds($0) + .seconds(2) }
        try process.send(HL_ODBC_QUERY, ODBCAnswer.bytes(of: Int32(seconds)) + Array(query.utf8))
    }

    /// The next answer to a query: more rows, or their end with how many there were.
    ///
    /// - Throws: ``ODBCFault``; `CancellationError`.
    func receive(into bytes: inout [UInt8]) throws -> (isEnd: Bool, rows: Int) {
        switch try process.receive(into: &bytes) {
        case HL_ODBC_ROWS: return (false, 0)
        case HL_ODBC_END where bytes.count == 8: return (true, Int(bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }))
        case HL_ODBC_FAULT: throw Self.fault(bytes)
        default: throw Self.unexpected
        }
    }

    /// Turns a fault of statements that return none of the source's rows into an error.
    func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let fault as ODBCFault { throw SourceError(fault, of: self, row: nil) }
    }

    private func collect(_ width: Int) throws -> [[String?]] {
        var rows: [[String?]] = []
        while true {
            let (isEnd, count) = try receive(into: &answer)
            if isEnd {
                guard count == rows.count else { throw Self.unexpected }
                return rows
            }
            var reading = ODBCAnswer(answer)
            while !reading.isAtEnd { rows.append((0..<width).map { _ in reading.text() }) }
        }
    }

    private func ask(_ request: Int, _ bytes: [UInt8]) throws -> Int {
        try process.send(request, bytes)
        let letter = try process.receive(into: &answer)
        if letter == HL_ODBC_FAULT { throw Self.fault(answer) }
        return letter
    }

    private static let unexpected = ODBCFault(kind: .broken, text: "the reader answered something else than it was asked")

    private static func fault(_ bytes: [UInt8]) -> ODBCFault {
        guard bytes.count > 6 else { return unexpected }
        var reading = ODBCAnswer(bytes, at: 6)
        let kind: ODBCFault.Kind =
            switch Int(bytes[0]) {
            case HL_ODBC_DIAGNOSED: .diagnosed
            case HL_ODBC_MISSING: .missing
            case HL_ODBC_CUT: .cut
            case HL_ODBC_LARGE: .large
            default: .broken
            }
        return ODBCFault(kind: kind, state: String(decoding: bytes[1..<6], as: UTF8.self), text: reading.text() ?? "")
    }
}
