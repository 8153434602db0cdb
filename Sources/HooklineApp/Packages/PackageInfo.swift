import Archive
import HooklineCore
import HooklineManifest
import HooklinePackages

/// What a package is and asks for: the shape of `info --json` and `install --json`.
package struct PackageInfo: Encodable, Sendable {
    /// A parameter with the value that it has here.
    package struct Value: Encodable, Sendable {
        package let declaration: ParameterDeclaration
        /// The value in force; nil when it must be set.
        package let value: String?
        /// `default`, `workspace` or `given`.
        package let from: String?

        package func encode(to encoder: any Encoder) throws {
            try declaration.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(value, forKey: .value)
            try container.encodeIfPresent(from, forKey: .from)
        }

        private enum CodingKeys: String, CodingKey { case value, from }
    }

    package let name: String
    package let version: String
    package let description: String?
    /// `sha256:…`; nil for a folder, which may change at any moment.
    package let digest: String?
    /// `ed25519:…`; nil for a package that nobody signed.
    package let signer: String?
    /// Whether its tests passed when it was packed; nil for a folder.
    package let tested: Bool?
    /// What its tests say on this machine; nil where they were not run.
    package let testsHere: TestsHere?
    package let requires: String?
    package let api: Int
    package let asks: PackageAsks
    package let parameters: [Value]
    /// The settings as a run here takes them, and where each comes from.
    package let inForce: [SettingInForce]
    /// Files in the package, and their bytes.
    package let files: Int
    package let bytes: Int
    /// What is wrong with the values and bindings that it is given here.
    package let issues: [Issue]

    private enum CodingKeys: String, CodingKey {
        case name, version, description, digest, signer, tested, requires, api, parameters, files, bytes, issues
        case inForce = "in_force"
        case testsHere = "tests_here"
    }

    package func encode(to encoder: any Encoder) throws {
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
        try container.encode(inForce, forKey: .inForce)
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
        inForce = SettingInForce.all(
            of: activation, written: package.manifest.keys, sharedSegment: package.manifest.sharedSegment, binding: package.boundKeys)
        issues = package.issues
        files = package.pack.files.count
        bytes = package.pack.files.reduce(0) { $0 + $1.content.count }
    }
}

extension ParameterValue {
    /// The value as a person would write it.
    package var shown: String {
        switch self {
        case .text(let text), .date(let text): text
        case .integer(let number): String(number)
        case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
        case .boolean(let truth): String(truth)
        case .list(let values): values.map(\.shown).joined(separator: ", ")
        }
    }
}
