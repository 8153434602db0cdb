import Foundation
import HooklineCore
import HooklineHooks
import HooklineSources
import SystemPackage

extension Fingerprint {
    /// Identifies everything that a plan follows from but the rows: the package's files, and what the workspace says of it.
    ///
    /// - Parameters:
    ///   - activation: with its parameters in force.
    ///   - scripts: its files.
    ///   - root: the workspace's folder. A plan is valid in another copy of it, too.
    init(_ activation: Activation, _ scripts: ScriptFiles, root: String) {
        self.init()
        let manifest = FileManager.default.contents(atPath: "\(activation.folder)/\(WorkspaceLayout.manifest)") ?? Data()
        add(WorkspaceLayout.manifest, Array(manifest))
        for file in scripts.files { add(file.path, file.text) }
        for file in scripts.lookups { add("lookups/\(file.path)", file.text) }
        for parameter in activation.parameters.sorted(by: { $0.name < $1.name }) {
            add("parameter \(parameter.name)", String(describing: parameter.value))
        }
        add("audience", activation.destination.audience)
        add("segment", activation.segmentName)
        add("email", activation.emailField)
        // Scripts and rules ask what day it is there, and the policy decides what a script error means for its user.
        add("timezone", activation.timezone)
        add(
            "script errors",
            "\(activation.safeguards.onScriptError?.rawValue ?? "") \(activation.safeguards.maxScriptErrors.map(String.init) ?? "")")
        add("rules", activation.rules?.canonical ?? "")
        if let consent = activation.consent { add("consent", consent.canonical) }
        add(activation.source, root: root)
        add(activation.model, root: root)
    }

    private mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    private mutating func add(_ source: SourceConfiguration, root: String) {
        let path = FilePath(source.path).below(root)?.string ?? source.path
        for (key, value) in [("source", source.name), ("kind", source.kind.rawValue), ("path", path), ("delimiter", "\(source.delimiter)")]
        {
            add(key, value)
        }
        if source.kind == .duckdb {
            add("tables", DuckDBTables.identity(of: source) { FilePath($0).below(root)?.string ?? $0 })
        }
        if source.kind.isPostgreSQL { add("server", PostgresSettings.identity(of: source)) }
        if source.kind.hasDriver { add("server", DriverSource.identity(of: source)) }
        add("values", "\(source.nullValues) \(source.trims) \(source.timezone ?? "") \(source.file)")
    }

    private mutating func add(_ model: Model, root: String) {
        add("table", model.table ?? "")
        add("sql", model.sql ?? "")
        add("primary key", model.primaryKey ?? "")
        add("bad values", model.onBadValue.rawValue)
        if let limit = model.primaryKeyLimit { add("primary key limit", "\(limit)") }
        for expectation in model.expectations { add("expectation", expectation.identity) }
        if let oneRow = model.oneRow { add("one row per", "\(oneRow.key) \(oneRow.keep)") }
        for field in model.fields ?? [] {
            add("field \(field.name)", "\(field.type.rawValue) \(field.isOptional) \(field.column) \(field.format)")
        }
        for column in model.columns { add("column \(column.name)", "\(column.type.rawValue) \(column.format)") }
        for field in model.calculated { add("calculated \(field.name)", field.expression) }
        for relation in model.relations {
            add("relation \(relation.name)", "\(relation.key) \(relation.relatedKey)")
            for field in relation.aggregates {
                add(
                    "aggregate \(field.name)",
                    "\(field.function) \(field.field ?? "") \(field.order ?? "") \(field.condition?.canonical ?? "")")
            }
            add(relation.source, root: root)
            add(relation.model, root: root)
        }
    }
}

extension Condition {
    /// The rules as a text that is the same for the same rules, however they are laid out in the file.
    fileprivate var canonical: String {
        switch self {
        case .all(let parts): "all(\(parts.map(\.canonical).joined(separator: ", ")))"
        case .any(let parts): "any(\(parts.map(\.canonical).joined(separator: ", ")))"
        case .not(let part): "not(\(part.canonical))"
        case .segment(let rule):
            "segment(\(rule.name.map { "\($0): " } ?? "")\(rule.rules?.canonical ?? "")\(rule.limit.map { ", \($0.text)" } ?? ""))"
        case .test(let test):
            "\(test.field) \(test.operation.rawValue)\(test.ignoresCase ? " ignoring case" : "") \(test.value.map { String(describing: $0) } ?? "")"
        }
    }
}
