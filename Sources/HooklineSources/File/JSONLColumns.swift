import HooklineCore
import JSON

/// Finds the columns of a JSONL file.
enum JSONLColumns {
    /// The fields of the model; if it lists none, its declared columns, then the other keys of the first object.
    ///
    /// - Throws: `sources.bad_json` if the first line is not a JSON object; `SourceError` if the file cannot be read.
    static func found(by lines: JSONLLines, model: Model) throws -> [Column] {
        if let fields = model.fields { return fields.map { Column($0.name, $0.type) } }
        let calculated = Set(model.calculated.map(\.name))
        var columns: [Column] = []
        var names: Set<String> = []
        for declared in model.columns where !calculated.contains(declared.name) && names.insert(declared.name).inserted {
            columns.append(Column(declared.name, declared.type))
        }
        guard try lines.lookAhead() else { return columns }
        do throws(JSONFault) {
            for (name, type) in try keys(of: lines.json, primaryKey: model.primaryKey) where names.insert(name).inserted {
                columns.append(Column(name, type))
            }
        } catch {
            throw lines.error(error)
        }
        return columns
    }

    private static func keys(of line: JSONScanner, primaryKey: String?) throws(JSONFault) -> [(String, ColumnType)] {
        var json = line
        var keys: [(String, ColumnType)] = []
        try json.beginObject()
        while let key = try json.nextKey() {
            let name = try json.text(of: key)
            let value = try json.value()
            let isWhole = FieldText.integer(UnsafeBufferPointer(rebasing: json.bytes[value.range])) != nil
            keys.append((name, name == primaryKey && value.kind == .number && isWhole ? .integer : type(of: value.kind)))
        }
        try json.end()
        return keys.filter { !$0.0.isEmpty }
    }

    private static func type(of kind: JSONScanner.Kind) -> ColumnType {
        switch kind {
        case .string, .null: .text
        case .number: .number
        case .boolean: .boolean
        case .array, .object: .json
        }
    }
}
