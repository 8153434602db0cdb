import HooklineCore
import Text

/// Splits the bytes of a CSV file into records and fields, by RFC 4180.
///
/// What the RFC leaves open: lines end with LF or CRLF, or all with CR if the header does; the last line may end with the file; quotes
/// may only enclose a whole field; nothing is trimmed; NUL is an error. The caller checks for UTF-8 with `check(field:)`. Records are
/// scanned whole, so block boundaries make no difference.
final class CSVScanner {
    /// The fields of the record that `next()` read.
    private(set) var fields: [CSVField] = []
    /// The number of the line on which that record begins, from 1.
    private(set) var line = 1
    /// The length of that record in the file, including its line break, in bytes.
    private(set) var recordLength = 0

    /// The path of the file, for messages.
    var path: String { window.path }
    /// The size of the buffer, in bytes.
    var bufferCapacity: Int { window.capacity }

    /// Whether to search for many records at once.
    var searches: Bool
    /// The records behind the current one that a search has found, and how many of them have been read.
    let found: CSVRecords
    private(set) var foundRead = 0
    /// Where the current record begins in the window; 0 unless a search has found it.
    private var recordStart = 0

    private let window: FileWindow
    private let marks: CSVMarks
    private let format: CSVFormat
    let escape: UInt8
    private var linesInRecord = 0
    private var endsLinesWithCarriageReturn = false

    /// - Parameters:
    ///   - window: the file, before its header.
    ///   - format: the delimiter and the escape.
    ///   - line: the number of the header's line, from 1.
    ///   - found: where a search puts the records that it finds.
    /// - Throws: `sources.bad_delimiter`.
    init(_ window: FileWindow, _ format: CSVFormat, line: Int = 1, found: CSVRecords = CSVRecords()) throws {
        self.found = found
        searches = format.escape == .double
        marks = try CSVMarks(format, path: window.path)
        self.window = window
        self.format = format
        self.line = line
        escape = format.escapeByte
    }

    /// The bytes of the current record; valid until `next()`.
    var record: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: window.unread[recordStart..<recordStart + recordLength]) }

    /// Reads the first record. If it ends with a lone CR, all lines do.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: what `next()` throws.
    func nextHeader() throws -> Bool {
        endsLinesWithCarriageReturn = true
        let found = try next()
        endsLinesWithCarriageReturn = found && window.unread[recordLength - 1] == CSVMarks.carriageReturn
        return found
    }

    /// Reads the next record.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `SourceError`, with the line.
    func next() throws -> Bool {
        if foundRead < found.count {
            readFound()
            return true
        }
        leaveRecord()
        while true {
            let bytes = UnsafeBufferPointer(window.unread)
            if !bytes.isEmpty, let length = try scan(bytes) {
                try checkSize(length)
                recordLength = length
                finish(length)
                return true
            }
            if window.hasEnded { return false }
            try checkSize(bytes.count)
            _ = try window.more()
        }
    }

    /// Moves behind the current record.
    private func leaveRecord() {
        window.take(recordStart + recordLength)
        line += linesInRecord
        (recordStart, recordLength, linesInRecord) = (0, 0, 0)
        found.removeAll()
        foundRead = 0
    }

    /// Leaves the rest of the file to others, unless records end where only this scanner looks.
    ///
    /// - Returns: the file behind the current record, and the number of the line there.
    func giveAway() -> (window: FileWindow, line: Int)? {
        if !searches || endsLinesWithCarriageReturn { return nil }
        leaveRecord()
        return (window, line)
    }

    /// A scanner of other bytes of the same file.
    func another(_ window: FileWindow) throws -> CSVScanner { try CSVScanner(window, format) }

    /// Begins anew with what the window has now.
    func begin(line: Int) {
        (recordStart, recordLength, linesInRecord) = (0, 0, 0)
        found.removeAll()
        foundRead = 0
        self.line = line
    }

    /// Searches for records with `width` fields behind the current one, unless it has found some that have not been read.
    func search(width: Int) {
        if foundRead < found.count || !searches || endsLinesWithCarriageReturn { return }
        leaveRecord()
        found.find(
            in: UnsafeBufferPointer(window.unread), delimiter: format.delimiter, width: width, mostBytes: window.limits.record)
    }

    /// Reads the next record that the search has found.
    private func readFound() {
        let (record, bytes) = (foundRead, window.unread)
        stepTo(record)
        fields.removeAll(keepingCapacity: true)
        for place in 0..<found.width {
            var field = found.field(place, of: record)
            if field.hasEscapes {
                field.count = unescape(bytes, field)
                found.set(count: field.count, ofField: place, of: record)
            }
            field.start -= recordStart
            field.end -= recordStart
            fields.append(field)
        }
    }

    /// Makes a found record the current one, without its fields.
    private func stepTo(_ record: Int) {
        line += linesInRecord + found.lines(foundRead..<record)
        linesInRecord = found.lines(record..<record + 1)
        (recordStart, recordLength) = (found.range(record).lowerBound, found.range(record).count)
        foundRead = record + 1
    }

    /// Steps over records that the search has found, to the last of them; its fields are not read.
    ///
    /// - Returns: their length, in bytes.
    func skip(_ count: Int) -> Int {
        let start = found.range(foundRead).lowerBound
        stepTo(foundRead + count - 1)
        fields.removeAll(keepingCapacity: true)
        return recordStart + recordLength - start
    }

    /// One field of the next records that the search has found; `skip` steps over them.
    func column(_ place: Int, rows: Int) -> CSVColumn { found.column(place, of: foundRead..<foundRead + rows, in: window.unread) }

    /// The length of the record at the beginning of the bytes; nil if it may continue after them.
    private func scan(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Int? {
        // A local variable, because every change to a class's property is checked for exclusive access.
        var fields = self.fields
        self.fields = []
        defer { self.fields = fields }
        fields.removeAll(keepingCapacity: true)
        let isWhole = window.hasEnded
        var at = 0
        while true {
            let isQuoted = at < bytes.count && bytes[at] == CSVMarks.quote
            guard let field = try isQuoted ? quotedField(bytes, at, isWhole) : plainField(bytes, at, isWhole) else { return nil }
            fields.append(field)
            at = field.end
            guard at < bytes.count else { return isWhole ? at : nil }
            switch marks[bytes[at]] {
            case .delimiter:
                at += 1
            case .lineFeed:
                return at + 1
            case .carriageReturn:
                if at + 1 == bytes.count { return isWhole ? at + 1 : nil }
                if bytes[at + 1] == CSVMarks.lineFeed { return at + 2 }
                guard endsLinesWithCarriageReturn else { throw loneCarriageReturn(bytes, at) }
                return at + 1
            case .quote, .nul, .none:
                throw misplaced(bytes, at, isQuoted)
            }
        }
    }

    /// The field up to the next special byte; nil if it may continue after the bytes.
    private func plainField(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ isWhole: Bool) throws -> CSVField? {
        var at = start
        var seen: UInt8 = 0
        while at < bytes.count, marks.isPlain(bytes[at]) {
            seen |= bytes[at]
            at += 1
        }
        if at == bytes.count, !isWhole { return nil }
        return CSVField(start: start, count: at - start, end: at, hasHighBytes: seen >= 0x80)
    }

    /// The field in quotes; nil if it may continue after the bytes.
    private func quotedField(_ bytes: UnsafeBufferPointer<UInt8>, _ opening: Int, _ isWhole: Bool) throws -> CSVField? {
        let start = opening + 1
        var at = start
        var seen: UInt8 = 0
        var hasEscapes = false
        while at < bytes.count {
            let byte = bytes[at]
            if byte == escape || byte == CSVMarks.quote {
                if at + 1 == bytes.count, !isWhole { return nil }
                if at + 1 < bytes.count, isEscaped(byte, bytes[at + 1]) {
                    hasEscapes = true
                    at += 1
                } else if byte == CSVMarks.quote {
                    return CSVField(
                        start: start, count: at - start, end: at + 1, isQuoted: true, hasEscapes: hasEscapes, hasHighBytes: seen >= 0x80)
                }
            } else if byte == 0 {
                throw misplaced(bytes, at, true)
            }
            seen |= byte
            at += 1
        }
        guard isWhole else { return nil }
        throw SourceError(
            .badQuoting, at: location(bytes, opening),
            "a quote opens here and is never closed; close it, or double a quote that is text")
    }

    /// Whether the first of two bytes inside quotes escapes the second: a doubled quote or, with `escape: backslash`, a backslash before
    /// a quote or a backslash.
    private func isEscaped(_ first: UInt8, _ second: UInt8) -> Bool {
        second == CSVMarks.quote ? first == CSVMarks.quote || first == escape : first == escape && second == escape
    }

    /// Counts the lines of a scanned record, and removes escapes from its fields.
    private func finish(_ length: Int) {
        let bytes = window.unread
        linesInRecord = 1
        for (index, field) in fields.enumerated() where field.isQuoted {
            linesInRecord += lineBreaks(in: UnsafeBufferPointer(rebasing: bytes[field.start..<field.start + field.count]))
            if field.hasEscapes { fields[index].count = unescape(bytes, field) }
        }
    }

    /// Removes the escape bytes from a field in place, and returns its new length.
    private func unescape(_ bytes: UnsafeMutableBufferPointer<UInt8>, _ field: CSVField) -> Int {
        CSVEscapes.remove(from: bytes, field.start..<field.start + field.count, isEscaped)
    }

    private func checkSize(_ length: Int) throws {
        guard length > window.limits.record else { return }
        throw SourceError(
            .recordTooLarge, at: .init(path, line: line),
            "the record that begins here has more than \(window.limits.record) bytes, the limit; check for a quote that is never closed")
    }

    /// Checks that a field of the current record is UTF-8.
    ///
    /// - Throws: `sources.bad_encoding`.
    func check(field place: Int) throws {
        let field = fields[place]
        guard field.hasHighBytes, let fault = UTF8Check.firstFault(in: field.bytes(in: record)) else { return }
        // Goes field by field, because unescaping leaves stale bytes behind a field.
        var line = line
        for earlier in fields[..<place] where earlier.isQuoted { line += lineBreaks(in: earlier.bytes(in: record)) }
        line += lineBreaks(in: UnsafeBufferPointer(rebasing: field.bytes(in: record)[..<fault]))
        throw SourceError(.badEncoding, at: .init(path, line: line), TextEncoding.message(format.encoding))
    }

    /// The location of a byte of the record.
    func location(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> SourceError.Location {
        .init(path, line: line + lineBreaks(in: UnsafeBufferPointer(rebasing: bytes[..<at])))
    }

    private func lineBreaks(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for at in bytes.indices {
            if bytes[at] == CSVMarks.lineFeed { count += 1 }
            guard endsLinesWithCarriageReturn, bytes[at] == CSVMarks.carriageReturn else { continue }
            if at + 1 == bytes.count || bytes[at + 1] != CSVMarks.lineFeed { count += 1 }
        }
        return count
    }
}
