import Foundation
import HooklineCore
import Testing

@testable import HooklineManifest

@Suite("The reference page of the manifests")
struct ReferencePageTests {
    private func page() throws -> String {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let top = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: top.appendingPathComponent("docs/reference/manifest.md"), encoding: .utf8)
    }

    private func tables(_ shape: Shape) -> [KeyTable] {
        switch shape {
        case .table(let table): [table] + table.keys.flatMap { tables($0.shape) }
        case .typed(let tables): tables.flatMap { table in [table] + table.keys.flatMap { self.tables($0.shape) } }
        case .named(_, let shape), .list(let shape), .oneOrMany(let shape): tables(shape)
        case .either(let name, let thing): tables(name) + tables(thing)
        default: []
        }
    }

    @Test("names every key, every default and every word that a key takes")
    func keys() throws {
        let page = try page()
        var missing: Set<String> = []
        func ask(_ holds: Bool, _ what: String) { if !holds { missing.insert(what) } }
        for table in tables(WorkspaceShape.file) + tables(ActivationShape.file) + [ConditionShape.test] {
            for key in table.keys {
                ask(
                    page.contains("`\(key.name)`") || page.contains("`\(key.name):`") || page.contains("\(key.name): "),
                    "\(table.title): \(key.name)")
                if let defaultValue = key.defaultValue { ask(page.contains(defaultValue), "\(key.name): \(defaultValue)") }
                if case .choice(let words, _, _) = key.shape {
                    for word in words { ask(page.contains("`\(word)`"), "\(key.name): \(word)") }
                }
            }
        }
        #expect(missing == [])
    }

    @Test("names every type of column and parameter, and what a bad value and a script error may do")
    func words() throws {
        let page = try page()
        let words =
            ColumnType.allCases.map(\.rawValue) + Parameter.Kind.allCases.map(\.rawValue) + Model.BadValuePolicy.allCases.map(\.rawValue)
            + Safeguards.ScriptErrorPolicy.allCases.map(\.rawValue)
        #expect(words.filter { !page.contains("`\($0)`") } == [])
    }

    @Test("names every operator, every form of time and every field of a pattern")
    func operatorsAndForms() throws {
        let page = try page()
        let words =
            Condition.Operation.allCases.map(\.rawValue) + TimeFormat.names + TimePattern.allowed.split(separator: " ").map(String.init)
        #expect(words.filter { !page.contains("`\($0)`") } == [])
    }

    /// The sample that begins with a key, indented.
    private func sample(_ key: String) throws -> String {
        let page = try page()
        let fence = try #require(page.range(of: "```yaml\n\(key)"))
        let rest = page[fence.lowerBound...].dropFirst("```yaml\n".count)
        let end = try #require(rest.range(of: "```"))
        return rest[..<end.lowerBound].split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    }

    @Test("its columns are columns")
    func columns() throws {
        let activation = MemoryFiles.goodActivation + "model:\n\(try sample("columns:"))\n"
        #expect(MemoryFiles(activation: activation).issues().isEmpty)
        #expect(try MemoryFiles(activation: activation).activation().get().model.columns.count == 6)
    }

    @Test("its rules are rules")
    func rules() throws {
        let rule = try sample("where:")
        let activation =
            MemoryFiles.goodActivation.replacing("{ name: VIP customers }", with: "\n  name: V\n\(rule)")
            + "parameters: { threshold: { type: number, default: 1 } }\n"
        #expect(MemoryFiles(activation: activation).issues().map(\.summary) == [])
    }
}
