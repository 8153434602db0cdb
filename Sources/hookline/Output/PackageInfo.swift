import Archive
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages

/// What a package is and asks for: `info`, `verify`, `install` and the first run show it; the shape of their `--json`.
struct PackageInfo: Encodable, Sendable {
    struct Field: Encodable, Sendable {
        let name: String
        let type: String
        let optional: Bool
        let column: String
        let description: String?
    }

    struct Value: Encodable, Sendable {
        let declaration: ParameterDeclaration
        /// The value in force; nil when it must be set.
        let value: String?
        /// `default`, `workspace` or `given`.
        let from: String?

        func encode(to encoder: any Encoder) throws {
            try declaration.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(value, forKey: .value)
            try container.encodeIfPresent(from, forKey: .from)
        }

        enum CodingKeys: String, CodingKey { case value, from }
    }

    let name: String
    let version: String
    let description: String?
    /// Nil for a folder, which may change at any moment.
    let digest: String?
    let signer: String?
    /// Nil for a folder: 'hookline test' tells.
    let tested: Bool?
    let requires: String?
    let api: Int
    /// The package's own names, and what stands for them here.
    let source: String
    let boundSource: String
    let destination: String
    let boundDestination: String
    /// Nil for a package that sees every column of its source.
    let fields: [Field]?
    let scriptFields: [String]
    let hooks: [String]
    let segment: String
    let parameters: [Value]
    let files: Int
    let bytes: Int

    enum CodingKeys: String, CodingKey {
        case name, version, description, digest, signer, tested, requires, api, source, destination, fields, hooks, segment, parameters,
            files,
            bytes
        case boundSource = "bound_source"
        case boundDestination = "bound_destination"
        case scriptFields = "script_fields"
    }

    init(_ package: ExaminedPackage) {
        let activation = package.activation
        name = activation.name
        version = package.pack.lock.version
        description = activation.description
        digest = package.isSettled ? package.pack.digest : nil
        signer = package.pack.signature?.signer ?? package.signer
        tested = package.isSettled ? package.pack.lock.isTested : nil
        requires = package.manifest.requires
        api = package.manifest.api
        source = package.manifest.source ?? activation.source.name
        boundSource = activation.source.name
        destination = package.manifest.destination ?? activation.destination.name
        boundDestination = activation.destination.name
        fields = activation.model.fields?.map {
            Field(name: $0.name, type: $0.type.rawValue, optional: $0.isOptional, column: $0.column, description: $0.description)
        }
        scriptFields = package.scripts.fields
        hooks = package.scripts.hooks
        segment = activation.segmentName
        parameters = package.manifest.parameters.map { declaration in
            let set = activation.parameters.first { $0.name == declaration.name }
            return Value(declaration: declaration, value: set?.value.shown, from: set?.origin.rawValue)
        }
        files = package.pack.files.count
        bytes = package.pack.files.reduce(0) { $0 + $1.content.count }
    }

    /// For a terminal.
    var text: String {
        var lines = ["\(name) \(version)\(description.map { ": \($0)" } ?? "")".onOneLine]
        var facts = TextTable()
        facts.add("digest", digest ?? "none: it is a folder; 'hookline pack' gives it one")
        facts.add("signed by", signer ?? "nobody")
        facts.add(
            "tests",
            tested.map { $0 ? "passed when it was packed" : "NOT TESTED: nobody has shown that its tests pass" }
                ?? "'hookline test' runs them")
        facts.add("needs", [requires, "hooks version \(api)"].compactMap { $0 }.joined(separator: ", "))
        lines.append(facts.text(indent: "  "))
        lines.append(asks)
        if !parameters.isEmpty {
            var table = TextTable(header: ["parameter", "type", "value", "from", "limits", "what for"])
            for parameter in parameters {
                let declared = parameter.declaration
                table.add(
                    declared.name, declared.type, parameter.value ?? "must be set", parameter.from ?? "", declared.limits ?? "",
                    declared.description ?? "")
            }
            lines.append(table.text(indent: "  "))
        }
        lines.append("  \(files) files, \(Brakes.grouped(bytes)) bytes")
        return lines.joined(separator: "\n")
    }

    /// What it reads and writes: nothing is asked for silently.
    var asks: String {
        var table = TextTable()
        table.add("reads", source == boundSource ? "source '\(source)'" : "source '\(source)', here '\(boundSource)'")
        if let fields {
            let names = fields.map { field in
                "\(field.name) (\(field.type)\(field.column == field.name ? "" : ", here '\(field.column)'")\(field.optional ? ", optional" : ""))"
            }
            table.add("fields", names.joined(separator: ", ") + "; nothing else")
        } else {
            table.add("fields", "every column of the source")
        }
        if !hooks.isEmpty {
            table.add(
                "scripts",
                "\(hooks.joined(separator: ", ")); they name \(scriptFields.isEmpty ? "no field" : scriptFields.joined(separator: ", "))")
        }
        table.add(
            "writes",
            "destination '\(destination)'\(destination == boundDestination ? "" : ", here '\(boundDestination)'"), "
                + "segment '\(segment)'\(hooks.contains("breakdown") ? " and one a label" : "")\(hooks.contains("name") ? ", named by a script" : "")"
        )
        return table.text(indent: "  ")
    }
}

extension ParameterValue {
    /// As a person would write it.
    var shown: String {
        switch self {
        case .text(let text), .date(let text): text
        case .integer(let number): String(number)
        case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
        case .boolean(let truth): String(truth)
        case .list(let values): values.map(\.shown).joined(separator: ", ")
        }
    }
}
