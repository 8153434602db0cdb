import HooklineCore

/// Reads `expect:`, `primary_key:`, and `probe:` of a model.
struct ExpectationReader {
    let findings: Findings
    /// Nil if the source is unknown.
    let source: SourceConfiguration?
    /// Whether the model is a package's, which names no file of the machine.
    let isPackage: Bool

    func readPrimaryKey(_ tree: Tree?, into model: inout Model) {
        let field = tree?["field"] ?? tree
        model.primaryKey = field?.text
        model.primaryKeyPosition = field?.text == nil ? nil : field?.position
        model.primaryKeyLimit = tree?["max_invalid"]?.text.flatMap(Measure.limit)
    }

    func expectations(_ tree: Tree?) -> [SourceExpectation] { (tree?.items ?? []).flatMap(read) }

    func probe(_ tree: Tree?) -> SourceProbe? {
        guard let tree, let text = tree.text else { return nil }
        guard let source else { return text == "files" ? .files : .query(text) }
        if text == "files" {
            if source.kind.isServer {
                findings.report(
                    .conflictingKeys, "'files' needs a source of files, and \(quoted(source.name)) is a server; write a query",
                    at: tree.position)
                return nil
            }
            return .files
        }
        if !source.kind.isDatabase {
            findings.report(
                .conflictingKeys,
                "a query needs a database, and the source \(quoted(source.name)) is a \(source.kind.rawValue) file; write probe: files",
                at: tree.position)
            return nil
        }
        return .query(text)
    }

    private func read(_ tree: Tree) -> [SourceExpectation] {
        let severity = tree["severity"]?.text.flatMap(SourceExpectation.Severity.init) ?? .stop
        func expectation(_ kind: SourceExpectation.Kind, _ at: Tree) -> SourceExpectation {
            SourceExpectation(kind, severity, position: at.position)
        }
        if tree["after_marker"] == nil, let within = tree.entry("within") {
            findings.report(
                .conflictingKeys, "'within' says how old the marker of 'after_marker' may be; remove it here", at: within.keyPosition)
        }
        var found: [SourceExpectation] = []
        for field in each(tree["not_null"]) { if let name = field.text { found.append(expectation(.notNull(name), field)) } }
        for field in each(tree["unique"]) { if let name = field.text { found.append(expectation(.unique(name), field)) } }
        for entry in tree["accepted"]?.entries ?? [] {
            let values = (entry.value.items ?? []).compactMap(\.literal)
            if entry.value.items?.isEmpty == true {
                findings.report(.wrongValue, "'accepted' takes a list of at least one value", at: entry.value.position)
            } else if !values.isEmpty {
                let list = Condition.Value.list(values.map { .scalar($0) })
                found.append(SourceExpectation(.accepted(entry.key, list), severity, position: entry.keyPosition))
            }
        }
        if let freshness = tree["fresh_within"], let (seconds, field) = freshness.text.flatMap(Self.freshness) {
            found.append(expectation(.freshWithin(seconds: seconds, field: field), freshness))
        }
        if let rows = tree["min_rows"], let least = rows.text.flatMap({ Int($0) }) { found.append(expectation(.minRows(least), rows)) }
        if let marker = tree["after_marker"], let read = self.marker(marker) {
            let within = tree["within"]?.text.flatMap(Measure.seconds)
            found.append(expectation(.afterMarker(read, within: within), marker))
        }
        return found
    }

    private func each(_ tree: Tree?) -> [Tree] { tree.map { $0.items ?? [$0] } ?? [] }

    /// Parses `26h by updated_at`.
    private static func freshness(_ text: String) -> (Int, String)? {
        guard let by = text.firstRange(of: " by "), let seconds = Measure.seconds(text[..<by.lowerBound].trimmingSpaces) else { return nil }
        let field = text[by.upperBound...].trimmingSpaces
        return field.isEmpty ? nil : (seconds, field)
    }

    private func marker(_ tree: Tree) -> SourceExpectation.Marker? {
        guard let text = tree.text, !text.isEmpty else { return nil }
        if text.prefixMatch(of: #/\s*(?:(?i)SELECT|WITH|VALUES|FROM)[\s(]/#) != nil {
            if let source, !source.kind.isDatabase {
                findings.report(
                    .conflictingKeys,
                    "a query needs a database, and the source \(quoted(source.name)) is a \(source.kind.rawValue) file; name a file that shows that it is complete",
                    at: tree.position)
                return nil
            }
            return .query(text)
        }
        if isPackage, text.hasPrefix("/") || text.split(separator: "/").contains("..") {
            findings.report(
                .outsidePackage, "a package's marker is a path below the workspace's folder, found \(quoted(text))", at: tree.position)
            return nil
        }
        return .file(text)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
