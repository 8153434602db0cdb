/// Where a column's type comes from.
package enum TypeOrigin: Equatable, Sendable {
    /// The manifest.
    case declared
    /// The source's own declaration, in a database.
    case source
    /// The first values of the source that are not NULL.
    case observed
    /// Nowhere: the values are read as text.
    case unknown
}
