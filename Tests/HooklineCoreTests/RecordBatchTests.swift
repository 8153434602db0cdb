import HooklineCore
import Support
import Testing

@Suite("A record batch")
struct RecordBatchTests {
    private let columns = [Column("id", .integer), Column("name", .text), Column("value", .number)]

    @Test("holds values and NULLs column by column")
    func values() {
        let batch = RecordBatch(columns, rows: [[1, "Ada", 1.5], [nil, nil, nil], [3, "", 0.0]], first: 10)
        #expect(batch.count == 3)
        #expect(batch.rowNumbers == [10, 11, 12])
        #expect(batch.columns[0].described(0) == "1")
        #expect(batch.columns[1].text(0) == "Ada")
        #expect(batch.columns[1].text(1) == nil)
        #expect(batch.columns[1].text(2) == "")
        #expect(batch.columns[2].isNull(1))
        #expect(batch.index(of: "value") == 2)
    }

    @Test("can discard a row half-way")
    func discard() {
        var batch = RecordBatch(columns, rows: [[1, "Ada", 1.5]])
        batch.columns[0].append(integer: 2)
        batch.columns[1].append(text: "Bob")
        batch.discardOpenRow()
        batch.append([[3, "Eva", nil]], first: 3)
        #expect(batch.count == 2)
        #expect(batch.columns[1].text(1) == "Eva")
        #expect(batch.columns[2].count == 2)
    }

    @Test("can be emptied and filled again")
    func reuse() {
        var batch = RecordBatch(columns, rows: [[1, "Ada", 1.5], [2, "Bob", nil]])
        batch.removeAll()
        #expect(batch.count == 0)
        batch.append([[7, "Eva", 2.0]], first: 1)
        #expect(batch.columns[0].integers == [7])
        #expect(batch.columns[1].text(0) == "Eva")
    }
}
