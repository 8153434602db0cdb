import HooklineCore

/// The segments of the workspace that rules may name, so that a row must be in one, or must not.
struct NamedSegments {
    /// How many times rules may name segments, those in the named ones included: otherwise, a few lines could become millions of rules.
    private static let mostNames = 500

    let document: WorkspaceDocument
    /// The model of the rules that name them; nil for one that the workspace does not have.
    let model: Tree?
    /// The segments that are being read, each named by the one before it.
    var path: [String] = []
    /// Whether only the names are looked at, and not the rules behind them.
    var isShallow = false
    private let names = Counter()

    private final class Counter {
        var count = 0
    }

    init(_ document: WorkspaceDocument, model: Tree?, path: [String] = [], isShallow: Bool = false) {
        self.document = document
        self.model = model
        self.path = path
        self.isShallow = isShallow
    }

    /// Whether a row is in a segment; nil if something is wrong, which the findings then say.
    func rule(_ name: String, at position: SourcePosition, _ reader: ConditionReader, _ depth: Int) -> Condition? {
        func refuse(_ code: ManifestIssueCode, _ message: String) -> Condition? {
            reader.findings.report(code, message, at: position)
            return nil
        }
        guard let shared = document.segments[name] else {
            return refuse(.unknownSegment, WorkspaceDocument.unknown("segment", name, among: document.segments.keys.sorted()))
        }
        if let start = path.firstIndex(of: name) ?? (isShallow ? circle(to: name).map { _ in 0 } : nil) {
            let circle = isShallow ? path + (self.circle(to: name) ?? []) : path[start...] + [name]
            return refuse(
                .conflictingKeys, "segments lead in a circle: \(circle.map(quoted).joined(separator: ", ")); take one of them out")
        }
        guard let ours = model?.text else {
            return refuse(
                .conflictingKeys,
                "rules can name a segment only if both have one model of the workspace: give the model of these rules a name under models:")
        }
        guard let theirs = shared.tree["model"]?.text, theirs == ours else {
            let whose = shared.tree["model"]?.text.map { "the model \(quoted($0))" } ?? "a model of its own"
            return refuse(
                .conflictingKeys,
                "the segment \(quoted(name)) has \(whose), and these rules have the model \(quoted(ours)): rules can name a segment only if both have one model"
            )
        }
        if isShallow { return .all([]) }
        guard shared.isUsable else {
            return refuse(.conflictingKeys, "the segment \(quoted(name)) cannot be used: its own lines say what is wrong")
        }
        names.count += 1
        if names.count > Self.mostNames {
            // Once is enough.
            return names.count == Self.mostNames + 1
                ? refuse(
                    .tooDeep, "rules name segments more than \(Self.mostNames) times, with those in the named ones, which is the limit")
                : nil
        }
        var inner = reader
        inner.segments?.path.append(name)
        let segment = SegmentRuleReader(reader: inner, primaryKey: document.primaryKey(of: model))
        return segment.read(shared.tree, name: name, depth: depth + 1).map(Condition.segment)
    }

    /// How names lead from a segment to the one that is being read; nil if they do not.
    private func circle(to name: String) -> [String]? {
        guard let target = path.last else { return nil }
        var seen: Set<String> = []
        func way(_ from: String) -> [String]? {
            if from == target { return [from] }
            guard seen.insert(from).inserted, let rules = document.segments[from]?.tree["where"] else { return nil }
            for next in Self.names(in: rules) { if let rest = way(next) { return [from] + rest } }
            return nil
        }
        return way(name)
    }

    /// The segments that rules name.
    private static func names(in rules: Tree) -> [String] {
        if let name = rules["segment"]?.text { return [name] }
        return ConditionShape.groups.flatMap { group in
            guard let parts = rules[group] else { return [] as [String] }
            return parts.items?.flatMap(names) ?? names(in: parts)
        }
    }
}
