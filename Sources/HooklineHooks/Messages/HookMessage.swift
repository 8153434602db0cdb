import HooklineCore
import Lua
import Text

/// Turns a Lua failure into what a script's author reads: package, hook, location, row, and the line with a mark.
struct HookMessage {
    let package: ScriptPackage
    /// The hook that was called; nil while scripts load.
    var hook: String?
    /// The row as people know it: its number, and its primary key if it has one.
    var row: String?
    /// The columns of the row's batch; none outside a batch.
    var columns: [Column] = []

    /// The error with its whole message.
    func error(_ error: LuaError) -> HookError {
        let location = error.file.map(Redaction.onOneLine).map { file in error.line.map { "\(file):\($0)" } ?? file }
        let text = Redaction.redacted(error.message) + origin(of: error) + advice(on: error)
        let excerpt = excerpt(error, text)
        let headline = [opening(error, at: location), row].compactMap { $0 }.joined(separator: ", ")
        let message = excerpt.map { "\(headline)\n\($0)" } ?? "\(headline): \(text)"
        var found = HookError(code(error), message, file: error.file, line: error.line)
        found.text = (hook.map { "\($0) failed: " } ?? "") + text
        found.isOfLoading = hook == nil
        return found
    }

    /// An error that the host itself found in a file.
    ///
    /// - Parameters:
    ///   - code: its code.
    ///   - text: what is wrong.
    ///   - file: the script.
    ///   - entry: the entry of the script's table that it is about; nil for the file as a whole.
    /// - Returns: the error, with the line where the entry is set, or where the script returns.
    func error(_ code: HookError.Code, _ text: String, file: String? = nil, entry: String? = nil) -> HookError {
        let line = file.flatMap { file in
            entry.map { package.line(ofEntry: $0, in: file) } ?? package.lineOfReturn(in: file)
        }
        let location = file.map { file in " \(file)\(line.map { ":\($0)" } ?? ""):" } ?? ""
        var found = HookError(code, "\(package.name):\(location) \(text)", file: file, line: line)
        found.text = text
        found.isOfLoading = hook == nil
        return found
    }

    /// Names the file that replaces the lookup in the message, if one does.
    private func origin(of error: LuaError) -> String {
        let named = package.lookups.first { $0.origin != nil && error.message.contains("lookups/\($0.path)") }
        return named.map { "; \(Redaction.onOneLine($0.origin ?? "")) stands for lookups/\($0.path)" } ?? ""
    }

    private func advice(on error: LuaError) -> String {
        if error.code == .syntax { return Self.advice(onSyntax: error.message) }
        if error.code == .runtime, row != nil, Self.comparisons.contains(where: error.message.contains) { return adviceOnComparing(error) }
        let isAboutNil = error.code == .runtime && (error.message.contains("with nil") || error.message.contains("a nil value"))
        return isAboutNil && row != nil ? "; a NULL field and a row that a lookup lacks are nil, so check them first" : ""
    }

    private static let comparisons = ["compare number with string", "compare string with number"]

    /// Names the fields on the line that scripts see as text.
    private func adviceOnComparing(_ error: LuaError) -> String {
        let line = error.file.flatMap { file in error.line.flatMap { package.line($0, of: file) } } ?? ""
        let found = columns.filter { [.text, .decimal].contains($0.type) && ScriptPackage.hasWord($0.name, line) }
        guard let first = found.first else {
            return "; a field that holds numbers needs a type under `columns:`, such as { total: number }"
        }
        let names = found.map { "'\($0.name)'" }.joined(separator: " and ")
        return "; \(names) \(found.count == 1 ? "is" : "are") text here: for numbers, add columns: { \(first.name): number } to the source"
    }

    /// Advice for people who come from other languages; empty when there is none.
    static func advice(onSyntax message: String) -> String {
        if message.contains("invalid escape sequence") {
            return "; in a pattern write % before a mark, such as '%.' for a dot and '%d' for a digit, and '\\\\' for a backslash in a text"
        }
        if message.contains("near '!'") { return "; in Lua, 'not equal' is ~= and negation is 'not'" }
        if message.hasSuffix("near '='") { return "; == compares, = assigns" }
        if message.contains("near '+'") || message.contains("near '-'") { return "; Lua has no += or ++; write n = n + 1" }
        return ""
    }

    private func opening(_ error: LuaError, at location: String?) -> String {
        let what = error.code == .syntax ? "the script does not compile" : hook.map { "\($0) failed" } ?? "loading the script failed"
        return "\(package.name): \(what)" + (location.map { " at \($0)" } ?? "")
    }

    /// The line that failed, with the text below it; nil when the line is unknown.
    private func excerpt(_ error: LuaError, _ text: String) -> String? {
        guard let file = error.file, let number = error.line, let line = package.line(number, of: file) else { return nil }
        let shown = Redaction.onOneLine(String(line.prefix(120))).replacing("\t", with: "    ")
        let margin = String(repeating: " ", count: String(number).count)
        let indent = String(repeating: " ", count: column(of: text, in: shown))
        return "  \(number) │ \(shown)\n  \(margin) │ \(indent)^ \(text)"
    }

    /// Where the line has the first name that the message quotes; otherwise, where its text begins.
    private func column(of message: String, in line: String) -> Int {
        let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        let start = line.prefix { $0 == " " }.count
        guard parts.count == 3, !parts[1].isEmpty else { return start }
        return ScriptPackage.location(of: parts[1], in: line) ?? start
    }

    private func code(_ error: LuaError) -> HookError.Code {
        switch error.code {
        case .syntax: .syntax
        case .runtime: hook == "setup" ? .setup : .runtime
        case .contract: hook == nil ? .shape : .badReturn
        case .encoding: .badText
        case .instructions: .instructions
        case .patternSteps: .patternSteps
        case .processorTime: .processorTime
        case .memory: .memory
        case .crashed: .crashed
        case .noWorker: .noWorker
        case .interrupted, .misuse: .fault
        }
    }
}
