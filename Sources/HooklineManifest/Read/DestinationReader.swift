import HooklineCore

/// Reads one entry of `destinations:`.
struct DestinationReader {
    let resolver: ReferenceResolver
    let findings: Findings

    func read(_ entry: Tree.Entry) -> WorkspaceDocument.Shared<Destination> {
        var shared = WorkspaceDocument.Shared<Destination>(value: nil, position: entry.keyPosition)
        let tree = entry.value
        guard let credential = credential(tree, &shared), tree["audience"]?.text != nil else { return shared }
        let audience = text(tree["audience"], &shared) ?? ""
        if audience.contains(where: \.isWhitespace) {
            findings.report(
                .wrongValue,
                "'audience' has white space in it; the ID of an audience is one word, as Mailchimp shows it in the audience's settings",
                at: tree["audience"]?.position)
        }
        let baseURL = text(tree["base_url"], &shared)
        if let baseURL, !shared.isIncomplete { lookAt(baseURL, tree["base_url"]) }
        var destination = Destination(name: entry.key, credential: credential, baseURL: baseURL, audience: audience)
        if let connections = tree["connections"]?.text.flatMap({ Int($0) }) { destination.connections = connections }
        if let defaults = tree["defaults"] {
            destination.defaults = Destination.Defaults(
                email: defaults["email"]?.text, schedule: ScheduleReader.schedule(defaults), timezone: defaults["timezone"]?.text,
                safeguards: defaults["safeguards"].map(SafeguardsReader.safeguards))
        }
        shared.value = destination
        return shared
    }

    /// A proxy may put the API anywhere, so another ending is only unlikely.
    private func lookAt(_ baseURL: String, _ written: Tree?) {
        guard baseURL.hasPrefix("http"), baseURL.split(separator: "/").last != "3.0" else { return }
        findings.report(
            .baseURL,
            "'base_url' ends in no /3.0, below which Mailchimp and the simulator answer; unless a proxy adds it, put /3.0 behind the address",
            at: written?.position, severity: .warning)
    }

    private func credential(_ tree: Tree, _ shared: inout WorkspaceDocument.Shared<Destination>) -> Destination.Credential? {
        guard let written = tree["api_key"] ?? tree["access_token"], let secret = resolver.secret(written) else { return nil }
        shared.unresolved += resolver.missing(secret, at: written.position)
        return tree["api_key"] == nil ? .accessToken(secret) : .apiKey(secret)
    }

    private func text(_ tree: Tree?, _ shared: inout WorkspaceDocument.Shared<Destination>) -> String? {
        guard let tree, tree.text != nil else { return nil }
        let resolved = resolver.resolved(tree)
        shared.unresolved += resolved.unresolved
        if !resolved.unresolved.isEmpty { shared.isIncomplete = true }
        return resolved.text
    }
}
