import HooklineCore

/// Who would enter and leave by a plan, with the rows that they come from.
package struct PlanPeople: Sendable {
    /// Somebody on one of the two sides.
    package struct Person: Sendable {
        /// The segment's label.
        package let label: String?
        /// The row; nil for those who leave, of whom the ledger knows the address only, and for members whom a refresh adds again.
        package let row: Int?
        package let key: String?
        package let address: String
    }

    package private(set) var entering: [Person] = []
    package private(set) var leaving: [Person] = []
    /// How many there are, shown or not.
    package private(set) var enteringCount = 0
    package private(set) var leavingCount = 0

    /// The first people of each side.
    ///
    /// - Parameters:
    ///   - report: a plan's, with its addresses.
    ///   - keeper: watched the plan's rows.
    ///   - limit: the most people of a side; nil for all.
    /// - Throws: if the plan's addresses, or rows on disk, cannot be read.
    package init(_ report: RunReport, _ keeper: RowKeeper, limit: Int?) throws {
        var adds: [(label: String?, list: PlannedAddresses, count: Int)] = []
        var wanted = HashTable()
        for segment in report.segments {
            // Those who are only asked again come last.
            let (count, gone) = (segment.added, segment.removes ?? PlannedAddresses())
            enteringCount += count
            leavingCount += segment.removed
            let shown = min(count, max(0, (limit ?? .max) - adds.reduce(0) { $0 + $1.count }))
            if let list = segment.adds, shown > 0 {
                adds.append((segment.label, list, shown))
                for hash in try list.part(0..<shown).hashes { wanted.set(1, for: hash) }
            }
            for address in try gone.addresses(0..<min(gone.count, max(0, (limit ?? .max) - leaving.count))) {
                leaving.append(Person(label: segment.label, row: nil, key: nil, address: address))
            }
        }
        let rows = try keeper.entering(wanted)
        for (label, list, count) in adds {
            let shown = try list.part(0..<count)
            for index in 0..<count {
                let row = rows[shown.hashes[index]]
                entering.append(Person(label: label, row: row?.row, key: row?.key, address: shown[index]))
            }
        }
    }
}
