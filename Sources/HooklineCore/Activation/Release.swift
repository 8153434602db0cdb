/// The versions of this Hookline, which packages may require.
package enum Release {
    package static let version = Version(0, 1, 0)
    /// The version of the interface that scripts see: hook points, values, library. A new number breaks scripts; additions keep the number.
    package static let hookAPI = 1
}
