import HooklineCore
import Yams

/// Yams' error about a text that is not YAML, with a hint for common slips.
struct YAMLMistake {
    private var code = ManifestIssueCode.syntax
    private var message = "this is not YAML"
    private var line = 1
    private var column = 1

    init(_ error: any Error, in source: SourceText) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _), YamlError.parser(let context, let problem, let mark, _):
            (line, column) = (mark.line, mark.column)
            guard !problem.hasPrefix("Maximum nesting") else {
                code = .tooDeep
                message = "values nest more than \(TreeBuilder.depthLimit) levels deep here, which is the limit"
                return
            }
            message = "this is not YAML: \(problem)"
            if let context {
                message += " \(context.text)"
                if context.mark.line != mark.line { message += " that starts in line \(context.mark.line)" }
            }
            message += Self.hint(context, problem, mark, source)
        case YamlError.composer(_, let problem, let mark, _):
            code = .unsupportedYAML
            (line, column) = (mark.line, mark.column)
            message = "\(problem); put a text that begins with * in quotes"
        case YamlError.reader(let problem, _, _, _):
            message = "this is not YAML: \(problem)"
        default: break
        }
    }

    func report(in file: String, to findings: Findings) {
        findings.report(code, message, at: SourcePosition(file: file, line: line, column: column))
    }

    private static func hint(_ context: YamlError.Context?, _ problem: String, _ mark: Mark, _ source: SourceText) -> String {
        let words = (context?.text ?? "") + problem
        if source.scalar(line: mark.line, column: mark.column) == "\t" { return "; indent with spaces, never with tabs" }
        if words.contains("unknown escape") {
            return "; a backslash stands for itself in single quotes ('\\.'), and is doubled in double quotes (\"\\\\.\")"
        }
        if words.contains("alias") || words.contains("anchor") { return "; put a text that begins with * or & in quotes" }
        if words.contains("flow"),
            source.line(mark.line).contains("${") || context.map({ source.line($0.mark.line).contains("${") }) == true
        {
            return "; inside { } and [ ], put a text with ${…} in quotes"
        }
        if words.contains("block scalar") || source.scalar(line: mark.line, column: mark.column) == ">" {
            return "; put an operator such as '>=' in quotes"
        }
        if words.contains("tag") { return "; put a text that begins with !, such as '!=', in quotes" }
        if words.contains("mapping values are not allowed") { return "; put a text that contains ': ' in quotes" }
        if words.contains("cannot start any token") { return "; put a text that begins with %, @ or ` in quotes" }
        return ""
    }
}
