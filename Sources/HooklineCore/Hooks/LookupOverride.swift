/// What scripts find in place of one of their package's own lookup files.
package struct LookupOverride: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// An absolute path: the workspace binds its own file.
        case file(String)
        /// A test writes it down.
        case text(String)
    }

    /// The file's name in `lookups/`.
    package var name: String
    package var content: Content
    /// Where it is said.
    package var position: SourcePosition?

    /// What a message calls it.
    package var origin: String {
        switch content {
        case .file(let path): path
        case .text: "a text of the test"
        }
    }

    package init(name: String, content: Content, position: SourcePosition? = nil) {
        self.name = name
        self.content = content
        self.position = position
    }
}
