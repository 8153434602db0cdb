import HooklineCore

/// The JSON Schema (draft 2020-12) of both files, generated from the shapes that check them.
package enum ManifestSchema {
    /// The files that a schema describes.
    package enum File: String, CaseIterable, Sendable {
        case workspace, activation

        /// The default file name.
        package var name: String {
            switch self {
            case .workspace: WorkspaceLoader.workspaceFile
            case .activation: WorkspaceLayout.manifest
            }
        }

        var shape: Shape {
            switch self {
            case .workspace: WorkspaceShape.file
            case .activation: ActivationShape.file
            }
        }
    }

    private static let dialect = ("$schema", SchemaNode.string("https://json-schema.org/draft/2020-12/schema"))

    /// One schema for both files; editors may refer to `#/$defs/workspace` and `#/$defs/activation`.
    package static func json() -> String {
        let files = File.allCases.map { ($0.rawValue, SchemaWriter.schema(of: $0.shape)) }
        let either = File.allCases.map { SchemaNode.object([("$ref", .string("#/$defs/\($0.rawValue)"))]) }
        return SchemaNode.object([
            dialect, ("title", .string("Hookline manifests")), ("anyOf", .list(either)),
            ("$defs", .object(files + [SchemaWriter.condition])),
        ]).text
    }

    /// The schema of one file.
    package static func json(of file: File) -> String {
        guard case .object(let members) = SchemaWriter.schema(of: file.shape) else { return "{}\n" }
        let title = ("title", SchemaNode.string(file.name))
        return SchemaNode.object([dialect, title] + members + [("$defs", .object([SchemaWriter.condition]))]).text
    }
}
