import HooklineCore
import Support
import Testing

@Suite("The first rows of a source")
struct FirstRowsTests {
    private func read(_ rows: Int, limit: Int, batch size: Int) throws -> (count: Int, rowsRead: Int, isCut: Bool) {
        let source = InMemorySource([Column("id", .integer)], rows: (0..<rows).map { [.integer(Int64($0))] })
        let first = FirstRows(of: source, limit: limit)
        let cursor = try first.open()
        var batch = RecordBatch(columns: cursor.columns)
        var count = 0
        while try cursor.read(into: &batch, limit: size) { count += batch.count }
        return (count, cursor.rowsRead, first.isCut)
    }

    @Test(
        "are as many as the limit, and it is known whether there were more",
        arguments: [(10, 10, false), (10, 9, true), (10, 11, false), (0, 5, false), (1, 1, false), (3, 1, true)], [1, 3, 100])
    func limits(_ example: (rows: Int, limit: Int, isCut: Bool), _ size: Int) throws {
        let found = try read(example.rows, limit: example.limit, batch: size)
        #expect(found.count == min(example.rows, example.limit) && found.rowsRead == found.count && found.isCut == example.isCut)
    }
}
