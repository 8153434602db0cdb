import HooklineCore

/// The rows that DuckDB's program writes, of which few are in memory. A program that does not end well has no last row.
final class DuckDBRows: QueryRows {
    private let kinds: [QueryCell.Kind]
    private let session: DuckDBSession
    private let start: () throws -> DuckDBProcess
    private var process: DuckDBProcess?
    private var scanner: CSVScanner?
    private var count = 0
    private var hasEnded = false
    private var isCancelled: @Sendable () -> Bool

    /// The most bytes of a row.
    private static let longestRow = 128 << 20

    /// - Parameters:
    ///   - kinds: how the values of each column are read.
    ///   - session: the source.
    ///   - isCancelled: called while the program works; true kills it.
    ///   - start: starts the program; called at the first step.
    init(
        _ kinds: [QueryCell.Kind], of session: DuckDBSession, isCancelled: @escaping @Sendable () -> Bool,
        start: @escaping () throws -> DuckDBProcess
    ) {
        self.kinds = kinds
        self.session = session
        self.isCancelled = isCancelled
        self.start = start
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {
        self.isCancelled = isCancelled
        process?.isCancelled = isCancelled
    }

    func step() throws -> Bool {
        if hasEnded { return false }
        do {
            guard try scanner(of: kinds.count).nextRow(width: max(kinds.count, 1)) else {
                try session.checkUnchanged()
                hasEnded = true
                return false
            }
        } catch let fault as DuckDBFault {
            throw SourceError(fault, of: session, isReading: true)
        } catch let error as SourceError where error.location.line != nil {
            throw unreadable(error)
        }
        count += 1
        return true
    }

    func cell(at index: Int) throws -> QueryCell {
        guard let scanner else { return QueryCell(kind: kinds[index], bytes: nil) }
        let field = scanner.fields[index]
        let bytes = field.bytes(in: scanner.record)
        if field.isQuoted { return QueryCell(kind: kinds[index], bytes: bytes) }
        guard bytes.elementsEqual(#"\N"#.utf8) else {
            throw SourceError(.queryFailed, at: .init(session.source.name, row: count), "DuckDB's program wrote what is not its output")
        }
        return QueryCell(kind: kinds[index], bytes: nil)
    }

    private func scanner(of width: Int) throws -> CSVScanner {
        if let scanner { return scanner }
        let process = try start()
        process.isCancelled = isCancelled
        var limits = FileWindow.Limits()
        limits.record = Self.longestRow
        let made = try CSVScanner(FileWindow(process, path: session.source.name, limits: limits), CSVFormat())
        (self.process, scanner) = (process, made)
        return made
    }

    /// A mistake of the scanner, whose lines are not those of any file.
    private func unreadable(_ error: SourceError) -> SourceError {
        let location = SourceError.Location(session.source.name, row: count + 1)
        switch error.code {
        case .recordTooLarge:
            return SourceError(.recordTooLarge, at: location, "the row is larger than \(Self.longestRow >> 20) MB; select fewer columns")
        case .badEncoding: return SourceError(.badEncoding, at: location, "a text of the row holds a NUL byte, which text never contains")
        default: return SourceError(.queryFailed, at: location, "DuckDB's program wrote what is not its output")
        }
    }
}
