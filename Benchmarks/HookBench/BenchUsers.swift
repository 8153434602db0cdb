import CHostBaseline
import HooklineCore

/// The users of the baseline in batches, as a source would deliver them.
struct BenchUsers {
    static let columns = [
        Column("id", .text), Column("email", .text), Column("first_name", .text), Column("country", .text),
        Column("lifetime_value", .number), Column("last_order_at", .timestamp),
    ]

    let columns: [Column]
    var batches: [RecordBatch] = []
    let count: Int

    /// Copies the users.
    ///
    /// - Parameters:
    ///   - users: the users of the baseline.
    ///   - count: how many they are.
    ///   - columnCount: beyond six, adds text, integer and number columns that no script reads.
    init(_ users: OpaquePointer, count: Int, columnCount: Int = 6) {
        let more = (Self.columns.count..<max(Self.columns.count, columnCount)).map { index in
            Column("more_\(index)", [.text, .integer, .number][index % 3])
        }
        columns = Self.columns + more
        self.count = count
        for first in stride(from: 0, to: count, by: RecordBatch.defaultRows) {
            var batch = RecordBatch(columns: columns)
            for row in first..<min(count, first + RecordBatch.defaultRows) {
                for index in columns.indices { Self.append(users, row, index, to: &batch.columns[index]) }
                batch.endRow(number: row + 1)
            }
            batches.append(batch)
        }
    }

    private static func append(_ users: OpaquePointer, _ row: Int, _ index: Int, to column: inout ColumnBuffer) {
        switch index {
        case CHOST_LIFETIME_VALUE: column.append(number: chost_users_number(users, UInt32(row)))
        case CHOST_LAST_ORDER_AT: column.append(integer: chost_users_integer(users, UInt32(row)))
        case 0..<CHOST_LIFETIME_VALUE:
            var length: UInt32 = 0
            let text = UnsafeRawBufferPointer(start: chost_users_text(users, UInt32(index), UInt32(row), &length), count: Int(length))
            column.append(bytes: text.assumingMemoryBound(to: UInt8.self))
        default:
            switch column.column.type.storage {
            case .bytes: column.append(text: "more text")
            case .integers: column.append(integer: Int64(row))
            case .numbers: column.append(number: Double(row))
            }
        }
    }
}
