import HooklineCore

/// Reads the type and the format of a column.
struct ColumnReader {
    let findings: Findings

    /// The type and the format of a column's entry, which is a type or a mapping with one; nil without a type, which the shape check reports.
    func column(_ entry: Tree.Entry) -> (type: ColumnType, format: ColumnFormat)? {
        guard let type = (entry.value.text ?? entry.value["type"]?.text).flatMap(ColumnType.init) else { return nil }
        return (type, format(entry.value, of: type, beginning: ColumnFormat()))
    }

    /// The format, changed by the keys of a mapping.
    func format(_ tree: Tree, of type: ColumnType, beginning format: ColumnFormat) -> ColumnFormat {
        var format = format
        for entry in tree.entries {
            if let types = Self.types[entry.key], !types.contains(type) {
                findings.report(
                    .conflictingKeys,
                    "'\(entry.key)' is for \(listed(types.map(\.rawValue))) columns, and this one is \(type.rawValue); leave it out",
                    at: entry.keyPosition)
                continue
            }
            switch entry.key {
            case "format": format.times = texts(entry.value).compactMap { try? TimeFormat($0) }
            case "decimal": format.decimal = byte(entry.value) ?? format.decimal
            case "thousands": format.thousands = byte(entry.value)
            case "strip": format.strip = texts(entry.value)
            case "separator": format.separator = entry.value.text
            case "trim": format.trims = entry.value.boolean
            default: break
            }
        }
        if format.thousands == format.decimal, let entry = tree.entry("thousands") ?? tree.entry("decimal") {
            let mark = String(UnicodeScalar(format.decimal))
            findings.report(
                .conflictingKeys,
                "\(quoted(mark)) cannot be both the decimal and the thousands mark; set both 'decimal' and 'thousands'",
                at: entry.keyPosition)
        }
        return format
    }

    private func texts(_ tree: Tree) -> [String] { (tree.items ?? [tree]).compactMap(\.text) }

    private func byte(_ tree: Tree) -> UInt8? { tree.text?.utf8.first }

    /// The column types that each key works with.
    private static let types: [String: [ColumnType]] = [
        "format": [.timestamp, .date], "decimal": [.number, .decimal], "thousands": [.integer, .number, .decimal],
        "strip": [.integer, .number, .decimal], "separator": [.list], "trim": [.text, .list],
    ]
}
