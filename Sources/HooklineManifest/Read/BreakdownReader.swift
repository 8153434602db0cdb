import HooklineCore

/// Reads `breakdown:`.
enum BreakdownReader {
    static func breakdown(_ tree: Tree?) -> Breakdown {
        var breakdown = Breakdown()
        if let delete = tree?["delete_empty"]?.boolean { breakdown.deleteEmpty = delete }
        if let count = tree?["max_segments"]?.text.flatMap({ Int($0) }) { breakdown.maxSegments = count }
        return breakdown
    }
}
