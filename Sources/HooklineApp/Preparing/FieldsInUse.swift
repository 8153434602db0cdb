import HooklineCore
import HooklineHooks

extension Activation {
    /// The activation with a model of which only those columns are read that something uses.
    ///
    /// Rules, consent, mapping, keys, and expressions name their fields. Scripts read a field by a text in their code, or by the value of a
    /// parameter; if they name `pairs`, which lists a user's fields, every column is read. A script that computes a name that is written
    /// nowhere is told that the model has no such field.
    ///
    /// - Parameter scripts: what the scripts need; nil without any.
    /// - Returns: the activation itself if every column is read.
    func readingOnlyUsed(by scripts: ScriptFacts?) -> Activation {
        if scripts?.mayCallPairs == true { return self }
        var activation = self
        activation.model.used = usedFields
        if let scripts { activation.model.mentioned = scripts.texts.union(parameters.flatMap(\.value.texts)) }
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
