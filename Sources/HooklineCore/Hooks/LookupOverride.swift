/// The content that scripts read in place of one of their package's lookup files.
package struct LookupOverride: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// A file of the workspace, by its absolute path.
        case file(String)
        /// A text from a test.
        case text(String)
    }

    /// The file's name in `lookups/`.
    package var name: String
    package var content: Content
    /// Where the manifest or test sets it.
    package var position: SourcePosition?

    /// What messages call its content.
    package var origin: String {
        switch content {
        case .file(let path): path
        case .text: "a text in the test"
        }
    }

    package init(name: String, content: Content, position: SourcePosition? = nil) {
        self.name = name
        self.content = content
        self.position = position
    }
}
