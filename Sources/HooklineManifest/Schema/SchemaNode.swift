import JSON

/// A piece of a JSON Schema, its keys in the order given.
indirect enum SchemaNode {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case list([SchemaNode])
    case object([(String, SchemaNode)])

    /// The schema as indented JSON that ends with a line break.
    var text: String {
        var json = JSONWriter(.indented)
        write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    private func write(to json: inout JSONWriter) {
        switch self {
        case .string(let value): json.value(value)
        case .integer(let value): json.value(value)
        case .boolean(let value): json.value(value)
        case .list(let items):
            json.array { json in
                for item in items { item.write(to: &json) }
            }
        case .object(let members):
            json.object { json in
                for (key, value) in members {
                    json.key(key)
                    value.write(to: &json)
                }
            }
        }
    }
}
