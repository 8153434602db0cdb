import HooklineCore
import HooklineHooks
import Lua

extension Activation {
    /// The activation with a model of which only those columns are read that something uses.
    ///
    /// Rules, consent, mapping, keys, and expressions name their fields. Scripts read a field by a text in their code, or by the value of a
    /// parameter; if they call `pairs`, which may list a user's fields, every column is read. A script that computes a name that is written
    /// nowhere is told that the model has no such field.
    ///
    /// - Throws: `HookError` for a script that does not compile.
    func readingOnlyUsed(by scripts: ScriptFiles, jail: LuaJail) throws -> Activation {
        var activation = self
        guard !hooks.isEmpty else {
            activation.model.used = usedFields
            return activation
        }
        let facts = try ScriptFacts(scripts.package, jail: jail)
        if facts.callsPairs { return self }
        activation.model.used = usedFields
        activation.model.mentioned = facts.texts.union(parameters.flatMap(\.value.texts))
        return activation
    }
}

extension ParameterValue {
    /// Every text in it.
    fileprivate var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let items): items.flatMap(\.texts)
        case .integer, .number, .boolean, .date: []
        }
    }
}
