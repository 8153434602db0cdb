import HooklineCore

/// Reads all cells of a source once, before types are applied.
protocol RawRows: AnyObject {
    /// The columns found so far. In JSON Lines, every object may add some.
    var names: [String] { get }
    /// Whether `007` is a number. It must be in sources where everything is text.
    var allowsLeadingZeros: Bool { get }

    /// Calls `visit` with the column's index and each cell of the next row.
    ///
    /// - Returns: false at the end of the source.
    /// - Throws: `SourceError`; `CancellationError`.
    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool

    /// Runs `reading`, which calls `next`, while holding the resources that `next` needs.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws
}

extension RawRows {
    func hold(_ reading: () throws -> Void) throws { try reading() }
}
