import HooklineCore

/// One pass over all cells of a source, before they are read as types.
protocol RawRows: AnyObject {
    /// The names of the columns so far. Every JSON object may add more.
    var names: [String] { get }
    /// Whether `007` is a number, as in sources where everything is text.
    var allowsLeadingZeros: Bool { get }

    /// The type that a server says of the column at an index; nil if only its values tell.
    func serverType(at index: Int) -> ColumnType?

    /// Calls `visit` with each cell of the next row and the index of its column.
    ///
    /// - Returns: false at the end of the source.
    /// - Throws: `SourceError`; `CancellationError`.
    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool

    /// Runs `reading` with the resources that its calls of `next` need.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws
}

extension RawRows {
    func serverType(at index: Int) -> ColumnType? { nil }
    func hold(_ reading: () throws -> Void) throws { try reading() }
}
