import Lua

/// A few rows in columns, which live as long as the table.
final class TestTable {
    /// Values as a test writes them; nil is NULL.
    enum Column {
        case text([String?])
        case integer([Int64?])
        case number([Double?])
        case decimal([String?])
        case boolean([Bool?])
        case timestamp([Int64?])
        case date([String?])
        case json([String?])
        case rawText([[UInt8]])
    }

    let names: [String]
    private(set) var columns: [LuaColumn] = []
    private(set) var rowCount = 0
    private var releases: [() -> Void] = []

    init(_ columns: [(String, Column)]) {
        names = columns.map(\.0)
        self.columns = columns.map { column($0.1) }
    }

    deinit { for release in releases { release() } }

    private func column(_ column: Column) -> LuaColumn {
        switch column {
        case .text(let values): bytes(.text, values.map { $0.map { Array($0.utf8) } })
        case .rawText(let values): bytes(.text, values)
        case .decimal(let values): bytes(.decimal, values.map { $0.map { Array($0.utf8) } })
        case .date(let values): bytes(.date, values.map { $0.map { Array($0.utf8) } })
        case .json(let values): bytes(.json, values.map { $0.map { Array($0.utf8) } })
        case .integer(let values): integers(.integer, values)
        case .timestamp(let values): integers(.timestamp, values)
        case .boolean(let values): integers(.boolean, values.map { $0.map { $0 ? 1 : 0 } })
        case .number(let values): make(.number, values.map { $0 != nil }, numbers: values.map { $0 ?? 0 })
        }
    }

    private func bytes(_ kind: LuaColumn.Kind, _ values: [[UInt8]?]) -> LuaColumn {
        var offsets: [UInt32] = [0]
        for value in values { offsets.append(offsets[offsets.count - 1] + UInt32(value?.count ?? 0)) }
        return make(kind, values.map { $0 != nil }, bytes: values.flatMap { $0 ?? [] }, offsets: offsets)
    }

    private func integers(_ kind: LuaColumn.Kind, _ values: [Int64?]) -> LuaColumn {
        make(kind, values.map { $0 != nil }, integers: values.map { $0 ?? 0 })
    }

    private func make(
        _ kind: LuaColumn.Kind, _ valid: [Bool], bytes: [UInt8] = [], offsets: [UInt32] = [], integers: [Int64] = [], numbers: [Double] = []
    ) -> LuaColumn {
        rowCount = valid.count
        return LuaColumn(
            kind, valid: held(valid.map { $0 ? 1 : 0 }), bytes: held(bytes), offsets: held(offsets), integers: held(integers),
            numbers: held(numbers))
    }

    private func held<Element>(_ values: [Element]) -> UnsafeBufferPointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
        _ = buffer.initialize(from: values)
        releases.append { buffer.deallocate() }
        return UnsafeBufferPointer(buffer)
    }
}
