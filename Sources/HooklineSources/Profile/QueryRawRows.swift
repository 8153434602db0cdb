import HooklineCore

/// The cells of a query's rows.
final class QueryRawRows<Rows: QueryRows>: RawRows {
    let names: [String]
    let allowsLeadingZeros = false

    private let rows: Rows
    private let types: [ColumnType]

    init(_ opened: (rows: Rows, agreement: ColumnAgreement)) {
        rows = opened.rows
        names = opened.agreement.own.map(\.name)
        types = opened.agreement.own.map(\.type)
    }

    func serverType(at index: Int) -> ColumnType? { types[index] }

    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool {
        guard try rows.step() else { return false }
        for index in names.indices { visit(index, .query(try rows.cell(at: index))) }
        return true
    }
}
