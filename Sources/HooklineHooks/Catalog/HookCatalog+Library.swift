import Lua

extension HookCatalog {
    /// The fields of `ctx`.
    package static let contextFields: [Field] = [
        Field(name: "params", type: "hookline.Params", summary: "the activation's parameters, typed"),
        Field(name: "now", type: "integer", summary: "Unix seconds, frozen for the run"),
        Field(name: "today", type: "string", summary: "YYYY-MM-DD in the activation's time zone"),
        Field(name: "run", type: "{ id: string, kind: string }", summary: "the run"),
        Field(name: "activation", type: "string", summary: "the activation's name"),
        Field(name: "timezone", type: "string", summary: "an IANA time zone name"),
    ]

    /// The entries of the global `hookline`, from the table that registers them.
    package static let library: [Field] = LuaLibrary.items.map { item in
        Field(name: "hookline.\(item.name)", type: item.type, summary: item.summary)
    }

    /// What scripts have of Lua's own libraries; `""` stands for the base functions.
    package static let standard: [(library: String, names: [String])] = [
        (
            "",
            [
                "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen", "require",
                "select", "setmetatable", "tonumber", "tostring", "type", "xpcall",
            ]
        ),
        (
            "math",
            [
                "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min",
                "mininteger", "modf", "pi", "rad", "random", "sin", "sqrt", "tan", "tointeger", "type", "ult",
            ]
        ),
        ("string", ["byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper"]),
        ("table", ["concat", "insert", "move", "pack", "remove", "sort", "unpack"]),
        ("utf8", ["char", "charpattern", "codepoint", "codes", "len", "offset"]),
    ]
}

extension LuaLibrary.Item {
    /// Its type in LuaLS notation.
    var type: String {
        guard let parameters else { return returns }
        return "fun(\(parameters))" + (returns.isEmpty ? "" : ": \(returns)")
    }
}
