import CReader
import HooklineCore
import Text

/// A connection of a source, in a reader of its own, inside one transaction that only reads where the server has such.
final class DriverSession {
    /// A column, as the driver describes it.
    struct Column {
        let name: String
        /// Its type, by the number that ODBC gives it, also for drivers of ADBC.
        let type: Int
        let size: Int
        let digits: Int
        /// Its type, as the server calls it.
        let typeName: String
    }

    let source: SourceConfiguration
    let settings: DriverSettings
    /// What the server calls itself, such as `PostgreSQL`.
    let product: String
    let dialect: DriverSettings.Dialect?
    let process: DriverProcess

    /// The mark around names; empty if the server has none.
    private let quote: String
    private let secrets: SecretWords
    private var answer: [UInt8] = []

    /// Connects, and begins the transaction.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    init(_ source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws {
        self.source = source
        let settings = source.driver ?? DriverSettings()
        self.settings = settings
        let secrets = SecretWords(settings)
        self.secrets = secrets
        var answer: [UInt8] = []
        do {
            process = try DriverProcess(
                program: settings.reader ?? DriverReader.thisProgram, kind: source.kind, isCancelled: isCancelled)
            // Starting a big driver takes its time, too.
            process.deadline = .now + .seconds(settings.connectTimeout + 5)
            let found = try Self.connect(process, source, settings, &answer)
            process.deadline = nil
            product = found.product
            quote = found.quote.filter { $0 != " " }
        } catch let fault as DriverFault {
            throw SourceError(connecting: fault.hiding(secrets), of: source)
        }
        dialect = settings.dialect ?? DriverDialect.named(product)
        try translating {
            for statement in DriverDialect.beginning(dialect) { try execute(statement) }
            if dialect == .postgres, let schema = settings.schema { try execute("SET search_path TO \(name(schema))") }
            if dialect == .postgres, let limit = settings.statementTimeout { try execute("SET statement_timeout TO \(limit)") }
            _ = try ask(HL_READER_BEGIN, [])
        }
    }

    private static func connect(
        _ process: DriverProcess, _ source: SourceConfiguration, _ settings: DriverSettings, _ answer: inout [UInt8]
    ) throws -> (product: String, driver: String, quote: String) {
        if source.kind == .adbc { return try connect(process, ADBCConnection(source).request, settings, &answer) }
        let text = try ODBCConnectionText(source)
        let found = try connect(process, Array(text.text.text.utf8), settings, &answer)
        guard found.driver.lowercased().hasPrefix("psqlodbc") else { return found }
        return try connect(process, Array(text.forPsqlodbc.text.utf8), settings, &answer)
    }

    private static func connect(
        _ process: DriverProcess, _ request: [UInt8], _ settings: DriverSettings, _ answer: inout [UInt8]
    ) throws -> (product: String, driver: String, quote: String) {
        try process.send(HL_READER_CONNECT, DriverAnswer.bytes(of: Int32(settings.connectTimeout)) + request)
        let letter = try process.receive(into: &answer)
        if letter == HL_READER_FAULT { throw fault(answer) }
        guard letter == HL_READER_CONNECTED else { throw unexpected }
        var texts = DriverAnswer(answer)
        return (texts.text() ?? "", texts.text() ?? "", texts.text() ?? "")
    }

    /// A name in the server's quotes.
    func name(_ name: String) -> String {
        let mark = dialect == .databricks || dialect == .bigquery ? "`" : quote.isEmpty ? "\"" : quote
        return mark + name.replacing(mark, with: mark + mark) + mark
    }

    /// Runs a statement of ours.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func execute(_ statement: String) throws { _ = try ask(HL_READER_EXECUTE, Array(statement.utf8)) }

    /// The columns of a query.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func describe(_ query: String) throws -> [Column] {
        guard try ask(HL_READER_DESCRIBE, Array(query.utf8)) == HL_READER_COLUMNS else { throw Self.unexpected }
        var reading = DriverAnswer(answer)
        return (0..<(reading.number() ?? 0)).map { _ in
            let (type, size, digits) = (reading.number() ?? 0, reading.number() ?? 0, reading.number() ?? 0)
            return Column(name: reading.text() ?? "", type: type, size: size, digits: digits, typeName: reading.text() ?? "")
        }
    }

    /// The rows of a query of ours.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func rows(_ query: String, columns: Int) throws -> [[String?]] {
        try process.send(HL_READER_QUERY, DriverAnswer.bytes(of: Int32(0)) + Array(query.utf8))
        return try collect(columns)
    }

    /// The rows of a query that the server may refuse, which does not end the transaction; nil if it does.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func trying(_ query: String, columns: Int) throws -> [[String?]]? {
        try execute("SAVEPOINT hookline_try")
        do { return try rows(query, columns: columns) } catch let fault as DriverFault where fault.kind == .diagnosed {
            try execute("ROLLBACK TO SAVEPOINT hookline_try")
            return nil
        }
    }

    /// The schemas and names of the tables that match; schemas and names of nil are any.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func tables(schema: String?, name: String?) throws -> [(schema: String, name: String, type: String)] {
        // Some drivers take a backslash as a mark before % and _; what they find is compared again.
        let patterns = [schema ?? "", name ?? "%"].map { $0.replacing("\\", with: "_") }
        try process.send(HL_READER_TABLES, patterns.flatMap { DriverAnswer.bytes(of: $0) })
        return try collect(5).map { ($0[1] ?? "", $0[2] ?? "", $0[3] ?? "") }
    }

    /// Starts a query whose rows `receive` gives.
    ///
    /// - Throws: ``DriverFault``.
    func start(_ query: String) throws {
        let seconds = settings.statementTimeout.map { ($0 + 999) / 1_000 } ?? 0
        // The driver's own limit comes first, where it has one.
        process.deadline = settings.statementTimeout.map { .now + .milliseconds($0) + .seconds(2) }
        try process.send(HL_READER_QUERY, DriverAnswer.bytes(of: Int32(seconds)) + Array(query.utf8))
    }

    /// The next answer to a query: more rows, or their end with how many there were.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func receive(into bytes: inout [UInt8]) throws -> (isEnd: Bool, rows: Int) {
        switch try process.receive(into: &bytes) {
        case HL_READER_ROWS: return (false, 0)
        case HL_READER_END where bytes.count == 8: return (true, Int(bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }))
        case HL_READER_FAULT: throw Self.fault(bytes).hiding(secrets)
        default: throw Self.unexpected
        }
    }

    /// Turns a fault of statements that return none of the source's rows into an error.
    func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let fault as DriverFault { throw SourceError(fault, of: self, row: nil) }
    }

    private func collect(_ width: Int) throws -> [[String?]] {
        var rows: [[String?]] = []
        while true {
            let (isEnd, count) = try receive(into: &answer)
            if isEnd {
                guard count == rows.count else { throw Self.unexpected }
                return rows
            }
            var reading = DriverAnswer(answer)
            while !reading.isAtEnd { rows.append((0..<width).map { _ in reading.text() }) }
        }
    }

    private func ask(_ request: Int, _ bytes: [UInt8]) throws -> Int {
        try process.send(request, bytes)
        let letter = try process.receive(into: &answer)
        if letter == HL_READER_FAULT { throw Self.fault(answer).hiding(secrets) }
        return letter
    }

    private static let unexpected = DriverFault(kind: .broken, text: "the reader answered something else than it was asked")

    private static func fault(_ bytes: [UInt8]) -> DriverFault {
        guard bytes.count > 6 else { return unexpected }
        var reading = DriverAnswer(bytes, at: 6)
        let kind: DriverFault.Kind =
            switch Int(bytes[0]) {
            case HL_READER_DIAGNOSED: .diagnosed
            case HL_READER_MISSING: .missing
            case HL_READER_CUT: .cut
            case HL_READER_LARGE: .large
            default: .broken
            }
        return DriverFault(kind: kind, state: String(decoding: bytes[1..<6], as: UTF8.self), text: reading.text() ?? "")
    }
}
