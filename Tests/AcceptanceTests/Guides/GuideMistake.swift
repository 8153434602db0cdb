/// What is wrong with a page of docs/: it cannot be walked, or a reader would not get what it shows.
struct GuideMistake: Error, CustomStringConvertible {
    /// Line of the page, from 1.
    let line: Int
    let description: String

    init(_ line: Int, _ message: String) {
        self.line = line
        description = message
    }
}
