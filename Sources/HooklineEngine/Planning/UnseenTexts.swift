import HooklineCore
import Text

/// What to say of texts that rules look for and that no row has: a slip in an exclusion lets everybody in.
package enum UnseenTexts {
    /// So many texts of one field are shown; of the others, how many there are.
    private static let limit = 20

    /// A warning for each field; none when there was no row to have a text.
    package static func warnings(_ unseen: [RuleEvaluator.Unseen], rows: Int) -> [RunWarning] {
        if rows == 0 { return [] }
        let fields = unseen.map(\.field)
        return fields.indices.filter { fields.firstIndex(of: fields[$0]) == $0 }.map { index in
            warning(fields[index], unseen.filter { $0.field == fields[index] })
        }
    }

    private static func warning(_ field: String, _ unseen: [RuleEvaluator.Unseen]) -> RunWarning {
        let texts = unseen.map(\.text)
        let shown = texts.prefix(limit).map(quoted).joined(separator: ", ")
        let more = texts.count > limit ? " and \(NumberText.grouped(texts.count - limit)) more" : ""
        let place = unseen[0].position.map { " (\($0.file):\($0.line))" } ?? ""
        return RunWarning(
            "rules.value_not_seen",
            "the rules look for \(shown)\(more) in the column '\(field)'\(place), and no row has \(texts.count == 1 ? "it" : "them"): is the spelling the source's?"
        )
    }

    /// No message holds an address, not even one that a manifest has.
    private static func quoted(_ text: String) -> String {
        text.contains("@") ? "an address" : "'\(text.prefix(60).description.onOneLine)'"
    }
}
