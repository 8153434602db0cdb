import CLuaHost

/// What scripts find in the global `hookline`, from the table that registers it: for the reference page, editors and checks.
package enum LuaLibrary {
    /// An entry; its types are in LuaLS notation.
    package struct Item: Equatable, Sendable {
        /// The name after `hookline.`, such as `text.slug`.
        package let name: String
        /// Such as `text: string, bytes?: integer`; empty for a function without parameters, nil for a value.
        package let parameters: String?
        /// The type of the result, empty for none; or the type of the value.
        package let returns: String
        package let summary: String
        /// An expression that uses the entry, and one that gives the same value.
        package let example: (expression: String, result: String)?

        package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
    }

    /// What to do instead of using a global that scripts do not have; nil where there is no advice.
    package static func advice(on global: String) -> String? { hl_global_advice(global).map { String(cString: $0) } }

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
