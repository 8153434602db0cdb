import HooklineCore

/// Reads `safeguards:`.
enum SafeguardsReader {
    static func safeguards(_ tree: Tree) -> Safeguards {
        Safeguards(
            maxRemoved: tree["max_removed"]?.text.flatMap(Measure.limit), maxAdded: tree["max_added"]?.text.flatMap(Measure.limit),
            minSize: tree["min_size"]?.text.flatMap { Int($0) }, allowEmptySource: tree["allow_empty_source"]?.boolean,
            onScriptError: tree["on_script_error"]?.text.flatMap(Safeguards.ScriptErrorPolicy.init),
            maxScriptErrors: tree["max_script_errors"]?.text.flatMap { Int($0) },
            maxShrunk: tree["max_shrunk"]?.text.flatMap(Measure.limit))
    }
}
