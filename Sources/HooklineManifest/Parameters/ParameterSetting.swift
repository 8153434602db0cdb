import HooklineCore

/// A parameter value from outside the package: `--set name=value`, a file of values, or `params:` of a test.
package struct ParameterSetting: Equatable, Sendable {
    package var name: String
    package var text: String
    /// The entries of a value written as a list; nil for a text, which commas may still make a list.
    package var list: [String]?
    /// The origin for messages, such as `--set threshold`.
    package var origin: String
    /// The position of the value; nil when it is not from a file.
    package var position: SourcePosition?
    /// The position of the name; nil when it is not from a file.
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
