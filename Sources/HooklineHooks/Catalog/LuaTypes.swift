import HooklineCore
import Lua
import Text

/// The definition file for LuaLS (https://luals.github.io): what editors complete and check scripts with.
package struct LuaTypes: Sendable {
    /// The model's columns; nil when no activation is meant.
    let columns: [Column]?
    /// The activation's parameters; nil when no activation is meant.
    let parameters: [Parameter]?

    package init(columns: [Column]? = nil, parameters: [Parameter]? = nil) {
        self.columns = columns
        self.parameters = parameters
    }

    package var text: String {
        ([header, user, params] + records + [aliases, hooks, "---@class hookline\nhookline = {}"] + groups + functions)
            .joined(separator: "\n\n") + "\n"
    }

    private var header: String {
        """
        ---@meta
        -- Made by 'hookline hooks --types': run it again when the model, the parameters or Hookline change. Scripts never load this file.
        """
    }

    private var user: String {
        guard let columns else { return "---@class hookline.User\n---@field [string] any" }
        return "---@class hookline.User\n" + columns.map { "---@field \(Self.key($0.name)) \($0.type.luaType)" }.joined(separator: "\n")
    }

    private var params: String {
        guard let parameters else { return "---@class hookline.Params\n---@field [string] any" }
        return (["---@class hookline.Params"] + parameters.map { "---@field \($0.name) \($0.kind.luaType)\(comment($0.description))" })
            .joined(separator: "\n")
    }

    private var records: [String] {
        [
            ("Context", HookCatalog.contextFields), ("Segment", HookCatalog.segmentFields), ("Plan", HookCatalog.planFields),
            ("SegmentReport", HookCatalog.segmentReportFields), ("Report", HookCatalog.reportFields),
        ].map { name, fields in
            (["---@class hookline.\(name)"] + fields.map { "---@field \($0.name) \($0.type) \($0.summary)" }).joined(separator: "\n")
        }
    }

    private var aliases: String {
        """
        ---@class hookline.Null
        ---@class hookline.Row
        ---@field [string] string?
        ---@class hookline.Lookup
        ---@field [string|integer] hookline.Row?
        ---@operator len: integer
        ---@alias hookline.Unit "second"|"minute"|"hour"|"day"|"week"|"month"|"quarter"|"year"
        """
    }

    private var hooks: String {
        let fields = HookCatalog.points.map { point in
            let parameters = point.parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
            let result = point.returns == "nothing" ? "" : ": \(point.returns)"
            return "---@field \(point.name)? fun(\(parameters))\(result) \(point.when)"
        }
        return (["---@class hookline.Hooks"] + fields).joined(separator: "\n")
    }

    /// The tables inside `hookline`.
    private var groups: [String] {
        var seen: Set<Substring> = []
        return LuaLibrary.items.compactMap { item in
            guard let dot = item.name.firstIndex(of: "."), seen.insert(item.name[..<dot]).inserted else { return nil }
            return "hookline.\(item.name[..<dot]) = {}"
        }
    }

    private var functions: [String] {
        LuaLibrary.items.map { item in
            guard let parameters = item.parameters else {
                return "---\(item.summary)\n---@type \(item.returns)\nhookline.\(item.name) = nil"
            }
            let list = Self.split(parameters)
            let lines =
                ["---\(item.summary)"] + list.map { "---@param \($0.name) \($0.type)" }
                + (item.returns.isEmpty ? [] : Self.splitTypes(item.returns).map { "---@return \($0)" })
            let names = list.map { $0.name.hasSuffix("?") ? String($0.name.dropLast()) : $0.name }
            return (lines + ["function hookline.\(item.name)(\(names.joined(separator: ", "))) end"]).joined(separator: "\n")
        }
    }

    /// `text: string, bytes?: integer`, one by one.
    private static func split(_ parameters: String) -> [(name: String, type: String)] {
        splitTypes(parameters).compactMap { parameter in
            guard let colon = parameter.firstIndex(of: ":") else { return nil }
            return (String(parameter[..<colon]), parameter[parameter.index(after: colon)...].drop { $0 == " " }.description)
        }
    }

    /// The parts between commas that stand in no bracket; `fun(): any, any` is one part.
    private static func splitTypes(_ text: String) -> [String] {
        if text.hasPrefix("fun(") { return [text] }
        var parts: [String] = []
        var depth = 0
        var part = ""
        for character in text {
            if "(<[{".contains(character) { depth += 1 }
            if ")>]}".contains(character) { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append(part)
                part = ""
            } else if !(part.isEmpty && character == " ") {
                part.append(character)
            }
        }
        return part.isEmpty ? parts : parts + [part]
    }

    /// A field's name as LuaLS takes it: in brackets when it is no identifier.
    private static func key(_ name: String) -> String {
        let isIdentifier =
            name.first.map { $0.isLetter || $0 == "_" } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        return isIdentifier ? name : "[\"\(Redaction.onOneLine(name).replacing("\"", with: "\\\""))\"]"
    }

    private func comment(_ text: String?) -> String { text.map { " \(Redaction.onOneLine($0))" } ?? "" }
}

extension ColumnType {
    /// What a script gets for a value of it.
    package var luaType: String {
        switch self {
        case .text, .date: "string?"
        case .integer, .timestamp: "integer?"
        case .number: "number?"
        case .decimal: "number|string|nil"
        case .boolean: "boolean?"
        case .json: "any"
        }
    }
}

extension Parameter.Kind {
    /// What a script gets for a value of it.
    package var luaType: String {
        switch self {
        case .text, .date, .enum: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .list: "string[]"
        }
    }
}
