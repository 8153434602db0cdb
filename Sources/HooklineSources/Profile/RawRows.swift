import HooklineCore

/// One pass over all cells of a source, before types.
protocol RawRows: AnyObject {
    /// The columns so far. JSON Lines may bring more with every object.
    var names: [String] { get }
    /// Whether `007` is a number: where everything is text, it has to be.
    var allowsLeadingZeros: Bool { get }

    /// Hands over each cell of the next row with its column.
    ///
    /// - Returns: false at the end of the source.
    /// - Throws: `SourceError`; `CancellationError`.
    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool

    /// Runs `reading`, which calls `next`, with the resources that those calls need.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws
}

extension RawRows {
    func hold(_ reading: () throws -> Void) throws { try reading() }
}
