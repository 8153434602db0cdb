import HooklineCore
import HooklineManifest
import Testing

/// A mistake in a file, and what is reported about it: no more and no less.
struct Mistake: Sendable, CustomTestStringConvertible {
    static let activationFile = "activations/vip-customers/activation.yaml"

    let what: String
    let findings: [Finding]
    let memory: MemoryFiles

    var testDescription: String { what }

    /// A mistake in `hookline.yaml`.
    static func workspace(
        _ what: String, _ text: String, _ findings: Finding..., prepare: (inout MemoryFiles) -> Void = { _ in }
    ) -> Mistake {
        var memory = MemoryFiles(workspace: text)
        // The package would only repeat what is wrong here.
        memory.texts["/w/activations/vip-customers/activation.yaml"] = nil
        prepare(&memory)
        return Mistake(what: what, findings: findings.map { $0.placed(in: "hookline.yaml") }, memory: memory)
    }

    /// A mistake in `activation.yaml`: a part of the good one, replaced.
    static func activation(
        _ what: String, _ part: String, _ replacement: String, _ findings: Finding..., workspace: String = MemoryFiles.goodWorkspace,
        prepare: (inout MemoryFiles) -> Void = { _ in }
    ) -> Mistake {
        var memory = MemoryFiles(workspace: workspace, activation: MemoryFiles.goodActivation.replacing(part, with: replacement))
        prepare(&memory)
        return Mistake(what: what, findings: findings.map { $0.placed(in: activationFile) }, memory: memory)
    }
}

/// What one reported issue must be.
struct Finding: Sendable {
    /// `line:column`, or `!file:line:column` for another file than the mistake's.
    let position: String
    let code: ManifestIssueCode
    /// What the message quotes: the key, what was found, the nearest name.
    let quotes: [String]
    let isWarning: Bool

    init(_ position: String, _ code: ManifestIssueCode, _ quotes: String..., isWarning: Bool = false) {
        self.init(position, code, quotes: quotes, isWarning: isWarning)
    }

    private init(_ position: String, _ code: ManifestIssueCode, quotes: [String], isWarning: Bool) {
        self.position = position
        self.code = code
        self.quotes = quotes
        self.isWarning = isWarning
    }

    func placed(in file: String) -> Finding {
        let place = position.first == "!" ? String(position.dropFirst()) : "\(file):\(position)"
        return Finding(place, code, quotes: quotes, isWarning: isWarning)
    }

    /// The issue without its words.
    var summary: String { "\(position) \(isWarning ? "warning " : "")\(code.rawValue)" }
}

extension HooklineCore.Issue {
    /// The issue without its words, as ``Finding/summary``.
    var summary: String {
        let place = position.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
        return "\(place) \(severity == .warning ? "warning " : "")\(code)"
    }
}
