/// A value for a parameter from outside its package: `--set name=value`, or `params:` of the workspace.
package struct ParameterSetting: Equatable, Sendable {
    package var name: String
    package var text: String
    /// Where it was said, for messages, such as `--set threshold`.
    package var origin: String

    package init(name: String, text: String, origin: String) {
        self.name = name
        self.text = text
        self.origin = origin
    }
}
