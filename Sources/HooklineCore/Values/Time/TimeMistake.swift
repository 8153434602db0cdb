/// What is wrong with a column's time format or time zone.
package struct TimeMistake: Error, Equatable, Sendable {
    /// The part of a sentence after the name of the format, such as `ends with a single %`.
    package let message: String
}
