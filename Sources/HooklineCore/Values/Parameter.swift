/// A value that a workspace may set for an activation: `${param:name}` in rules, `ctx.params.name` in scripts.
package struct Parameter: Equatable, Sendable {
    /// The type of a parameter, as a manifest names it.
    package enum Kind: String, CaseIterable, Sendable {
        case text, integer, number, boolean, date, list
        /// One of `values`; text in rules and scripts.
        case `enum`
    }

    /// The source of a value.
    package enum Origin: String, Sendable {
        /// The package's default.
        case preset = "default"
        /// `params:` of the workspace.
        case workspace
        /// `--set`, `--values` or a test.
        case given
    }

    package var name: String
    package var kind: Kind
    package var value: ParameterValue
    /// Where `value` comes from.
    package var origin: Origin
    package var description: String?
    package var position: SourcePosition?

    package init(
        name: String, kind: Kind, value: ParameterValue, origin: Origin = .preset, description: String? = nil,
        position: SourcePosition? = nil
    ) {
        self.name = name
        self.kind = kind
        self.value = value
        self.origin = origin
        self.description = description
        self.position = position
    }
}

package enum ParameterValue: Equatable, Sendable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    /// `YYYY-MM-DD`.
    case date(String)
    case list([ParameterValue])
}
