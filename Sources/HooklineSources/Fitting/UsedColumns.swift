import HooklineCore
import Text

/// The columns of a source that something uses; only these are read.
struct UsedColumns {
    /// The calculated fields that something uses, in manifest order.
    let calculated: [Model.CalculatedField]

    /// Nil when everything is used.
    private let names: Set<String>?
    /// Names that scripts mention.
    private let mentioned: Set<String>
    /// The words of the used expressions, in lower case.
    private let words: Set<String>

    init(_ model: Model) {
        names = model.used.map { $0.union(model.primaryKey.map { [$0] } ?? []) }
        let mentioned = model.mentioned
        self.mentioned = mentioned
        calculated = model.calculated.filter { field in
            model.used.map { $0.contains(field.name) || mentioned.contains(field.name) } ?? true
        }
        words = calculated.reduce(into: []) { $0.formUnion(ExpressionScan.names(in: $1.expression)) }
    }

    /// Whether the column is read.
    func contains(_ name: String) -> Bool {
        guard let names else { return true }
        return names.contains(name) || mentioned.contains(name) || (!words.isEmpty && words.contains(name.lowercased()))
    }

    /// Requires that the columns of a query that are read have different names.
    ///
    /// - Throws: `IssuesFound` with a name that two of them have.
    func requireDifferentNames(_ found: [Column], _ model: Model) throws {
        var seen: Set<String> = []
        if let twice = found.first(where: { !seen.insert($0.name).inserted && (model.fields != nil || contains($0.name)) }) {
            throw IssuesFound(
                .duplicateColumn, "the query has two columns named '\(twice.name.onOneLine)'; give each its own name with AS", model)
        }
    }

    /// The used names that are not among those known, sorted.
    func missing(among known: some Sequence<String>) -> [String] {
        guard let names else { return [] }
        return names.subtracting(known).sorted()
    }

    /// The used names that the model lists, sorted; empty if everything is used.
    var named: [String] { names?.sorted() ?? [] }
}
