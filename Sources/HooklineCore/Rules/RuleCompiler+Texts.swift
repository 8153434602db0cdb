import Text

/// Compiles tests of parts of texts and of list items.
extension RuleCompiler {
    mutating func textTest(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard column.type == .text else {
            return misfit(
                test, column, column.type == .list ? "text columns; for lists, use has, has_any, or has_all" : "text columns")
        }
        guard let values = singles(test, column, "text", { $0.text }) else { return .unknown }
        let text = values.read[0]
        let part = test.ignoresCase ? CaseFolding.folded(text) : Array(text.utf8)
        switch test.operation {
        case .contains: return .part(.contains, part, ignoresCase: test.ignoresCase)
        case .startsWith: return .part(.startsWith, part, ignoresCase: test.ignoresCase)
        case .endsWith: return .part(.endsWith, part, ignoresCase: test.ignoresCase)
        default:
            do {
                let pattern = try Regex(text)
                return .matches(test.ignoresCase ? pattern.ignoresCase() : pattern)
            } catch {
                issues.append(
                    Issue(
                        "manifest.bad_pattern",
                        "'matches' takes a regular expression, and '\(String(text.prefix(60)).onOneLine)\(text.count > 60 ? "…" : "")' is not one: \("\(error)".onOneLine)",
                        at: test.valuePosition))
                return .unknown
            }
        }
    }

    mutating func listTest(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard column.type == .list else { return misfit(test, column, "list columns") }
        guard let values = singles(test, column, "text", { ListText.escaped($0.text.utf8) }) else { return .unknown }
        return .list(values.read, all: test.operation == .hasAll)
    }
}
