import Foundation

/// The manual page, made of what the commands say of themselves.
struct ManualPage {
    /// The description of a command that the argument parser gives for tools.
    private struct Tool: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let subcommands: [Command]?
        let arguments: [Argument]?
    }

    private struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            var written: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: String
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool?
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?
    }

    private let tool: Command
    private let version: String
    private let date: Date

    /// - Parameters:
    ///   - description: JSON, as `--experimental-dump-help` prints it.
    ///   - version: the program's.
    ///   - date: the page's, of which it shows the day in UTC.
    /// - Throws: `DecodingError` for JSON of another shape.
    init(_ description: String, version: String, date: Date) throws {
        tool = try JSONDecoder().decode(Tool.self, from: Data(description.utf8)).command
        self.version = version
        self.date = date
    }

    /// In roff, with the macros of man(7).
    var text: String {
        let commands = (tool.subcommands ?? []).filter { $0.commandName != "help" }
        var lines = [
            ".TH HOOKLINE 1 \"\(date.formatted(.iso8601.year().month().day()))\" \"Hookline \(version)\"", ".SH NAME",
            "hookline \\- \(Self.text(tool.abstract ?? ""))",
        ]
        lines += [".SH SYNOPSIS", ".B hookline", "\\fICOMMAND\\fR [\\fIARGUMENTS\\fR] [\\fIFLAGS\\fR]"]
        lines += [".SH DESCRIPTION"] + Self.paragraphs(tool.discussion)
        if let first = commands.first {
            lines.append(".SH FLAGS OF EVERY COMMAND")
            lines += (first.arguments ?? []).filter(Self.isShared).flatMap(Self.entry)
        }
        lines.append(".SH COMMANDS")
        for command in commands { lines += section(command, below: "hookline") }
        lines += [".SH SEE ALSO", "The documentation that comes with Hookline, and \\fBhookline \\fICOMMAND\\fB --help\\fR."]
        return lines.joined(separator: "\n")
    }

    private func section(_ command: Command, below parent: String) -> [String] {
        let name = "\(parent) \(command.commandName)"
        let own = (command.arguments ?? []).filter { !Self.isShared($0) && $0.shouldDisplay != false }
        let positionals = own.filter { $0.kind == "positional" }.map { argument in
            let value = Self.text((argument.valueName ?? "value").uppercased())
            let whole = "\\fI\(value)\\fR" + (argument.isRepeating ? "..." : "")
            return argument.isOptional ? "[\(whole)]" : whole
        }
        var lines = [".SS \"\(Self.text(([name] + positionals).joined(separator: " "), keepsFonts: true))\""]
        lines += Self.paragraphs(command.abstract)
        lines += own.flatMap(Self.entry)
        lines += Self.paragraphs(command.discussion)
        for below in (command.subcommands ?? []) where below.commandName != "help" { lines += section(below, below: name) }
        return lines
    }

    private static func isShared(_ argument: Argument) -> Bool {
        let names = Set((argument.names ?? []).map(\.name))
        return !names.isDisjoint(with: ["directory", "json", "quiet", "verbose", "no-color", "help", "version"])
    }

    private static func entry(_ argument: Argument) -> [String] {
        let value = argument.kind == "flag" ? "" : "\\fI\(text((argument.valueName ?? "value").uppercased()))\\fR"
        let names = (argument.names ?? []).map { "\\fB\(text($0.written))\\fR" }.joined(separator: ", ")
        let head = [names, value].filter { !$0.isEmpty }.joined(separator: " ")
        let standard = argument.kind == "flag" ? "" : argument.defaultValue.map { " (default: \($0))" } ?? ""
        return [".TP", head, text((argument.abstract ?? "") + standard)]
    }

    /// Lines that begin with a space, such as examples, stay as they are.
    private static func paragraphs(_ words: String?) -> [String] {
        guard let words, !words.isEmpty else { return [] }
        var lines = [".PP"]
        var isExample = false
        for line in words.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("  ") != isExample {
                isExample.toggle()
                lines.append(isExample ? ".nf" : ".fi")
            }
            lines.append(line.isEmpty ? ".PP" : text(String(line)))
        }
        return isExample ? lines + [".fi"] : lines
    }

    /// Text without anything that roff obeys.
    private static func text(_ words: String, keepsFonts: Bool = false) -> String {
        let plain = (keepsFonts ? words : words.replacing("\\", with: "\\e")).replacing("-", with: "\\-").replacing("\n", with: " ")
        let quoted = keepsFonts ? plain.replacing("\"", with: "\\(dq") : plain
        let escaped = ascii(quoted)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    /// Characters outside ASCII by their names, whatever encoding and device roff works with.
    private static func ascii(_ words: String) -> String {
        words.replacing("…", with: "...").unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return scalar.isASCII ? String(scalar) : "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }.joined()
    }
}
