import HooklineCore
import Testing

@testable import HooklineSources

@Suite("A relation")
struct RelationTests {
    private let orders = "customer,total,placed\n1,0.1,2026-01-02\n1.0,0.2,2026-01-05\n2,5,2026-01-01\n,9,2026-01-01\n"

    private func source(
        _ users: String, _ orders: String, _ fields: [AggregatedField], _ change: (inout Relation) -> Void = { _ in }
    ) throws -> (source: any RowSource, files: [TemporaryFile]) {
        let files = [try TemporaryFile(Array(users.utf8)), try TemporaryFile(Array(orders.utf8))]
        let related = Model(columns: [.init("customer", .decimal), .init("total", .number), .init("placed", .date)])
        var relation = Relation(
            name: "orders", key: "id", relatedKey: "customer",
            source: SourceConfiguration(name: "orders", kind: .csv, path: files[1].path), model: related, aggregates: fields)
        change(&relation)
        var model = Model(primaryKey: "id", columns: [.init("id", .integer)])
        model.relations = [relation]
        return (try SourceFactory.source(SourceConfiguration(name: "users", kind: .csv, path: files[0].path), model: model), files)
    }

    @Test("compares numbers by their value, and sums and averages them exactly")
    func exact() throws {
        let made = try source("id\n1\n2\n3\n", orders, [.init("spent", .sum, of: "total"), .init("mean", .avg, of: "total")])
        let read = try RowsRead(made.source.open())
        #expect(read.rows == [["1", "0.3", "0.15"], ["2", "5", "5"], ["3", nil, nil]])
    }

    @Test("gives the same rows in parts")
    func parts() throws {
        let made = try source("id\n" + (1...2_500).map { "\($0)\n" }.joined(), orders, [.init("n", .count)])
        let cursor = try made.source.open()
        let parts = try #require(cursor.parts())
        let reader = try parts.reader()
        var batch = RecordBatch(columns: cursor.columns)
        var counts: [Int64] = []
        while try reader.take() != nil {
            _ = try reader.fit(into: &batch)
            #expect(batch.columns[1].count == batch.count)
            counts += batch.columns[1].integers
        }
        #expect(counts.count == 2_500 && counts[..<3] == [2, 1, 0] && counts.reduce(0, +) == 3)
    }

    @Test("refuses keys that cannot be equal, unknown fields, and functions that a column does not take")
    func misfits() throws {
        func code(_ fields: [AggregatedField], _ change: (inout Relation) -> Void = { _ in }) throws -> [String] {
            let made = try source("id,name\n1,x\n", orders, fields, change)
            do {
                _ = try made.source.open()
                return []
            } catch let error as IssuesFound { return error.issues.map(\.code) }
        }
        let found = [
            try code([.init("n", .count)], { $0.key = "name" }), try code([.init("n", .count)], { $0.key = "nam" }),
            try code([.init("n", .sum, of: "placed")]), try code([.init("n", .sum, of: "totl")]), try code([.init("name", .count)]),
        ]
        let expected = ["bad_relation", "unknown_column", "bad_relation", "unknown_column", "duplicate_column"]
        #expect(found == expected.map { ["sources.\($0)"] })
    }

    @Test("is refused if its keys do not fit the memory, and stops at a key that cannot be read")
    func tooLarge() throws {
        let made = try source("id\n1\n", "customer,total,placed\n1,1,\n2,1,\n?,1,\n", [.init("n", .count)])
        let error = sourceError { _ = try RowsRead(made.source.open()) }
        #expect(error?.code == .badValue)
        let file = try TemporaryFile(Array(orders.utf8))
        let relation = Relation(
            name: "orders", key: "id", relatedKey: "customer", source: SourceConfiguration(name: "orders", kind: .csv, path: file.path),
            model: Model(), aggregates: [.init("n", .count)])
        let table = try RelatedTable(relation, now: 0, memoryLimit: 200) { false }
        let tooLarge = sourceError { try table.read() }
        #expect(tooLarge?.code == .relationTooLarge)
    }
}
