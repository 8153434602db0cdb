/// A position in a file that a person wrote.
package struct SourcePosition: Codable, Equatable, Hashable, Sendable {
    /// The path of the file, relative to the workspace if it is in there.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}
