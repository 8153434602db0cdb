import HooklineCore
import JSON

/// The columns and keys that the first objects of a JSONL file show.
struct JSONLHead {
    /// The most objects that are read ahead, and the most bytes.
    static let objects = 1_000
    static let bytes = 8 << 20

    /// The keys of the first objects.
    let keys: JSONLKeys
    /// The columns: declared ones, then other used ones, then, if everything is used, every other key.
    let columns: [Column]

    /// - Throws: `sources.bad_json` if the first line is not a JSON object. Errors in later lines are reported when those are read.
    init(_ lines: JSONLLines, model: Model, nulls: NullValues) throws {
        lines.readAhead(lines: Self.objects, bytes: Self.bytes)
        keys = try Self.keys(lines)
        let names = Self.names(model, keys)
        let walker = JSONLWalker(names)
        var kinds = names.map { _ in JSONLKinds() }
        lines.forEachAhead { line, _ in
            guard (try? walker.walk(line)) != nil else { return false }
            for index in names.indices {
                if let value = walker.values[index] { kinds[index].note(value, in: line.bytes, nulls) }
            }
            return true
        }
        columns = zip(names, kinds).map { name, kinds in
            let (type, origin) = kinds.type(isKey: name == model.primaryKey)
            return Column(name, type, origin: origin)
        }
    }

    private static func keys(_ lines: JSONLLines) throws -> JSONLKeys {
        var keys = JSONLKeys()
        var broken: SourceError?
        lines.forEachAhead { line, number in
            do throws(JSONFault) {
                try keys.look(at: line)
                return true
            } catch {
                if keys.count == 0 { broken = JSONLLines.error(error, at: .init(lines.path, line: number)) }
                return false
            }
        }
        if let broken { throw broken }
        return keys
    }

    /// The names of the columns, each once. Declared and used names count even if no object has shown them yet.
    private static func names(_ model: Model, _ keys: JSONLKeys) -> [String] {
        let calculated = Set(model.calculated.map(\.name))
        let used = UsedColumns(model)
        var names: [String] = []
        var seen = calculated
        for name in model.columns.map(\.name) + used.named where seen.insert(name).inserted { names.append(name) }
        let words = model.used == nil ? keys.top : keys.top + keys.paths.subtracting(keys.top).sorted()
        for name in words where used.contains(name) && seen.insert(name).inserted { names.append(name) }
        return names
    }
}
