import HooklineCore

/// Reads `ask_again:`.
enum AskAgainReader {
    static func policy(_ tree: Tree?) -> AskAgainPolicy {
        var policy = AskAgainPolicy()
        if let seconds = tree?["look_back"]?.text.flatMap(Measure.seconds) { policy.lookBack = seconds }
        if let seconds = tree?["everybody"]?.text.flatMap(Measure.seconds) { policy.everybodyEvery = seconds }
        return policy
    }
}
