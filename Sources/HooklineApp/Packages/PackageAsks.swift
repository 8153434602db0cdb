import HooklineCore
import HooklineHooks
import HooklineManifest

/// What a package reads and writes: nothing is asked for silently. A part of the JSON of ``PackageInfo``.
package struct PackageAsks: Encodable, Sendable {
    package struct Field: Encodable, Sendable {
        package let name: String
        package let type: String
        package let optional: Bool
        package let column: String
        package let description: String?
    }

    package struct Lookup: Encodable, Sendable {
        package let name: String
        /// The workspace's file that stands for it; nil for the package's own.
        package let path: String?
    }

    /// The package's own names for its source and destination, and what stands for them here.
    package let source: String
    package let boundSource: String
    package let destination: String
    package let boundDestination: String
    /// Nil for a package that sees every column of its source.
    package let fields: [Field]?
    /// The table or query that the rows come from, where the source is a database and the package or the workspace names one.
    package let table: String?
    package let sql: String?
    /// What else the manifest says that changes what a run may do.
    package let settings: [PackageManifest.Setting]
    /// Whether its `adopt: true` counts, which it does only for an activation of the workspace itself.
    package let adopts: Bool
    /// The fields that its scripts name.
    package let scriptFields: [String]
    /// The package's `lookups/`, with the workspace's files that stand for some of them.
    package let lookups: [Lookup]
    package let hooks: [String]
    package let segment: String

    private enum CodingKeys: String, CodingKey {
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
}
