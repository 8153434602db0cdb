import HooklineCore

@testable import HooklineManifest

/// A workspace in memory: paths and texts.
struct MemoryFiles {
    static let root = "/w"
    var texts: [String: [UInt8]] = [:]
    var links: [String: String] = [:]
    var environment: [String: String] = [
        "MAILCHIMP_API_KEY": "abc-us21", "CRM_DATABASE_URL": "postgres://db/crm", "SLACK_WEBHOOK_URL": "https://example.com/hook",
    ]

    /// A workspace of these two files, and of a source and a script beside them.
    init(workspace: String = MemoryFiles.goodWorkspace, activation: String = MemoryFiles.goodActivation) {
        self[text: "hookline.yaml"] = workspace
        self[text: "activations/vip-customers/activation.yaml"] = activation
        self[text: "activations/vip-customers/hooks.lua"] = "return {}"
        self[text: "data/users.csv"] = "id,email\n"
    }

    subscript(text path: String) -> String {
        get { String(decoding: texts["\(Self.root)/\(path)"] ?? [], as: UTF8.self) }
        set { texts["\(Self.root)/\(path)"] = Array(newValue.utf8) }
    }

    var files: ManifestFiles {
        let (texts, links) = (texts, links)
        struct Missing: Error {}
        return ManifestFiles(
            read: { path, limit in
                guard let bytes = texts[path] else { throw Missing() }
                return Array(bytes.prefix(limit))
            },
            kind: { path in
                let path = links[path] ?? path
                if texts[path] != nil { return .file }
                return texts.keys.contains { $0.hasPrefix(path + "/") } ? .folder : nil
            },
            names: { folder in
                Set(texts.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1).prefix { $0 != "/" }) })
                    .sorted()
            },
            realPath: { path in links[path] ?? path }
        )
    }

    var loader: WorkspaceLoader { WorkspaceLoader(environment: environment, files: files) }

    func load() -> Loaded<WorkspaceDocument> { loader.load(root: Self.root) }

    /// The activation in a workspace that may be wrong itself.
    func activation(_ name: String = "vip-customers", settings: [ParameterSetting] = [], purpose: ActivationPurpose = .run) -> Loaded<
        Activation
    > {
        guard let document = load().partial else { return Loaded(nil, []) }
        return loader.activation(name, in: document, settings: settings, purpose: purpose)
    }

    /// Everything that `check` reports.
    func issues() -> [Issue] {
        let loaded = load()
        guard let document = loaded.partial else { return loaded.issues }
        let activations = document.workspace.activationNames.map { loader.activation($0, in: document) }
        let inert = loaded.inertKeys + activations.flatMap(\.inertKeys)
        return (loaded.issues + document.unresolved + activations.flatMap(\.issues) + inert).tidied
    }

    static let goodWorkspace = """
        hookline: 1
        sources:
          shop: { type: csv, path: data/users.csv }
        destinations:
          newsletter:
            type: mailchimp
            api_key: ${env:MAILCHIMP_API_KEY}
            audience: a1b2c3d4e5

        """

    static let goodActivation = """
        hookline: 1
        name: vip-customers
        source: shop
        segment: { name: VIP customers }
        destination: newsletter
        mapping: { email: email }

        """
}
