import CCSV
import HooklineCore

/// The rest of a text file, cut behind whole records.
final class FileParts: RowParts, @unchecked Sendable {
    // Unchecked because only one reader at a time takes a part, and nothing else changes.
    private let window: FileWindow
    /// The number of the line on which the next part begins, from 1.
    private var line: Int
    /// Whether a line feed in quotes ends no record.
    private let hasQuotes: Bool
    /// Reads the rows that are in memory since the file was opened; nil once they have been taken.
    private var head: (any PartFitter)?
    private let makeFitter: (FileWindow) throws -> any PartFitter
    private let check: (Int) throws -> Void
    private let way = hl_csv_best_way()

    /// - Parameters:
    ///   - window: the file, before the first record that is not in the head.
    ///   - line: the number of the line there, from 1.
    ///   - hasQuotes: whether a line feed in quotes ends no record.
    ///   - head: reads the rows that are in memory since the file was opened; nil if there are none.
    ///   - check: what `finish` checks, for a number of rows.
    ///   - makeFitter: makes a reader of the records in a window.
    init(
        _ window: FileWindow, line: Int, hasQuotes: Bool, head: (any PartFitter)? = nil, check: @escaping (Int) throws -> Void = { _ in },
        makeFitter: @escaping (FileWindow) throws -> any PartFitter
    ) {
        self.window = window
        self.line = line
        self.hasQuotes = hasQuotes
        self.head = head
        self.check = check
        self.makeFitter = makeFitter
    }

    func reader() throws -> any PartReader {
        let own = FileWindow(NoBytes(), path: window.path, limits: window.limits)
        return FilePartReader(self, own, try makeFitter(own))
    }

    func finish(rows: Int) throws { try check(rows) }

    /// A part that was cut off.
    struct Part {
        /// Reads the rows of the head; nil for a part of the file.
        var head: (any PartFitter)?
        /// The number of its first line, from 1.
        var line = 0
        /// Its size, in bytes.
        var bytes = 0
        /// The error behind its last record.
        var failure: (any Error)?
    }

    /// Cuts off the next part, and copies it into a window.
    ///
    /// - Returns: the part; nil at the end of the file.
    /// - Throws: what reading the file throws, if no whole record comes before.
    func cut(into own: FileWindow) throws -> Part? {
        if let head {
            self.head = nil
            return Part(head: head)
        }
        while true {
            let unread = window.unread
            let cut = hl_csv_cut_records(
                way, unread.baseAddress, unread.count, hasQuotes, window.limits.partRows, window.limits.partBytes)
            if cut.is_full { return move(cut, to: own) }
            if window.hasEnded {
                if unread.isEmpty { return nil }
                return move(hl_csv_cut(end: unread.count, records: 0, lines: cut.lines, is_full: true), to: own)
            }
            // What begins here is too large, which its reader says.
            if unread.count - cut.end > window.limits.record {
                if cut.end > 0 { return move(cut, to: own) }
                own.load(unread, isEnd: false)
                return Part(line: line, bytes: unread.count)
            }
            do {
                _ = try window.more()
            } catch {
                if cut.end == 0 { throw error }
                var part = move(cut, to: own)
                part.failure = error
                return part
            }
        }
    }

    private func move(_ cut: hl_csv_cut, to own: FileWindow) -> Part {
        own.load(UnsafeMutableBufferPointer(rebasing: window.unread[..<cut.end]), isEnd: true)
        window.take(cut.end)
        defer { line += cut.lines }
        return Part(line: line, bytes: cut.end)
    }

    /// Of a window that gets its bytes otherwise.
    private final class NoBytes: ByteStream {
        func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int { 0 }
    }
}

/// Reads the rows of one part after the other.
protocol PartFitter: RowReader {
    /// Begins with a part whose first line has this number.
    func begin(line: Int)
    /// What was counted since the last call.
    func takeCounts() -> RowCounts
}

/// Takes parts of a file and fits them.
private final class FilePartReader: PartReader, @unchecked Sendable {
    // Unchecked because only one thread at a time uses a reader.
    private let parts: FileParts
    private let window: FileWindow
    private let fitter: any PartFitter
    private var part = FileParts.Part()

    init(_ parts: FileParts, _ window: FileWindow, _ fitter: any PartFitter) {
        self.parts = parts
        self.window = window
        self.fitter = fitter
    }

    func take() throws -> Int? {
        guard let part = try parts.cut(into: window) else { return nil }
        self.part = part
        return part.bytes
    }

    func fit(into batch: inout RecordBatch) throws -> RowCounts {
        batch.removeAll()
        let fitter = part.head ?? fitter
        if part.head == nil { fitter.begin(line: part.line) }
        part.head = nil
        try fitter.hold { while try fitter.readRows(into: &batch, limit: .max, bytes: .max) != nil {} }
        if let failure = part.failure { throw failure }
        return fitter.takeCounts()
    }
}
