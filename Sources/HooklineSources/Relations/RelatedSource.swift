import Foundation
import HooklineCore

/// A model with relations: its own rows, each with the fields that are made of its related rows.
///
/// The related rows are read before the first row, in one pass each, and kept by their keys.
struct RelatedSource: RowSource {
    private let own: any RowSource
    private let relations: [Relation]
    private let position: SourcePosition?

    /// - Throws: `sources.not_in_build`.
    init(_ configuration: SourceConfiguration, _ model: Model) throws {
        own = try SourceFactory.source(configuration, model: model.withoutRelations)
        relations = model.usedRelations
        position = model.position
    }

    func open() throws -> any RowCursor { try open { false } }

    func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        try open(at: Int64(Date().timeIntervalSince1970), isCancelled: isCancelled)
    }

    func open(at now: Int64, isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        let cursor = try own.open(at: now, isCancelled: isCancelled)
        if relations.isEmpty { return cursor }
        let columns = cursor.columns
        let tables = try relations.map { relation in
            guard let key = columns.firstIndex(where: { $0.name == relation.key }) else {
                throw IssuesFound([
                    Issue(
                        SourceError.Code.unknownColumn.rawValue,
                        "'\(relation.key)', the key of the relation '\(relation.name)', is not a field of the model; it has "
                            + ColumnNames.listed(columns.map(\.name)),
                        at: relation.position)
                ])
            }
            let table = try RelatedTable(relation, now: now, isCancelled: isCancelled)
            try table.check(columns[key])
            return RelatedCursor.KeyedTable(table: table, key: key)
        }
        for column in tables.flatMap(\.table.columns) where columns.contains(where: { $0.name == column.name }) {
            throw IssuesFound([
                Issue(
                    SourceError.Code.duplicateColumn.rawValue,
                    "'\(column.name)' is a column of the source and a field made of related rows; give the field another name", at: position
                )
            ])
        }
        return RelatedCursor(cursor, tables)
    }
}
