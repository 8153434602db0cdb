/// Where a step of a row ended: the line that decided.
package struct LuaLocation: Equatable, Sendable {
    /// The step, from 0.
    package var step: Int
    /// The source, from 0, in the order in which sources were added: `LuaMachine.file(ofSource:)`.
    package var source: Int
    /// From 1.
    package var line: Int
}
