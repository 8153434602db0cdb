/// A value that a workspace may set for an activation: rules use it as `${param:name}`, scripts as `ctx.params.name`.
package struct Parameter: Equatable, Sendable {
    /// The types that a manifest may declare.
    package enum Kind: String, CaseIterable, Sendable {
        case text, integer, number, boolean, date, list
        /// One of `values`; a text to rules and scripts.
        case `enum`
    }

    /// Where a value comes from.
    package enum Origin: String, Sendable {
        /// The package's own default.
        case preset = "default"
        /// `params:` of the workspace.
        case workspace
        /// `--set`, `--values` or a test.
        case given
    }

    package var name: String
    package var kind: Kind
    /// The value in force: set by the workspace or `--set`, else the default.
    package var value: ParameterValue
    /// Who said so.
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

/// The value of a parameter.
package enum ParameterValue: Equatable, Sendable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    /// `YYYY-MM-DD`.
    case date(String)
    case list([ParameterValue])
}
