import HooklineCore
import Text

/// Reads the tests of a file in a package's `tests/`.
struct TestReader {
    let findings: Findings
    let files: ManifestFiles
    /// The package's folder, an absolute path.
    let folder: String

    func read(_ tree: Tree) -> [ScriptTest] {
        ShapeChecker(findings: findings).check(tree, TestShape.file, as: "a file of tests")
        return (tree.items ?? []).compactMap(test)
    }

    private func test(_ tree: Tree) -> ScriptTest? {
        guard let name = tree["test"]?.text, let expect = tree["expect"] else { return nil }
        checkExpectation(expect)
        guard let sample = sample(tree) else { return nil }
        var members: [String?: [String]] = [:]
        if let own = tree["members"] { members[nil] = addresses(own) }
        for entry in tree["members_of"]?.entries ?? [] { members[entry.key] = addresses(entry.value) }
        let seed = tree["seed"]?.text.flatMap { UInt64($0) } ?? 0
        var test = ScriptTest(
            name: name, position: tree.position, sample: sample, parameters: parameters(tree["params"]),
            now: tree["now"]?.text.flatMap { Timestamp.parse($0) } ?? Self.defaultNow, seed: seed, members: members,
            contacts: contacts(tree["contacts"]), expectation: expectation(expect))
        test.lookups = LookupsReader(findings: findings, files: files, folder: folder).read(tree["lookups"]) { .text($1.text ?? "") }
        return test
    }

    /// 2026-01-01T00:00:00Z: a test without `now` has the same result every day.
    private static let defaultNow: Int64 = 1_767_225_600

    private func sample(_ tree: Tree) -> String? {
        let there = files.names("\(folder)/samples").filter { $0.hasSuffix(".csv") || $0.hasSuffix(".jsonl") }
        guard let chosen = tree["sample"] else {
            if there.count == 1 { return "samples/\(there[0])" }
            let message =
                there.isEmpty
                ? "the package has no samples/*.csv or *.jsonl" : "samples/ has \(enumerated(there)); pick one with 'sample'"
            findings.report(.missingKey, message, at: tree.position)
            return nil
        }
        guard let name = chosen.text else { return nil }
        if there.contains(name) { return "samples/\(name)" }
        let hint = NearestName.hint(name, among: there)
        findings.report(.noSuchFile, "there is no sample \(quoted(name)) in samples/\(hint)", at: chosen.position)
        return nil
    }

    private func parameters(_ tree: Tree?) -> [ScriptTest.Setting] {
        (tree?.entries ?? []).map { entry in
            ScriptTest.Setting(
                name: entry.key, texts: (entry.value.items ?? [entry.value]).compactMap(\.text), isList: entry.value.items != nil,
                position: entry.value.position)
        }
    }

    private func contacts(_ tree: Tree?) -> ScriptTest.Contacts {
        guard let tree else { return .all }
        if let text = tree.text, text != "all" {
            findings.report(.wrongValue, "'contacts' takes 'all' or a list of addresses, found \(quoted(text))", at: tree.position)
        }
        return tree.items.map { _ in .these(Set(addresses(tree).map(EmailAddress.compared))) } ?? .all
    }

    /// Reports a test that can't fail, and expectations that would never be checked.
    private func checkExpectation(_ tree: Tree) {
        guard tree.isMapping else { return }
        if tree.entries.allSatisfy({ Self.expectsNothing($0.key, $0.value) }) {
            findings.report(.missingKey, "the test expects nothing; add what must be true", at: tree.position)
        }
        guard tree["error"] != nil else { return }
        for entry in tree.entries where entry.key != "error" && entry.key != "log" && entry.key != "snapshot" {
            let message = "'\(entry.key)' conflicts with 'error': a run with an error has no plan, so only 'log' and 'snapshot' go with it"
            findings.report(.conflictingKeys, message, at: entry.keyPosition)
        }
    }

    /// Whether an expectation is empty and so can't fail. Lists of users and reasons are complete: an empty one means that there are none.
    private static func expectsNothing(_ key: String, _ value: Tree) -> Bool {
        switch key {
        case "snapshot": value.boolean == false
        case "log": value.items?.isEmpty ?? false
        case "buckets", "names", "members_of": value.isMapping && value.entries.isEmpty
        case "mapped": value.isMapping && value.entries.allSatisfy { $0.value.isMapping && $0.value.entries.isEmpty }
        default: false
        }
    }

    private func expectation(_ tree: Tree) -> ScriptTest.Expectation {
        var expectation = ScriptTest.Expectation()
        expectation.name = tree["name"]?.text
        expectation.names = tree["names"].map { pairs($0) { $0.text } }
        expectation.added = tree["added"].map(texts)
        expectation.removed = tree["removed"].map(texts)
        expectation.members = tree["members"].map(texts)
        expectation.membersOf = tree["members_of"].map { pairs($0, texts) }
        expectation.dropped = tree["dropped"].map { pairs($0) { $0.text.flatMap { Int($0) } } }
        expectation.buckets = tree["buckets"].map { pairs($0) { $0.text.flatMap { Int($0) } } }
        expectation.mapped = tree["mapped"].map { pairs($0) { pairs($0) { $0.isNull ? "null" : $0.text } } }
        expectation.labels = tree["labels"].map { pairs($0, texts) }
        expectation.log = tree["log"].map(texts)
        expectation.warnings = tree["warnings"].map(texts)
        expectation.error = tree["error"]?.text
        expectation.stopped = tree["stopped"]?.text
        expectation.report = tree["report"]?.text
        expectation.instructionsPerUser = tree["budget"]?["instructions_per_user"]?.text.flatMap { Int($0) }
        expectation.isSnapshot = tree["snapshot"]?.boolean ?? false
        return expectation
    }

    /// The addresses in a list; reports texts that could never match one.
    private func addresses(_ tree: Tree) -> [String] {
        for item in tree.items ?? [] {
            guard let text = item.text, !text.contains("@") || text.contains(where: \.isWhitespace) else { continue }
            findings.report(.wrongValue, "\(quoted(text)) is not an email address", at: item.position)
        }
        return texts(tree)
    }

    private func texts(_ tree: Tree) -> [String] { (tree.items ?? []).compactMap(\.text) }

    private func pairs<Value>(_ tree: Tree, _ value: (Tree) -> Value?) -> [String: Value] {
        var pairs: [String: Value] = [:]
        for entry in tree.entries { pairs[entry.key] = value(entry.value) }
        return pairs
    }
}
