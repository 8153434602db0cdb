import Foundation

/// A page of docs/ as what a reader does with it, in order.
///
/// Every fenced block of the page takes part, by its language:
/// - `sh`: lines that a reader types. A comment `# exit code 3` says how the line ends; without one it ends with 0. A paragraph with the words
///   "second terminal" before the block leaves its command running.
/// - `text`: what the block of commands before it printed. A line `…` stands for any lines, `…` in a line for any characters.
/// - `yaml`, `lua`, `csv`: a file, whose path is the last code span of the paragraph before, which ends in a colon. The words "at the end of"
///   right before the path add to the file.
/// - `diff`: an edit of that file.
///
/// `<!-- not run: REASON -->` before a block leaves it out.
struct GuidePage {
    /// A line that a reader types.
    struct Command {
        let line: Int
        let text: String
        let status: Int32
    }

    enum Step {
        case commands([Command])
        case background(Command)
        case output([String])
        case write(path: String, text: String, appends: Bool)
        case edit(path: String, before: String, after: String)
    }

    /// Steps with the page's line on which each begins.
    let steps: [(line: Int, step: Step)]

    /// - Throws: `GuideMistake` for a block that is neither walked nor left out.
    init(_ text: String) throws {
        var steps: [(line: Int, step: Step)] = []
        var paragraph: [String] = []
        var block: Block?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if let open = block {
                guard line == "```" else {
                    block?.lines.append(line)
                    continue
                }
                if !open.isLeftOut { steps.append((open.line, try open.step)) }
                (block, paragraph) = (nil, [])
            } else if line.hasPrefix("```") {
                block = Block(line: index + 1, language: String(line.dropFirst(3)), paragraph: paragraph.joined(separator: " "))
            } else if line.contains("```") {
                throw GuideMistake(index + 1, "a block begins at the start of its line")
            } else if !line.isEmpty {
                // A block stands right below its paragraph, or below an empty line.
                paragraph.append(line)
            } else if index + 1 < text.components(separatedBy: "\n").count, !Self.isFence(text, after: index) {
                paragraph = []
            }
        }
        if let block { throw GuideMistake(block.line, "the block has no end") }
        self.steps = steps
    }

    private static func isFence(_ text: String, after index: Int) -> Bool {
        text.components(separatedBy: "\n")[index + 1].hasPrefix("```")
    }
}

/// A fenced block and the paragraph before it.
private struct Block {
    let line: Int
    let language: String
    let paragraph: String
    var lines: [String] = []

    var isLeftOut: Bool { paragraph.hasSuffix("-->") && paragraph.contains("<!-- not run: ") }

    var step: GuidePage.Step {
        get throws {
            switch language {
            case "sh": try commands
            case "text": .output(lines)
            case "yaml", "lua", "csv": .write(path: try path, text: lines.joined(separator: "\n") + "\n", appends: try appends)
            case "diff": try edit
            default: throw GuideMistake(line, "a block of '\(language)' cannot be walked; leave it out with <!-- not run: REASON -->")
            }
        }
    }

    private var commands: GuidePage.Step {
        get throws {
            let commands = lines.enumerated().filter { !$1.isEmpty && !$1.hasPrefix("#") }.map { index, text in
                let status = text.firstMatch(of: /#.*exit code ([0-9]+)/).flatMap { Int32($0.1) }
                return GuidePage.Command(line: line + 1 + index, text: text, status: status ?? 0)
            }
            guard paragraph.contains("second terminal") else { return .commands(commands) }
            guard commands.count == 1 else { throw GuideMistake(line, "one command runs in the second terminal") }
            return .background(commands[0])
        }
    }

    private var path: String {
        get throws {
            guard let match = paragraph.firstMatch(of: /`([^` ]+)`[^`]*:$/) else {
                throw GuideMistake(line, "the paragraph before the block does not end with the path of its file and a colon")
            }
            return String(match.1)
        }
    }

    private var appends: Bool {
        get throws { paragraph.hasSuffix("at the end of `\(try path)`:") }
    }

    private var edit: GuidePage.Step {
        get throws {
            func side(_ sign: Character) throws -> String {
                try lines.compactMap { line -> String? in
                    guard let first = line.first, "+- ".contains(first) else {
                        throw GuideMistake(self.line, "a line of a diff begins with +, - or a space")
                    }
                    return first == " " || first == sign ? String(line.dropFirst()) : nil
                }.joined(separator: "\n")
            }
            return .edit(path: try path, before: try side("-"), after: try side("+"))
        }
    }
}
