import HooklineCore
import Yams

/// Turns the nodes of Yams into a `Tree`: texts as they were typed, every repeated key told.
struct TreeBuilder {
    /// How deeply values may stand in one another.
    static let depthLimit = 128

    let file: String
    /// The names of keys that `TreeComposer` overwrote, by their places.
    let names: [SourcePosition: String]
    let findings: Findings

    func tree(_ node: Node, depth: Int = 0) -> Tree {
        let location = position(node.mark)
        guard depth < Self.depthLimit else {
            findings.report(.tooDeep, "values stand more than \(Self.depthLimit) levels deep here; no manifest needs that", at: location)
            return Tree(content: .null, position: location)
        }
        return Tree(content: content(node, depth, location), position: location, isPlain: node.scalar?.style == .plain)
    }

    private func content(_ node: Node, _ depth: Int, _ location: SourcePosition) -> Tree.Content {
        switch node {
        case .scalar(let scalar):
            let tag = checkTag(scalar.tag, "str", location)
            // Someone who writes `op: !=` without quotes meant the text; go on with it, the tag has been told.
            if let tag, tag.hasPrefix("!") { return .scalar(scalar.string.isEmpty ? tag : "\(tag) \(scalar.string)") }
            return isNull(scalar) ? .null : .scalar(scalar.string)
        case .sequence(let sequence):
            checkTag(sequence.tag, "seq", location)
            return .list(sequence.map { tree($0, depth: depth + 1) })
        case .mapping(let mapping):
            checkTag(mapping.tag, "map", location)
            return .mapping(entries(mapping, depth))
        case .alias:
            findings.report(.unsupportedYAML, "aliases (*name) are not read in these files; write the value out", at: location)
            return .null
        }
    }

    private func entries(_ mapping: Node.Mapping, _ depth: Int) -> [Tree.Entry] {
        var entries: [Tree.Entry] = []
        var lines: [String: Int] = [:]
        for (keyNode, valueNode) in mapping {
            let location = position(keyNode.mark)
            guard case .scalar(let scalar) = keyNode else {
                findings.report(.unsupportedYAML, "a key is a plain word, not a list or a mapping", at: location)
                continue
            }
            checkTag(scalar.tag, "str", location)
            let key = names[location] ?? scalar.string
            var value = tree(valueNode, depth: depth + 1)
            if Self.keysOfWords.contains(key) { value = withWords(value, valueNode) }
            if let first = lines[key] {
                findings.report(.duplicateKey, "the key \(quoted(key)) already stands in line \(first); a key stands once", at: location)
            } else {
                lines[key] = location.line
                entries.append(Tree.Entry(key: key, keyPosition: location, value: value))
            }
        }
        return entries
    }

    /// Keys for which YAML's words for nothing are words like any other.
    private static let keysOfWords: Set = ["on_bad_value", "null_values"]

    /// The value, with the words for nothing that stand in it or in its list as they were typed.
    private func withWords(_ tree: Tree, _ node: Node) -> Tree {
        switch (tree.content, node) {
        case (.null, .scalar(let scalar)) where !scalar.string.isEmpty:
            Tree(content: .scalar(scalar.string), position: tree.position, isPlain: true)
        case (.list(let items), .sequence(let sequence)):
            Tree(content: .list(zip(items, sequence).map(withWords)), position: tree.position)
        default: tree
        }
    }

    /// Only what nobody quoted can be nothing (YAML 1.2 §10.2.1.1).
    private func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Reports a tag that says more than the value itself, and returns it.
    @discardableResult
    private func checkTag(_ tag: Tag, _ expected: String, _ location: SourcePosition) -> String? {
        let name = tag.description
        guard !["", "!", "tag:yaml.org,2002:\(expected)"].contains(name) else { return nil }
        let message = "\(quoted(name)) is a YAML tag, and these files have none; a text that begins with ! stands in quotes"
        findings.report(.unsupportedYAML, message, at: location)
        return name
    }

    private func position(_ mark: Mark?) -> SourcePosition {
        SourcePosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
