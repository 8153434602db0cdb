import HooklineCore

/// A value for a parameter from outside its package: `--set name=value`, or `params:` of a test.
package struct ParameterSetting: Equatable, Sendable {
    package var name: String
    package var text: String
    /// The entries of a value that was written as a list; nil for a text, which a comma may still make a list.
    package var list: [String]?
    /// Where it was said, for messages, such as `--set threshold`.
    package var origin: String
    /// Where it stands, if in a file.
    package var position: SourcePosition?
    /// Where its name stands, if in a file.
    package var namePosition: SourcePosition?

    package init(
        name: String, text: String, list: [String]? = nil, origin: String, position: SourcePosition? = nil,
        namePosition: SourcePosition? = nil
    ) {
        self.name = name
        self.text = text
        self.list = list
        self.origin = origin
        self.position = position
        self.namePosition = namePosition ?? position
    }
}
