import CCSV
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A search for many CSV records at once")
struct CSVSearchTests {
    private static let ways = [HL_CSV_PLAIN, HL_CSV_AVX2].filter { hl_csv_has($0) }.map { Int($0.rawValue) }

    @Test("uses the fastest way that the processor has")
    func best() {
        #expect(Self.ways.contains(Int(hl_csv_best_way().rawValue)))
    }

    @Test("finds what the scanner finds byte by byte, with the same lines, lengths, and errors", arguments: ways, UInt64(1)...400)
    func agreement(way: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let delimiter = [",", ";", "\t", " "].randomElement(using: &random) ?? ","
        let width = Int.random(in: 1...4, using: &random)
        let text = Self.text(&random, delimiter: delimiter, width: width)
        let limits = FileWindow.Limits(
            block: [1, 7, 64, 100, 1 << 18].randomElement(using: &random) ?? 64,
            record: [40, 300, 16 << 20].randomElement(using: &random) ?? 300)
        var format = CSVFormat()
        format.delimiter = delimiter.utf8.first ?? 0

        func rows(searching: Bool, _ random: inout SeededGenerator) throws -> [String] {
            let window = FileWindow(Bytes(text), path: "users.csv", limits: limits)
            let scanner = try CSVScanner(window, format, found: CSVRecords(hl_csv_way(UInt32(way))))
            scanner.searches = searching
            return Reading(scanner, width: width).rows(&random)
        }
        let expected = try rows(searching: false, &random)
        for _ in 0..<3 { #expect(try rows(searching: true, &random) == expected, "seed \(seed)") }
    }

    @Test("stops before what needs a closer look", arguments: ways)
    func stops(way: Int) throws {
        let most = String(repeating: "x", count: 70)
        for odd in ["a\"b,c", "\"a\"b,c", "a,b,c", "a", "", "a\0,b", "a\rb,c", "\"a\0\",b", "\(most),\(most)", "\"a\"\"b,c"] {
            let records = CSVRecords(hl_csv_way(UInt32(way)))
            let text = Array("\"l\n1\",\"a\"\"b\"\r\nc,d\n\(odd)\ne,f\n".utf8)
            text.withUnsafeBufferPointer { records.find(in: $0, delimiter: UInt8(ascii: ","), width: 2, mostBytes: 100) }
            #expect(records.count == 2, "\(odd)")
            #expect(records.lines(0..<2) == 3)
            #expect(records.field(1, of: 0).hasEscapes)
        }
    }

    @Test("reads columns as rows are read, whatever is bad in them", arguments: UInt64(1)...120)
    func columns(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let policy = [Model.BadValuePolicy.error, .null, .drop][Int(seed % 3)]
        // From no bad value to one in every row.
        let rarity = [3, 40, 1_000_000].randomElement(using: &random) ?? 40
        let texts = ["a", "NULL", " b ", "\"q\"\"q\"", "\"l\nl\"", "", "\" \"", "é", "-"]
        let values = [
            "integer": ["1", "-20", " 3 ", "\"4\"", ""], "number": ["1.5", "1e3", "", "007"],
            "boolean": ["yes", "f", ""], "timestamp": ["2026-01-02T03:04:05Z", "", "2026-01-02"], "date": ["2026-01-02", ""],
            "decimal": ["1.50", ""], "text": texts, "list": ["\"[\"\"a\"\"]\"", ""],
        ]
        let types: [ColumnType] = [.integer, .text, .number, .boolean, .timestamp, .date, .decimal, .list]
        let picked = (0..<Int.random(in: 1...6, using: &random)).map { _ in types.randomElement(using: &random) ?? .text }
        var text = picked.indices.map { "c\($0)" }.joined(separator: ",") + "\n"
        for _ in 0..<Int.random(in: 0...2_500, using: &random) {
            let fields = picked.map { type in
                Int.random(in: 0..<rarity, using: &random) == 0
                    ? "bad" : values[type.rawValue]?.randomElement(using: &random) ?? ""
            }
            text += fields.joined(separator: ",") + (Bool.random(using: &random) ? "\n" : "\r\n")
        }
        var bytes = Array(text.utf8)
        // A byte that is not UTF-8, in some files.
        if seed.isMultiple(of: 4), let at = bytes.lastIndex(of: UInt8(ascii: "a")) { bytes[at] = 0xFF }
        let model = Model(columns: picked.indices.map { .init("c\($0)", picked[$0]) }, onBadValue: policy)
        let file = try TemporaryFile(bytes)
        let source = CSVSource(
            SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: model,
            limits: .init(block: [64, 1 << 18][Int(seed % 2)]))

        let expected = Result { try RowsRead(BatchCursor(ByRow(try source.reader(searches: false)))) }
        let found = Result { try RowsRead(BatchCursor(try source.reader()), limit: [7, 1_000][Int(seed / 2 % 2)]) }
        switch (expected, found) {
        case (.success(let left), .success(let right)):
            #expect(left.rows == right.rows && left.numbers == right.numbers)
            #expect(left.rowsRead == right.rowsRead && left.rowsDropped == right.rowsDropped)
            #expect(left.unreadable == right.unreadable && left.nullWords == right.nullWords)
        case (.failure(let left), .failure(let right)): #expect("\(left)" == "\(right)")
        default: Testing.Issue.record("only one of both ways failed: \(expected), \(found)")
        }
    }

    /// Records with marks where they belong, and some where they do not.
    private static func text(_ random: inout SeededGenerator, delimiter: String, width: Int) -> [UInt8] {
        var text: [UInt8] = []
        let quoted = ["", "a", "a\"\"b", "\"\"", "l\nm", "x\r\ny", "a\(delimiter)b", "é"]
        let oddity = Int.random(in: 0...3, using: &random)
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            for field in 0..<width {
                if field > 0 { text += delimiter.utf8 }
                switch Int.random(in: 0..<(oddity == 0 ? 90 : 100_000), using: &random) {
                case 0: text.append([0, UInt8(ascii: "\""), UInt8(ascii: "\r"), 0xFF].randomElement(using: &random) ?? 0)
                case 1: text += delimiter.utf8
                case 2: text += "\n".utf8
                case 3: text += "\"a\"b".utf8
                case let other where other % 3 == 0:
                    let part = (0..<Int.random(in: 0...3, using: &random)).map { _ in quoted.randomElement(using: &random) ?? "" }
                    text += "\"\(part.joined())\"".utf8
                case let other where other % 11 == 0:
                    text += Array(repeating: UInt8(ascii: "x"), count: Int.random(in: 0...130, using: &random))
                case let other where other % 7 == 0: text += "é".utf8
                default: text += "ab".utf8.prefix(Int.random(in: 0...2, using: &random))
                }
            }
            text += Bool.random(using: &random) ? "\n".utf8 : "\r\n".utf8
        }
        if Bool.random(using: &random), !text.isEmpty { text.removeLast() }
        return text
    }
}

/// What a scanner finds, as lines of text.
private struct Reading {
    private let scanner: CSVScanner
    private let width: Int

    init(_ scanner: CSVScanner, width: Int) {
        self.scanner = scanner
        self.width = width
    }

    /// All rows, then how it ended. Rows that a search has found are read one by one or in columns, as chance decides.
    func rows(_ random: inout SeededGenerator) -> [String] {
        var rows: [String] = []
        do {
            while true {
                let limit = Int.random(in: 1...20, using: &random)
                if Bool.random(using: &random), let found = scanner.rowsAhead(width: width, limit: limit, bytes: 1_000) {
                    let columns = (0..<width).map { scanner.column($0, rows: found.count) }
                    for row in 0..<found.count {
                        let texts = columns.map { column in column[row].map { String(decoding: $0, as: UTF8.self) } }
                        let length = scanner.skip(1)
                        rows.append("\(texts) on line \(scanner.line), \(length) bytes")
                    }
                } else if try scanner.nextRow(width: width) {
                    let record = scanner.record
                    let texts = scanner.fields.map { field in
                        let bytes = field.bytes(in: record)
                        return field.hasHighBytes && String(validating: bytes, as: UTF8.self) == nil
                            ? nil : String(decoding: bytes, as: UTF8.self)
                    }
                    rows.append("\(texts) on line \(scanner.line), \(scanner.recordLength) bytes")
                } else {
                    return rows + ["the end"]
                }
            }
        } catch {
            return rows + ["\(error)"]
        }
    }
}

/// Reads row by row.
private final class ByRow: RowReader {
    private let reader: CSVReader

    init(_ reader: CSVReader) { self.reader = reader }

    var columns: [Column] { reader.columns }
    var counter: RowCounter {
        get { reader.counter }
        set { reader.counter = newValue }
    }
    var nullWords: [ColumnCount] { reader.nullWords }

    func readRow(into batch: inout RecordBatch) throws -> Int? { try reader.readRow(into: &batch) }
    func hold(_ reading: () throws -> Void) throws { try reader.hold(reading) }
}

private final class Bytes: ByteStream {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        let count = min(buffer.count, rest.count)
        for index in 0..<count { buffer[index] = rest[rest.startIndex + index] }
        rest = rest.dropFirst(count)
        return count
    }
}
