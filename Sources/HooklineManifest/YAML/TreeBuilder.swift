import HooklineCore
import Yams

/// Turns the nodes of Yams into a ``Tree``: texts as typed, repeated keys reported.
struct TreeBuilder {
    /// How deeply values may nest.
    static let depthLimit = 128

    let file: String
    /// The names of the keys that ``TreeComposer`` overwrote, by their positions.
    let names: [SourcePosition: String]
    let findings: Findings

    func tree(_ node: Node, depth: Int = 0) -> Tree {
        let location = position(node.mark)
        guard depth < Self.depthLimit else {
            findings.report(.tooDeep, "values nest more than \(Self.depthLimit) levels deep here, which is the limit", at: location)
            return Tree(content: .null, position: location)
        }
        return Tree(content: content(node, depth, location), position: location, isPlain: node.scalar?.style == .plain)
    }

    private func content(_ node: Node, _ depth: Int, _ location: SourcePosition) -> Tree.Content {
        switch node {
        case .scalar(let scalar):
            let tag = checkTag(scalar.tag, "str", location)
            // `op: !=` without quotes means the text; the tag has been reported.
            if let tag, tag.hasPrefix("!") { return .scalar(scalar.string.isEmpty ? tag : "\(tag) \(scalar.string)") }
            return isNull(scalar) ? .null : .scalar(scalar.string)
        case .sequence(let sequence):
            checkTag(sequence.tag, "seq", location)
            return .list(sequence.map { tree($0, depth: depth + 1) })
        case .mapping(let mapping):
            checkTag(mapping.tag, "map", location)
            return .mapping(entries(mapping, depth))
        case .alias:
            findings.report(.unsupportedYAML, "aliases (*name) are not supported; write the value out", at: location)
            return .null
        }
    }

    private func entries(_ mapping: Node.Mapping, _ depth: Int) -> [Tree.Entry] {
        var entries: [Tree.Entry] = []
        var lines: [String: Int] = [:]
        for (keyNode, valueNode) in mapping {
            let location = position(keyNode.mark)
            guard case .scalar(let scalar) = keyNode else {
                findings.report(.unsupportedYAML, "a key must be a plain word, not a list or a mapping", at: location)
                continue
            }
            checkTag(scalar.tag, "str", location)
            let key = names[location] ?? scalar.string
            var value = tree(valueNode, depth: depth + 1)
            if Self.keysOfWords.contains(key) { value = withWords(value, valueNode) }
            if let first = lines[key] {
                findings.report(.duplicateKey, "the key \(quoted(key)) repeats line \(first); remove one of them", at: location)
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

    /// Whether a scalar means null, which only an unquoted one can (YAML 1.2 §10.2.1.1).
    private func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Reports and returns a tag that differs from the value's own type.
    @discardableResult
    private func checkTag(_ tag: Tag, _ expected: String, _ location: SourcePosition) -> String? {
        let name = tag.description
        guard !["", "!", "tag:yaml.org,2002:\(expected)"].contains(name) else { return nil }
        let message = "\(quoted(name)) is a YAML tag, which is not supported; put a text that begins with ! in quotes"
        findings.report(.unsupportedYAML, message, at: location)
        return name
    }

    private func position(_ mark: Mark?) -> SourcePosition {
        SourcePosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
