/// How well a candidate type fits a column.
package struct Trial: Sendable {
    package let candidate: TypeCandidate
    /// The candidate's index in `TypeCandidate.all`.
    let index: Int
    /// How many values fit.
    package private(set) var fits = 0
    /// The values that do not fit, by shape.
    package private(set) var misfits = ShapeCounts()
    package private(set) var least: Extent?
    package private(set) var most: Extent?

    init(_ index: Int) {
        self.index = index
        candidate = TypeCandidate.all[index]
    }

    /// Counts a value that fits.
    mutating func fit(_ value: Extent?) {
        fits += 1
        guard let value else { return }
        if least.map(value.isLess) ?? true { least = value }
        if most.map({ $0.isLess(than: value) }) ?? true { most = value }
    }

    /// Counts a value that does not fit; without its shape once the candidate is plainly wrong.
    mutating func miss(_ shape: @autoclosure () -> String, row: Int) {
        if misfits.total > fits + 100 { misfits.noteUnseen() } else { misfits.note(shape(), row: row) }
    }
}
