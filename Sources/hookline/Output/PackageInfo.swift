import Archive
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages
import Text

/// What a package is and asks for: `info`, `verify`, `install` and the first run show it; the shape of their `--json`.
struct PackageInfo: Encodable, Sendable {
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
    /// What they say on this machine; nil where they were not run.
    let testsHere: TestsHere?
    let requires: String?
    let api: Int
    let asks: PackageAsks
    let parameters: [Value]
    let files: Int
    let bytes: Int
    /// What is wrong with the values and bindings that it is given here.
    let issues: [Issue]

    enum CodingKeys: String, CodingKey {
        case name, version, description, digest, signer, tested, requires, api, parameters, files, bytes, issues
        case testsHere = "tests_here"
    }

    func encode(to encoder: any Encoder) throws {
        try asks.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(version, forKey: .version)
        try container.encodeIfPresent(description, forKey: .description)
        try container.encodeIfPresent(digest, forKey: .digest)
        try container.encodeIfPresent(signer, forKey: .signer)
        try container.encodeIfPresent(tested, forKey: .tested)
        try container.encodeIfPresent(testsHere, forKey: .testsHere)
        try container.encodeIfPresent(requires, forKey: .requires)
        try container.encode(api, forKey: .api)
        try container.encode(parameters, forKey: .parameters)
        try container.encode(files, forKey: .files)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(issues, forKey: .issues)
    }

    init(_ package: ExaminedPackage) {
        let activation = package.activation
        name = activation.name
        version = package.pack.lock.version
        description = activation.description
        digest = package.isSettled ? package.pack.digest : nil
        signer = package.pack.signature?.signer ?? package.signer
        tested = package.isSettled ? package.pack.lock.isTested : nil
        testsHere = package.tests
        requires = package.manifest.requires
        api = package.manifest.api
        asks = PackageAsks(activation, package.manifest, package.scripts)
        parameters = package.manifest.parameters.map { declaration in
            let set = activation.parameters.first { $0.name == declaration.name }
            return Value(declaration: declaration, value: set?.value.shown, from: set?.origin.rawValue)
        }
        issues = package.issues
        files = package.pack.files.count
        bytes = package.pack.files.reduce(0) { $0 + $1.content.count }
    }

    /// For a terminal.
    var text: String {
        // Runs of spaces are one: padded to a terminal's width, a description could look like lines of ours.
        let words = description.map { ": " + $0.split { $0 == " " }.joined(separator: " ") } ?? ""
        var lines = ["\(name) \(version)\(words)".onOneLine]
        var facts = TextTable()
        facts.add("digest", digest ?? "none: it is a folder; 'hookline pack' gives it one")
        facts.add("signed by", signer ?? "nobody")
        facts.add(
            "tests",
            testsHere?.text ?? tested.map { $0 ? "passed when it was packed" : "NOT TESTED: nobody has shown that its tests pass" }
                ?? "'hookline test' runs them")
        facts.add("needs", [requires, "hooks version \(api)"].compactMap { $0 }.joined(separator: ", "))
        lines.append(facts.text(indent: "  "))
        lines.append(asks.text)
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
        lines.append("  \(files) files, \(NumberText.grouped(bytes)) bytes")
        return lines.joined(separator: "\n")
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
