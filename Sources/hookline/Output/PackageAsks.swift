import HooklineCore
import HooklineHooks
import HooklineManifest

/// What a package reads and writes: nothing is asked for silently. A part of the JSON of `PackageInfo`.
struct PackageAsks: Encodable, Sendable {
    struct Field: Encodable, Sendable {
        let name: String
        let type: String
        let optional: Bool
        let column: String
        let description: String?
    }

    /// The package's own names, and what stands for them here.
    let source: String
    let boundSource: String
    let destination: String
    let boundDestination: String
    /// Nil for a package that sees every column of its source.
    let fields: [Field]?
    let scriptFields: [String]
    let hooks: [String]
    let segment: String

    enum CodingKeys: String, CodingKey {
        case source, destination, fields, hooks, segment
        case boundSource = "bound_source"
        case boundDestination = "bound_destination"
        case scriptFields = "script_fields"
    }

    init(_ activation: Activation, _ manifest: PackageManifest, _ scripts: ScriptFacts) {
        source = manifest.source ?? activation.source.name
        boundSource = activation.source.name
        destination = manifest.destination ?? activation.destination.name
        boundDestination = activation.destination.name
        fields = activation.model.fields?.map {
            Field(name: $0.name, type: $0.type.rawValue, optional: $0.isOptional, column: $0.column, description: $0.description)
        }
        scriptFields = scripts.fields
        hooks = scripts.hooks
        segment = activation.segmentName
    }

    /// For a terminal.
    var text: String {
        var table = TextTable()
        table.add("reads", source == boundSource ? "source '\(source)'" : "source '\(source)', here '\(boundSource)'")
        if let fields {
            let names = fields.map { field in
                "\(field.name) (\(field.type)\(field.column == field.name ? "" : ", here '\(field.column)'")\(field.optional ? ", optional" : ""))"
            }
            table.add("fields", names.joined(separator: ", ") + "; nothing else")
        } else {
            table.add("fields", "every column of the source")
        }
        if !hooks.isEmpty {
            table.add(
                "scripts",
                "\(hooks.joined(separator: ", ")); they name \(scriptFields.isEmpty ? "no field" : scriptFields.joined(separator: ", "))")
        }
        table.add(
            "writes",
            "destination '\(destination)'\(destination == boundDestination ? "" : ", here '\(boundDestination)'"), "
                + "segment '\(segment)'\(hooks.contains("breakdown") ? " and one a label" : "")\(hooks.contains("name") ? ", named by a script" : "")"
        )
        return table.text(indent: "  ")
    }
}
