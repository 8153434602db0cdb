/// The limits of a breakdown into labels: `breakdown:` in a manifest.
package struct Breakdown: Equatable, Sendable {
    /// Whether the segment of a label that no row has anymore is deleted, instead of emptied.
    package var deleteEmpty: Bool
    /// How many labels a run may have, to stop a script that gives every user another label.
    package var maxSegments: Int

    package init(deleteEmpty: Bool = false, maxSegments: Int = 50) {
        self.deleteEmpty = deleteEmpty
        self.maxSegments = maxSegments
    }
}
