import HooklineCore

/// Reads one entry of `destinations:`.
struct DestinationReader {
    let resolver: ReferenceResolver
    let findings: Findings

    func read(_ entry: Tree.Entry) -> WorkspaceDocument.Shared<Destination> {
        var shared = WorkspaceDocument.Shared<Destination>(value: nil, position: entry.keyPosition)
        let tree = entry.value
        guard let credential = credential(tree, &shared), tree["audience"]?.text != nil else { return shared }
        let audience = resolver.text(tree["audience"], &shared) ?? ""
        if !shared.isIncomplete, let problem = Self.problem(ofAudience: audience) {
            findings.report(
                .wrongValue,
                "\(problem); to list the IDs: put any, such as x, in its place for a moment, and run 'hookline audiences \(entry.key)'",
                at: tree["audience"]?.position)
        }
        let baseURL = resolver.text(tree["base_url"], &shared)
        if let baseURL, !shared.isIncomplete { lookAt(baseURL, tree["base_url"]) }
        var destination = Destination(name: entry.key, credential: credential, baseURL: baseURL, audience: audience)
        if let connections = tree["connections"]?.text.flatMap({ Int($0) }) { destination.connections = connections }
        if let defaults = tree["defaults"] {
            destination.defaults = Destination.Defaults(
                email: defaults["email"]?.text, schedule: ScheduleReader.schedule(defaults), timezone: defaults["timezone"]?.text,
                consent: defaults["consent"].flatMap {
                    ConditionReader(findings: findings, parameters: ResolvedParameters(), alone: "'consent'").read($0)
                },
                safeguards: defaults["safeguards"].map(SafeguardsReader.safeguards))
        }
        shared.value = destination
        return shared
    }

    /// What is wrong with the text of an audience's ID, which Mailchimp makes of letters and digits.
    private static func problem(ofAudience text: String) -> String? {
        let isPlain = { (text: String) in !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
        if isPlain(text) { return nil }
        let trimmed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if isPlain(trimmed) { return "'audience' has white space before or behind the ID: write '\(trimmed)'" }
        let looks = text.contains(where: \.isWhitespace) ? "white space in it" : "characters in it that no ID has"
        return
            "'audience' has \(looks): it takes the ID of an audience, not its name; an ID has letters and digits only, like a1b2c3d4e5"
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
}
