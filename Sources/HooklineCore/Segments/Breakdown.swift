/// What a breakdown into labels may do: `breakdown:` in the manifest.
package struct Breakdown: Equatable, Sendable {
    /// Whether the segment of a label that no row has any more is deleted, rather than emptied and kept.
    package var deleteEmpty: Bool
    /// At most so many labels in one run: it stops a script that labels by something that every user has for itself.
    package var maxSegments: Int

    package init(deleteEmpty: Bool = false, maxSegments: Int = 50) {
        self.deleteEmpty = deleteEmpty
        self.maxSegments = maxSegments
    }
}
