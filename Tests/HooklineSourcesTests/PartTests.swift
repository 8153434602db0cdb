import CCSV
import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A file in parts")
struct PartTests {
    private static let ways = [HL_CSV_PLAIN, HL_CSV_AVX2].filter { hl_csv_has($0) }.map { Int($0.rawValue) }

    @Test(
        "of CSV has the rows, counts, and first error that it has as a whole, however it is cut and whoever fits which part",
        arguments: UInt64(1)...400)
    func csv(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let table = RandomRecords(&random)
        let file = try TemporaryFile(table.csv(&random))
        let source = CSVSource(
            SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: table.model, limits: Self.limits(&random))
        Self.expectSameInParts(seed, &random) { BatchCursor(try source.reader()) }
    }

    @Test("of JSONL has the rows, counts, and first error that it has as a whole", arguments: UInt64(1)...300)
    func jsonl(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let table = RandomRecords(&random)
        let file = try TemporaryFile(table.jsonl(&random))
        let source = JSONLSource(
            SourceConfiguration(name: "shop", kind: .jsonl, path: file.path), model: table.model, limits: Self.limits(&random))
        Self.expectSameInParts(seed, &random) { BatchCursor(try source.reader()) }
    }

    @Test("that changes while it is read fails behind its last part", arguments: [SourceConfiguration.Kind.csv, .jsonl])
    func changed(kind: SourceConfiguration.Kind) throws {
        let head = kind == .csv ? "a\n" : ""
        let file = try TemporaryFile(head + (1...5_000).map { kind == .csv ? "\($0)\n" : "{\"a\":\($0)}\n" }.joined())
        let cursor = try SourceFactory.source(SourceConfiguration(name: "shop", kind: kind, path: file.path), model: Model()).open()
        let parts = try #require(cursor.parts())
        let reader = try parts.reader()
        var batch = RecordBatch(columns: cursor.columns)
        var rows = 0
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("x".utf8))
        let error = sourceError {
            while try reader.take() != nil { rows += try reader.fit(into: &batch).rowsRead }
        }
        #expect(error?.code == .changed)
        #expect(rows >= 4_000)
    }

    @Test("ends behind whole records, as a look at each byte says", arguments: ways, UInt64(1)...200)
    func cuts(way: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
            Array("aaaaaaab\n\n\"\",".utf8).randomElement(using: &random) ?? 0
        }
        let (hasQuotes, most) = (Bool.random(using: &random), Int.random(in: 1...20, using: &random))
        let mostBytes = [1, 30, 64, 100, 1_000].randomElement(using: &random) ?? 1
        let cut = hl_csv_cut_records(hl_csv_way(UInt32(way)), bytes, bytes.count, hasQuotes, most, mostBytes)
        var (end, records, lines, seen, isOpen) = (0, 0, 0, 0, false)
        for (at, byte) in bytes.enumerated() where records < most && end < mostBytes {
            if byte == UInt8(ascii: "\"") { isOpen.toggle() }
            guard byte == UInt8(ascii: "\n") else { continue }
            seen += 1
            if hasQuotes && isOpen { continue }
            (end, records, lines) = (at + 1, records + 1, seen)
        }
        #expect(cut.end == end && cut.records == records && cut.lines == lines)
        #expect(cut.is_full == (records == most || end >= mostBytes))
    }

    @Test("cannot be had where records end otherwise: the cursor reads them")
    func others() throws {
        let file = try TemporaryFile("a,b\r1,2\r3,4\r")
        let cursor = try CSVSource(SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: Model()).open()
        #expect(cursor.parts() == nil)
        var random = SeededGenerator(seed: 1)
        #expect(try RowsRead(inParts: cursor, readers: 2, &random).rows == [["1", "2"], ["3", "4"]])
    }

    private static func limits(_ random: inout SeededGenerator) -> FileWindow.Limits {
        FileWindow.Limits(
            block: [1, 7, 100, 1 << 18].randomElement(using: &random) ?? 64,
            record: [60, 300, 16 << 20].randomElement(using: &random) ?? 300,
            partRows: [1, 3, 30, 1_000].randomElement(using: &random) ?? 1, partBytes: [1, 200, 1 << 20].randomElement(using: &random) ?? 1)
    }

    private static func expectSameInParts(_ seed: UInt64, _ random: inout SeededGenerator, _ open: () throws -> any RowCursor) {
        let whole = Result { try RowsRead(open()) }
        let parts = Result { try RowsRead(inParts: open(), readers: Int.random(in: 1...4, using: &random), &random) }
        switch (whole, parts) {
        case (.success(let left), .success(let right)):
            #expect(left.rows == right.rows && left.numbers == right.numbers, "seed \(seed)")
            #expect(left.rowsRead == right.rowsRead && left.rowsDropped == right.rowsDropped, "seed \(seed)")
            #expect(left.unreadable == right.unreadable && left.nullWords == right.nullWords, "seed \(seed)")
        case (.failure(let left), .failure(let right)): #expect("\(left)" == "\(right)", "seed \(seed)")
        default: Testing.Issue.record("seed \(seed): only one of both ways failed: \(whole), \(parts)")
        }
    }
}

/// Rows with a text, numbers, and whatever is wrong in files.
private struct RandomRecords {
    let model: Model
    private let types: [ColumnType]
    /// One in so many values does not fit.
    private let rarity: Int
    /// One in so many rows is broken.
    private let breakage: Int
    private let rows: Int

    init(_ random: inout SeededGenerator) {
        let all: [ColumnType] = [.text, .integer, .number, .boolean]
        types = [.text] + (0..<Int.random(in: 0...3, using: &random)).map { _ in all.randomElement(using: &random) ?? .text }
        rarity = [3, 40, 1_000_000].randomElement(using: &random) ?? 3
        breakage = [60, 1_000_000, 1_000_000].randomElement(using: &random) ?? 60
        rows = [0, 5, 60, 300].randomElement(using: &random) ?? 5
        var model = Model(
            columns: types.enumerated().map { .init("c\($0)", $1) },
            onBadValue: [Model.BadValuePolicy.error, .null, .null, .drop, .drop].randomElement(using: &random) ?? .null)
        if Int.random(in: 0..<4, using: &random) == 0 { model.calculated = [.init("twice", "c0 || c0")] }
        self.model = model
    }

    private func value(_ type: ColumnType, _ random: inout SeededGenerator) -> String {
        if Int.random(in: 0..<rarity, using: &random) == 0 { return "bad" }
        return switch type {
        case .integer: ["1", "-20", "4", ""].randomElement(using: &random) ?? ""
        case .number: ["1.5", "1e3", ""].randomElement(using: &random) ?? ""
        case .boolean: ["yes", "f", ""].randomElement(using: &random) ?? ""
        default: ["a", "NULL", " b ", "q\"q", "l\nl", "x\r\ny", "", "é", "a,b"].randomElement(using: &random) ?? ""
        }
    }

    func csv(_ random: inout SeededGenerator) -> [UInt8] {
        var text = types.indices.map { "c\($0)" }.joined(separator: ",") + "\n"
        for _ in 0..<rows {
            if Int.random(in: 0..<20, using: &random) == 0 { text += "\n" }
            if Int.random(in: 0..<breakage, using: &random) == 0 {
                text +=
                    ["a\"b", "\"a\"b", "\0", "a\rb", ",,,,,,,", "\"", String(repeating: "x", count: 400)].randomElement(using: &random)
                    ?? ""
            }
            text += types.map { field(value($0, &random), &random) }.joined(separator: ",")
            text += Bool.random(using: &random) ? "\n" : "\r\n"
        }
        if Bool.random(using: &random) { text.removeLast() }
        var bytes = Array(text.utf8)
        if breakage == 60, let at = bytes.lastIndex(of: UInt8(ascii: "a")), Bool.random(using: &random) { bytes[at] = 0xFF }
        return bytes
    }

    private func field(_ value: String, _ random: inout SeededGenerator) -> String {
        let needsQuotes = value.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
        return needsQuotes || Bool.random(using: &random) ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
    }

    func jsonl(_ random: inout SeededGenerator) -> [UInt8] {
        var text = ""
        for number in 0..<rows {
            if Int.random(in: 0..<20, using: &random) == 0 { text += " \n" }
            if number > 0, Int.random(in: 0..<breakage, using: &random) == 0 {
                text += ["{", "nothing", "\0", String(repeating: "x", count: 400)].randomElement(using: &random) ?? ""
            }
            // A key that no object has is an error.
            let members = types.indices.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }.map { index in
                let value = value(types[index], &random).replacing("\"", with: "\\\"").replacing("\r\n", with: "\\n").replacing(
                    "\n", with: "\\n")
                return "\"c\(index)\":\"\(value)\""
            }
            text += "{\(members.joined(separator: ","))}\n"
        }
        if Bool.random(using: &random), !text.isEmpty { text.removeLast() }
        return Array(text.utf8)
    }
}

extension RowsRead {
    /// Reads a cursor's parts. Each reader takes one, then they are fitted in some other order.
    init(inParts cursor: any RowCursor, readers count: Int, _ random: inout SeededGenerator) throws {
        columns = cursor.columns
        let parts = cursor.parts() ?? CursorParts(cursor)
        let readers = try (0..<count).map { _ in try parts.reader() }
        var counts = RowCounts()
        while true {
            var (taken, hasEnded) = (0, false)
            var failure: (any Error)?
            while taken < readers.count, !hasEnded, failure == nil {
                do {
                    if try readers[taken].take() == nil { hasEnded = true } else { taken += 1 }
                } catch { failure = error }
            }
            var fitted: [Int: Result<(RecordBatch, RowCounts), any Error>] = [:]
            for index in (0..<taken).shuffled(using: &random) {
                fitted[index] = Result {
                    var batch = RecordBatch(columns: columns)
                    let counts = try readers[index].fit(into: &batch)
                    return (batch, counts)
                }
            }
            for index in 0..<taken {
                guard let (batch, more) = try fitted[index]?.get() else { continue }
                for row in 0..<batch.count { rows.append(batch.columns.map { $0.isUnreadable(row) ? Self.unknown : $0.described(row) }) }
                numbers += batch.rowNumbers.map { $0 + counts.rowsRead }
                counts += more
            }
            if let failure { throw failure }
            if hasEnded { break }
        }
        try parts.finish(rows: counts.rowsRead)
        rowsRead = counts.rowsRead
        rowsDropped = counts.rowsDropped
        unreadable = counts.unreadable(of: columns)
        nullWords = counts.nullWords(of: columns)
    }
}
