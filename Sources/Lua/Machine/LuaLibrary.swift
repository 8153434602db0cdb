import CLuaHost

/// What scripts find in the global `hookline`: the table that registers it, for pages and editors.
package enum LuaLibrary {
    /// An entry, its types in the notation of LuaLS.
    package struct Item: Equatable, Sendable {
        /// Behind `hookline.`: `text.slug`.
        package let name: String
        /// Such as `text: string, bytes?: integer`; nil for a value.
        package let parameters: String?
        /// The type of what a function gives, empty for nothing; or of the value.
        package let returns: String
        package let summary: String
        /// An expression that uses it, and one that gives the same.
        package let example: (expression: String, result: String)?

        package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
    }

    /// Every entry, in the order of the reference page.
    package static let items: [Item] = (0..<hl_library_count()).compactMap { index in
        guard let item = hl_library_item_at(index)?.pointee else { return nil }
        let name = String(cString: item.name)
        return Item(
            name: name, parameters: name == "null" ? nil : String(cString: item.parameters), returns: String(cString: item.returns),
            summary: String(cString: item.summary),
            example: item.example.flatMap { expression in item.result.map { (String(cString: expression), String(cString: $0)) } })
    }
}
