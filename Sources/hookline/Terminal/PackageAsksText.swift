import HooklineApp
import HooklineManifest

/// What a package reads and writes, for a terminal.
struct PackageAsksText {
    let asks: PackageAsks

    var text: String {
        var rows = TextTable()
        add(to: &rows)
        return rows.text(indent: "  ")
    }

    /// Adds a row of name and value for each thing.
    func add(to rows: inout TextTable) {
        rows.add("reads", "source \(named(asks.source, here: asks.boundSource))")
        if let table = asks.table { rows.add("table", table) }
        if let sql = asks.sql { rows.add("query", sql) }
        rows.add("fields", fields)
        if !asks.hooks.isEmpty { rows.add("scripts", scripts) }
        for lookup in asks.lookups {
            rows.add("lookups", lookup.path.map { "'\(lookup.name)', here '\($0)'" } ?? "'\(lookup.name)', the package's own")
        }
        rows.add("writes", "destination \(named(asks.destination, here: asks.boundDestination))")
        // The package chooses the name: it is alone in its cell, so that nothing in it passes for our words.
        rows.add("segment", asks.segment)
        let more =
            (asks.hooks.contains("breakdown") ? ["one for each label"] : []) + (asks.hooks.contains("name") ? ["named by a script"] : [])
        if !more.isEmpty { rows.add("segments", more.joined(separator: ", ")) }
        for setting in asks.settings {
            let caution = setting.key == "adopt" && !asks.adopts ? "; no effect without 'run --adopt'" : ""
            rows.add("sets", "\(setting.key): \(setting.value)\(caution)")
        }
    }

    private func named(_ name: String, here bound: String) -> String { name == bound ? "'\(name)'" : "'\(name)', here '\(bound)'" }

    private var fields: String {
        guard let fields = asks.fields else { return "every column of the source" }
        let names = fields.map { field in
            "\(field.name) (\(field.type)\(field.column == field.name ? "" : ", here '\(field.column)'")\(field.optional ? ", optional" : ""))"
        }
        return names.joined(separator: ", ") + (asks.sql == nil ? "; nothing else" : "; what the query makes of them, and nothing else")
    }

    private var scripts: String {
        // Nobody can tell from the text which names a script makes up at run time.
        let others = asks.fields == nil ? ", and may read others by names that they make up" : ""
        let named = asks.scriptFields.isEmpty ? "no field" : asks.scriptFields.joined(separator: ", ")
        return "\(asks.hooks.joined(separator: ", ")); they name \(named)\(others)"
    }
}
