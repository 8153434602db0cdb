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

    struct Lookup: Encodable, Sendable {
        let name: String
        /// Nil for the package's own.
        let path: String?
    }

    /// The package's own names, and what stands for them here.
    let source: String
    let boundSource: String
    let destination: String
    let boundDestination: String
    /// Nil for a package that sees every column of its source.
    let fields: [Field]?
    /// The table or query that the rows come from, where the source is a database and the package, or the workspace, says it.
    let table: String?
    let sql: String?
    /// What the manifest says beside that changes what a run may do.
    let settings: [PackageManifest.Setting]
    /// Whether its `adopt: true` counts, which it does for the workspace's own only.
    private let adopts: Bool
    let scriptFields: [String]
    /// The package's `lookups/`, with the workspace's files that stand for some of them.
    let lookups: [Lookup]
    let hooks: [String]
    let segment: String

    enum CodingKeys: String, CodingKey {
        case source, destination, fields, table, sql, settings, hooks, segment, lookups
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
        table = activation.model.table
        sql = activation.model.sql
        settings = manifest.settings
        adopts = activation.adopt
        scriptFields = scripts.fields
        lookups = ScriptFiles.names(in: "\(activation.folder)/lookups").map { name in
            guard case .file(let path)? = activation.lookups.first(where: { $0.name == name })?.content else {
                return Lookup(name: name, path: nil)
            }
            return Lookup(name: name, path: path)
        }
        hooks = scripts.hooks
        segment = activation.segmentName
    }

    /// For a terminal.
    var text: String {
        var rows = TextTable()
        rows.add("reads", source == boundSource ? "source '\(source)'" : "source '\(source)', here '\(boundSource)'")
        if let table { rows.add("table", table) }
        if let sql { rows.add("query", sql) }
        if let fields {
            let names = fields.map { field in
                "\(field.name) (\(field.type)\(field.column == field.name ? "" : ", here '\(field.column)'")\(field.optional ? ", optional" : ""))"
            }
            rows.add(
                "fields",
                names.joined(separator: ", ") + (sql == nil ? "; nothing else" : "; what the query makes of them, and nothing else"))
        } else {
            rows.add("fields", "every column of the source")
        }
        if !hooks.isEmpty {
            // A name that is put together at run time, or all of them in turn, nobody can read off the text.
            let others = fields == nil ? ", and may reach others by names that they make up" : ""
            rows.add(
                "scripts",
                "\(hooks.joined(separator: ", ")); they name \(scriptFields.isEmpty ? "no field" : scriptFields.joined(separator: ", "))\(others)"
            )
        }
        for lookup in lookups {
            rows.add("lookups", lookup.path.map { "'\(lookup.name)', here '\($0)'" } ?? "'\(lookup.name)', the package's own")
        }
        rows.add("writes", "destination '\(destination)'\(destination == boundDestination ? "" : ", here '\(boundDestination)'")")
        // The package chooses the name: it stands alone, so that nothing in it passes for words of ours.
        rows.add("segment", segment)
        let more = (hooks.contains("breakdown") ? ["one for each label"] : []) + (hooks.contains("name") ? ["named by a script"] : [])
        if !more.isEmpty { rows.add("segments", more.joined(separator: ", ")) }
        for setting in settings {
            let caution = setting.key == "adopt" && !adopts ? "; only 'run --adopt' makes it so" : ""
            rows.add("sets", "\(setting.key): \(setting.value)\(caution)")
        }
        return rows.text(indent: "  ")
    }
}
