import HooklineCore

/// Reads values of sources and destinations, and notes in them what could not be resolved.
extension ReferenceResolver {
    /// A text with its references resolved; nil for anything but a text. One that stays unresolved makes what it belongs to incomplete.
    func text<Value>(_ tree: Tree?, _ shared: inout WorkspaceDocument.Shared<Value>) -> String? {
        guard let tree, tree.text != nil else { return nil }
        let resolved = resolved(tree)
        shared.unresolved += resolved.unresolved
        if !resolved.unresolved.isEmpty { shared.isIncomplete = true }
        return resolved.text
    }

    /// A secret; nil if there is none, or if it cannot be resolved now.
    func secret<Value>(_ tree: Tree?, _ shared: inout WorkspaceDocument.Shared<Value>) -> HiddenText? {
        guard let tree, let secret = secret(tree) else { return nil }
        shared.unresolved += missing(secret, at: tree.position)
        return (try? value(of: secret)).map { HiddenText($0) }
    }
}
