/// Who says what type a column is.
package enum TypeOrigin: Equatable, Sendable {
    /// The manifest.
    case declared
    /// The source: a database's declaration.
    case source
    /// The first values of the source that were not NULL.
    case observed
    /// Nobody: its values are text so far.
    case unknown
}
