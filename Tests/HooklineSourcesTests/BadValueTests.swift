import CodedErrors
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Values that do not fit")
struct BadValueTests {
    private func model(_ policy: Model.BadValuePolicy) -> Model {
        Model(columns: [.init("age", .integer), .init("since", .date)], onBadValue: policy)
    }

    private let text = "email,age,since\na,1,2024-01-01\n\"b\nb\",secret,2024-01-02\nc,3,never\nd,x,never\ne,5,2024-01-05\n"

    @Test("are an error by default, with the line, the column, and what is allowed, but without the value")
    func error() throws {
        let error = try #require(sourceError { _ = try RowsRead.csv(text, model(.error)) })
        #expect(error.code == .badValue)
        #expect(error.location.line == 3)
        #expect(error.message.contains("column 'age' is not of type integer, which allows whole numbers"))
        #expect(error.message.contains("on_bad_value"))
        #expect(!error.description.contains("secret"))
    }

    @Test("are unreadable and counted by column under on_bad_value: null")
    func null() throws {
        let read = try RowsRead.csv(text, model(.null))
        #expect(read.rows.map { $0[1] } == ["1", RowsRead.unknown, "3", RowsRead.unknown, "5"])
        #expect(read.rows.map { $0[2] } == ["2024-01-01", "2024-01-02", RowsRead.unknown, RowsRead.unknown, "2024-01-05"])
        #expect(read.unreadable == [ColumnCount("age", 2), ColumnCount("since", 2)])
        #expect(read.valuesNulled == 4)
        #expect(read.rowsDropped == 0)
        #expect(read.rowsRead == 5)
    }

    @Test("skip their row and are counted under on_bad_value: drop")
    func drop() throws {
        let read = try RowsRead.csv(text, model(.drop))
        #expect(read.rows == [["a", "1", "2024-01-01"], ["e", "5", "2024-01-05"]])
        #expect(read.numbers == [1, 5])
        #expect(read.valuesNulled == 0)
        #expect(read.rowsDropped == 3)
        #expect(read.rowsRead == 5)
    }

    @Test("may be in every row: the source then ends without rows and without an error")
    func allDropped() throws {
        let read = try RowsRead.csv("age\nx\ny\n", Model(columns: [.init("age", .integer)], onBadValue: .drop))
        #expect(read.rows.isEmpty)
        #expect(read.rowsDropped == 2)
    }

    @Test("do not excuse a broken format", arguments: [Model.BadValuePolicy.null, .drop])
    func brokenFormat(_ policy: Model.BadValuePolicy) {
        #expect(sourceError { _ = try RowsRead.csv("email,age,since\na,1\n", model(policy)) }?.code == .raggedRow)
        #expect(sourceError { _ = try RowsRead.jsonl("{\"age\":1}\n{\"age\":", model(policy)) }?.code == .badJSON)
    }
}
