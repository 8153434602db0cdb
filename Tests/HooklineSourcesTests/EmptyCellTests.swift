import Foundation
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Cells without a value")
struct EmptyCellTests {
    private let blanks: [SourceTable.Cell] = [
        .null, .text(""), .text(" "), .text("\t\u{A0}"), .text("\u{2003}\u{3000}"), .text("\u{FEFF}"), .text("\r\n"),
    ]

    private func model(_ type: ColumnType) -> Model { Model(columns: [.init("v", type), .init("row", .text)]) }

    @Test("blank cells are NULL in every source and every type", arguments: SourceTable.kinds, ColumnType.allCases)
    func blank(_ kind: SourceConfiguration.Kind, _ type: ColumnType) throws {
        let read = try SourceTable.column(blanks).read(from: kind, model(type))
        #expect(read.rows.map { $0[0] } == blanks.map { _ in nil })
        #expect(read.unreadable.isEmpty)
    }

    @Test("white space of every kind around text is trimmed", arguments: SourceTable.kinds)
    func trimmed(_ kind: SourceConfiguration.Kind) throws {
        let texts = ["gone ", " gone", "\u{A0}gone\u{A0}", "gone\n", "\u{2009}gone\u{202F}", "\u{FEFF}gone", "gone\u{200B}"]
        let read = try SourceTable.column(texts.map { .text($0) }).read(from: kind, model(.text))
        #expect(read.rows.map { $0[0] } == texts.map { _ in "gone" })
    }

    @Test("white space stays if the source or the column says so, but empty text is still NULL", arguments: SourceTable.kinds)
    func kept(_ kind: SourceConfiguration.Kind) throws {
        let table = SourceTable.column([.text(" a "), .text(" "), .text(""), .text("b")])
        let bySource = try table.read(from: kind, model(.text)) { $0.trims = false }
        #expect(bySource.rows.map { $0[0] } == [" a ", " ", nil, "b"])
        var format = ColumnFormat()
        format.trims = false
        let byColumn = try table.read(from: kind, Model(columns: [.init("v", .text, format: format)]))
        #expect(byColumn.rows.map { $0[0] } == [" a ", " ", nil, "b"])
        format.trims = true
        let overruled = try table.read(from: kind, Model(columns: [.init("v", .text, format: format)])) { $0.trims = false }
        #expect(overruled.rows.map { $0[0] } == ["a", nil, nil, "b"])
    }

    @Test("a source lists the texts that are NULL, compared exactly", arguments: SourceTable.kinds)
    func nullValues(_ kind: SourceConfiguration.Kind) throws {
        let cells: [SourceTable.Cell] = [.text("NULL"), .text(" \\N "), .text("n/a"), .text("null"), .text("x"), .text("-999")]
        let read = try SourceTable.column(cells).read(from: kind, model(.text)) { $0.nullValues = ["NULL", "\\N", "n/a", "-999"] }
        #expect(read.rows.map { $0[0] } == [nil, nil, nil, "null", "x", nil])
        #expect(read.nullWords == [ColumnCount("v", 1)])
    }

    @Test("such a text may be a number, and may occur in a column of any type", arguments: SourceTable.kinds)
    func nullNumbers(_ kind: SourceConfiguration.Kind) throws {
        let numbers = try SourceTable.column([.integer(-999), .integer(5), .text("unknown")]).read(from: kind, model(.integer)) {
            $0.nullValues = ["-999", "unknown"]
        }
        #expect(numbers.rows.map { $0[0] } == [nil, "5", nil])
        let days = try SourceTable.column([.text("0000-00-00"), .text("2026-05-01")]).read(from: kind, model(.date)) {
            $0.nullValues = ["0000-00-00"]
        }
        #expect(days.rows.map { $0[0] } == [nil, "2026-05-01"])
    }

    @Test("unlisted words for NULL stay text and are counted", arguments: SourceTable.kinds)
    func words(_ kind: SourceConfiguration.Kind) throws {
        let words = ["NULL", "null", "\\N", "n/a", "N/A", "#N/A", "NaN", "none", "nil", "-", " Null ", "(null)"]
        let others = ["nullify", "no", "nine", "-1", "NA", "n", "None of these"]
        let read = try SourceTable.column((words + others).map { .text($0) }).read(from: kind, model(.text))
        #expect(read.rows.map { $0[0] } == (words + others).map { $0.trimmingCharacters(in: .whitespaces) })
        #expect(read.nullWords == [ColumnCount("v", words.count)])
    }

    @Test("such a word does not fit a column of another type", arguments: SourceTable.kinds)
    func typedWords(_ kind: SourceConfiguration.Kind) throws {
        let table = SourceTable.column([.text("2026-01-01"), .text("NULL")])
        #expect(sourceError { _ = try table.read(from: kind, model(.date)) }?.code == .badValue)
    }
}
