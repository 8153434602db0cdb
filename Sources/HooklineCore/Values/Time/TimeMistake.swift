/// What is wrong with the form or the zone that a column's times are to be read with.
package struct TimeMistake: Error, Equatable, Sendable {
    /// What follows the name of the form in a sentence, such as `ends with a single %`.
    package let message: String
}
