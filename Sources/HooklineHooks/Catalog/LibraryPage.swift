import Lua

/// The library's part of the reference page, as `hookline hooks --markdown` prints it.
package enum LibraryPage {
    package static let markdown = LuaLibrary.items.map(section).joined(separator: "\n")

    private static func section(_ item: LuaLibrary.Item) -> String {
        var lines = ["### hookline.\(item.name)", "", "\(signature(item))", "", item.summary, ""]
        if let example = item.example, example.expression != example.result {
            lines += ["```lua", "\(example.expression)  --> \(example.result)", "```", ""]
        }
        return lines.joined(separator: "\n")
    }

    private static func signature(_ item: LuaLibrary.Item) -> String {
        guard let parameters = item.parameters else { return "`hookline.\(item.name)`: `\(item.returns)`" }
        let result = item.returns.isEmpty ? "" : " → `\(item.returns)`"
        return "`hookline.\(item.name)(\(parameters))`\(result)"
    }
}
