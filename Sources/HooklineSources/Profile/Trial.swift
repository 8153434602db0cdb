/// How a candidate does on the values of a column.
package struct Trial: Sendable {
    package let candidate: TypeCandidate
    /// Its place among the candidates.
    let index: Int
    /// Values that it reads.
    package private(set) var fits = 0
    /// Values that it does not read.
    package private(set) var misfits = ShapeCounts()
    package private(set) var least: Extent?
    package private(set) var most: Extent?

    init(_ index: Int) {
        self.index = index
        candidate = TypeCandidate.all[index]
    }

    /// Notes a value that fits.
    mutating func fit(_ value: Extent?) {
        fits += 1
        guard let value else { return }
        if least.map(value.isLess) ?? true { least = value }
        if most.map({ $0.isLess(than: value) }) ?? true { most = value }
    }

    /// Notes a value that does not fit. Of a candidate that is plainly none, shapes are not kept.
    mutating func miss(_ shape: @autoclosure () -> String, row: Int) {
        if misfits.total > fits + 100 { misfits.noteUnseen() } else { misfits.note(shape(), row: row) }
    }
}
