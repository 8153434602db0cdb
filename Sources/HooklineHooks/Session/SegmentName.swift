import HooklineCore
import Lua

/// What a `name` hook returned, which must be what a segment may be called.
struct SegmentName {
    let package: ScriptPackage
    let file: String

    /// The name without the white space at its ends.
    ///
    /// - Throws: `HookError` when the value is not a text, or not one that ``SegmentNameRule`` allows.
    func checked(_ value: LuaValue) throws(HookError) -> String {
        switch value {
        case .string(let text):
            let name = SegmentNameRule.trimmed(text)
            if let problem = SegmentNameRule.problem(with: name) {
                throw error(.badName, "the name that the hook returned \(problem.message)")
            }
            return name
        case .bytes: throw error(.badText, "name returns text that is not UTF-8")
        case .none: throw error(.badReturn, "name must return a string; it returned nil: is there a path without a return?")
        default: throw error(.badReturn, "name must return a string; it returned a \(value.typeName)")
        }
    }

    private func error(_ code: HookError.Code, _ text: String) -> HookError {
        HookMessage(package: package).error(code, text, file: file, entry: "name")
    }
}
