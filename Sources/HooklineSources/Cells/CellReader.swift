import HooklineCore
import JSON

/// Reads the cells of one column, whatever the source: text here; numbers, JSON, and SQLite rows in extensions.
///
/// When a cell does not fit, `append` returns false, appends nothing, and sets `misfit` to the reason.
struct CellReader {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    let column: Column
    let numbers: NumberReader
    let times: TimeReader
    /// Reads what a server writes, whatever the column's format.
    let serverTimes: TimeReader
    let lists: ListReader
    /// The texts that are NULL.
    let nulls: NullValues
    /// Whether `007` is a number. It must be in sources where everything is text.
    var allowsLeadingZeros = true
    /// Why the last rejected cell did not fit.
    var misfit = Misfit.text
    /// How many text cells so far hold a word for NULL.
    var nullWords = 0

    /// Whether to trim white space around text.
    let trims: Bool
    /// A buffer to reuse.
    var scratch: [UInt8] = []

    /// - Throws: `IssuesFound` for an unusable time zone or pattern that passed the manifest's checks.
    init(_ column: Column, _ cells: CellFormat, position: SourcePosition? = nil) throws {
        self.column = column
        trims = column.format.trims ?? cells.trims
        nulls = NullValues(cells.nullValues)
        numbers = NumberReader(column.format)
        lists = ListReader(column.format, trims: cells.trims)
        do {
            times = try TimeReader(column.format, timezone: cells.timezone)
            serverTimes = column.format.times.isEmpty ? times : try TimeReader(ColumnFormat(), timezone: cells.timezone)
        } catch {
            let message = "the times of column '\(column.name)' cannot be read: \(error.message)"
            throw IssuesFound([Issue(SourceError.Code.badModel.rawValue, message, at: position)])
        }
    }

    /// Appends the value that a UTF-8 text represents.
    ///
    /// White space around the value is trimmed, except in text columns that keep it. Text that is only white space is NULL.
    mutating func append(_ text: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        let trimmed = TextTrim.trimmed(text)
        if isNull(text, trimmed) {
            buffer.appendNull()
            return true
        }
        // Pattern matching, because `==` on an enum from another module is a function call.
        if case .text = column.type {
            if NullWord.isOne(trimmed) { nullWords += 1 }
            buffer.append(bytes: trims ? trimmed : text)
            return true
        }
        return append(trimmed: trimmed, to: &buffer)
    }

    /// Whether a text, with and without the white space around it, is NULL.
    func isNull(_ text: Bytes, _ trimmed: Bytes) -> Bool {
        trimmed.isEmpty && (isNothing(text) || nulls.contains(text)) || nulls.contains(trimmed)
    }

    /// Whether text that is empty or only white space is NULL.
    func isNothing(_ blank: Bytes) -> Bool {
        if case .text = column.type { return trims || blank.isEmpty }
        return true
    }

    private mutating func append(trimmed text: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        switch column.type {
        case .text: buffer.append(bytes: text)
        case .integer:
            guard let value = numbers.integer(text, allowsLeadingZeros: allowsLeadingZeros) else { return refuse(text) }
            buffer.append(integer: value)
        case .number:
            guard let value = numbers.number(text, allowsLeadingZeros: allowsLeadingZeros) else { return refuse(text) }
            buffer.append(number: value)
        case .decimal:
            scratch.removeAll(keepingCapacity: true)
            guard numbers.decimal(text, allowsLeadingZeros: allowsLeadingZeros, into: &scratch) else { return refuse(text) }
            scratch.withUnsafeBufferPointer { buffer.append(bytes: $0) }
        case .boolean:
            guard let value = BooleanWord.read(text) else { return refuse(text) }
            buffer.append(integer: value ? 1 : 0)
        case .timestamp:
            guard let value = times.moment(text) else { return refuse(text) }
            buffer.append(integer: value)
        case .date:
            guard let value = times.day(text) else { return refuse(text) }
            buffer.append(day: value)
        case .json:
            guard JSONScanner.isValid(text) else { return refuse(text) }
            buffer.append(bytes: text)
        case .list:
            guard lists.read(text, into: &scratch) else { return refuse(text) }
            scratch.withUnsafeBufferPointer { buffer.append(bytes: $0) }
        }
        return true
    }

    private mutating func refuse(_ text: Bytes) -> Bool {
        misfit =
            !allowsLeadingZeros && column.type.isNumeric && PlainNumber.hasLeadingZero(text) && text.allSatisfy { $0 &- 48 < 10 }
            ? .leadingZero : Misfit(text: text, of: column.type)
        return false
    }

    /// Records why a cell does not fit, and returns false.
    mutating func refuse(_ misfit: Misfit) -> Bool {
        self.misfit = misfit
        return false
    }
}

extension Column {
    /// Whether the type comes from the first values. Then a value of another kind never fits.
    var isObserved: Bool { if case .observed = origin { true } else { false } }
}

/// How a source's cells are read, in every column.
struct CellFormat {
    /// The texts that are NULL.
    var nullValues: [String] = []
    /// Whether to trim white space around text.
    var trims = true
    /// The IANA zone of times without one.
    var timezone = "UTC"

    init(_ source: SourceConfiguration, _ model: Model) {
        nullValues = source.nullValues
        trims = source.trims
        timezone = source.timezone ?? model.timezone
    }

    /// The format for calculated fields, which see times in UTC.
    var calculated: CellFormat {
        var format = self
        format.nullValues = []
        format.timezone = "UTC"
        return format
    }
}

extension ColumnType {
    /// Whether any text is a value of this type.
    var isText: Bool { if case .text = self { true } else { false } }

    /// Whether the values are numbers.
    var isNumeric: Bool {
        switch self {
        case .integer, .number, .decimal: true
        case .text, .boolean, .timestamp, .date, .json, .list: false
        }
    }
}
