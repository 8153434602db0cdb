/// The port: what can be asked of a source, and of files beside it, without reading the model's rows.
package protocol SourceSignals: Sendable {
    /// Asks the source a query.
    ///
    /// - Parameters:
    ///   - query: in the source's SQL.
    ///   - isCancelled: called now and then; true stops.
    /// - Returns: its one value.
    /// - Throws: the source's error, also if the query returns anything but one column and at most one row.
    func answer(to query: String, isCancelled: @escaping @Sendable () -> Bool) throws -> SignalValue
    /// Asks whether the source changed.
    ///
    /// - Parameters:
    ///   - probe: what shows it.
    ///   - isCancelled: called now and then; true stops.
    /// - Returns: a digest that is the same as long as the source is; nil if it changes just now.
    /// - Throws: the source's error.
    func digest(of probe: SourceProbe, isCancelled: @escaping @Sendable () -> Bool) throws -> String?
    /// Looks at a file.
    ///
    /// - Parameter path: relative to the workspace.
    /// - Returns: when it was last modified, in Unix seconds; nil if it does not exist.
    /// - Throws: the source's error if that cannot be found out, or it is no file.
    func modification(of path: String) throws -> Int64?
    /// Looks at the source's own file.
    ///
    /// - Returns: when it was last modified, in Unix seconds; nil for a source that is not one file of rows.
    /// - Throws: the source's error if there is no such file.
    func modificationOfSource() throws -> Int64?
}

/// A value that a source answers a question with.
package enum SignalValue: Equatable, Sendable {
    /// NULL, or no row.
    case nothing
    /// A boolean, or one of the numbers 0 and 1.
    case truth(Bool)
    /// A moment in Unix seconds, with the text that stands for it.
    case time(Int64, String)
    /// Anything else, as text.
    case other(String)

    /// The value as text, which is the same for the same value.
    package var text: String {
        switch self {
        case .nothing: "NULL"
        case .truth(let truth): String(truth)
        case .time(_, let text), .other(let text): text
        }
    }
}
