import HooklineCore

/// The column names that may be shown. Without a header, the first line is a person's data.
struct ShownNames {
    private let names: [String]
    /// For each name, whether it is a person's data or stands beside one.
    private let isHidden: [Bool]
    /// Whether the first line looks like a row, so that no name is shown.
    let areHidden: Bool

    /// - Parameters:
    ///   - names: the names, empty where there is none.
    ///   - areKeys: whether they are keys and dotted paths of objects, rather than a header.
    init(_ names: [String], areKeys: Bool) {
        self.names = names
        let looks = names.map { !$0.isEmpty && ColumnNames.looksLikeValue($0) }
        // A row may have one word that headers have, such as a country that is ID, but hardly two.
        let headerWords = names.count { NameWords($0).isOfHeader && !(areKeys && $0.contains(".")) }
        areHidden = !areKeys && looks.contains(true) && headerWords < 2
        isHidden = areKeys ? Self.hiddenKeys(names, looks, isPlain: headerWords > 0) : zip(names, looks).map { $0.isEmpty || $1 }
    }

    /// The name of a column; nil when it is not shown.
    subscript(index: Int) -> String? { areHidden || isHidden[index] ? nil : names[index] }

    var hiddenCount: Int { names.indices.count { self[$0] == nil } }

    /// How many columns have the name of an earlier one.
    var repeated: Int { names.count - Set(names).count }

    /// Keys of an object are data if one of them looks like a value: `{"friends": {"+49 171…": 1, "John": 2}}`.
    ///
    /// - Parameters:
    ///   - names: the dotted paths.
    ///   - looks: for each, whether it looks like a value.
    ///   - isPlain: whether keys of the outermost object are surely names.
    /// - Returns: for each, whether it must not be shown.
    private static func hiddenKeys(_ names: [String], _ looks: [Bool], isPlain: Bool) -> [Bool] {
        let known = Set(names)
        let parents = names.map { name in
            name.indices.reversed().filter { name[$0] == "." }.map { String(name[..<$0]) }.filter(known.contains)
        }
        var ofData = Set(names.indices.filter { looks[$0] }.map { parents[$0].first ?? "" })
        if isPlain { ofData.remove("") }
        return names.indices.map { index in
            names[index].isEmpty || looks[index] || ofData.contains("") || parents[index].contains(where: ofData.contains)
        }
    }
}
