import HooklineCore
import Text

/// A table or view of a server, found by the name in a manifest.
struct DriverTable: Equatable {
    let schema: String
    let name: String

    /// Finds a table by `NAME` in the source's schema, or in the only one that has it, or by `SCHEMA.NAME`: first as it is written, then in the
    /// case in which SQL reads names without quotes.
    ///
    /// - Throws: `sources.unknown_table`, with the nearest name; `sources.bad_model` if several schemas have it; `DriverFault`;
    ///   `CancellationError`.
    init(_ written: String, model: Model, in session: DriverSession) throws {
        let parts = written.split(separator: ".", maxSplits: 1).map(String.init)
        var candidates = [(schema: session.settings.schema, name: written)]
        if parts.count == 2 { candidates.append((parts[0], parts[1])) }
        for (schema, name) in candidates {
            for name in Self.spellings(name) {
                let found = try Self.all(in: session, schema: schema, name: name).filter { table in
                    table.name == name && (schema == nil || Self.spellings(schema ?? "").contains(table.schema))
                }
                if found.count > 1, Set(found.map(\.schema)).count > 1 {
                    throw IssuesFound([
                        Issue(
                            SourceError.Code.badModel.rawValue,
                            "the source '\(session.source.name)' has '\(name.onOneLine)' in the schemas \(ColumnNames.listed(found.map(\.schema))); write SCHEMA.\(name.onOneLine), or set `schema` of the source",
                            at: model.position)
                    ])
                }
                if let table = found.first {
                    self = table
                    return
                }
            }
        }
        let all = try Self.all(in: session, schema: session.settings.schema, name: nil)
        let names = all.flatMap { [$0.name, "\($0.schema).\($0.name)"] }
        let hint = all.isEmpty ? "; this user sees no tables" : NearestName.hint(written, among: names)
        throw IssuesFound([
            Issue(
                SourceError.Code.unknownTable.rawValue,
                "the source '\(session.source.name)' has no table or view '\(written.onOneLine)'\(hint)", at: model.position)
        ])
    }

    private init(schema: String, name: String) {
        self.schema = schema
        self.name = name
    }

    /// The name as a statement has it, in quotes.
    func quoted(in session: DriverSession) -> String {
        (schema.isEmpty ? "" : session.name(schema) + ".") + session.name(name)
    }

    /// The tables and views of a schema, or of all but the server's own.
    ///
    /// - Throws: `DriverFault`; `CancellationError`.
    static func all(in session: DriverSession, schema: String?, name: String?) throws -> [DriverTable] {
        // In what drivers search for, % and _ stand for other characters: what it finds is compared again.
        let found = try session.tables(schema: schema, name: name).filter { table in
            !table.type.uppercased().contains("SYSTEM") && !["pg_catalog", "information_schema"].contains(table.schema.lowercased())
        }
        return found.map { DriverTable(schema: $0.schema, name: $0.name) }.sorted { ($0.schema, $0.name) < ($1.schema, $1.name) }
    }

    private static func spellings(_ name: String) -> [String] {
        var seen: Set<String> = []
        return [name, name.lowercased(), name.uppercased()].filter { seen.insert($0).inserted }
    }
}

/// The tables and views of a server.
package enum DriverTables {
    /// The names that a model can use, in alphabetical order, with their schema unless the source has one.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    package static func names(in source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws -> [String] {
        let session = try DriverSession(source, isCancelled: isCancelled)
        let schema = session.settings.schema
        return try session.translating { try DriverTable.all(in: session, schema: schema, name: nil) }.filter { table in
            schema == nil || table.schema.lowercased() == schema?.lowercased()
        }.map { schema == nil && !$0.schema.isEmpty ? "\($0.schema).\($0.name)" : $0.name }
    }
}
