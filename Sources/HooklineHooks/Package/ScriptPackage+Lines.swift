extension ScriptPackage {
    /// The line, from 1, where a script's table gets an entry: the last `name =`, `["name"] =` or `function ….name(`; otherwise the last
    /// line that has the name; nil when no line has it.
    func line(ofEntry name: String, in path: String) -> Int? {
        let lines = numberedLines(of: path)
        let setting = lines.last { Self.sets(name, $0.text) }
        return (setting ?? lines.last { $0.text.contains(name) })?.number
    }

    /// The line, from 1, of the `return` that ends a script; the last line with code where there is none.
    func lineOfReturn(in path: String) -> Int? {
        let lines = numberedLines(of: path).filter { !$0.text.allSatisfy(\.isWhitespace) }
        let returning = lines.last { line in
            // What is indented returns from a function.
            line.text.hasPrefix("return") && line.text.dropFirst(6).first.map { !($0.isLetter || $0.isNumber || $0 == "_") } ?? true
        }
        return (returning ?? lines.last)?.number
    }

    private func numberedLines(of path: String) -> [(number: Int, text: String)] {
        guard let file = files.first(where: { $0.path == path }) else { return [] }
        return String(decoding: file.text, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .map { ($0.offset + 1, String($0.element)) }
    }

    private static func sets(_ name: String, _ line: String) -> Bool {
        line.ranges(of: name).contains { place in
            let isWhole =
                place.lowerBound == line.startIndex
                || !{ $0.isLetter || $0.isNumber || $0 == "_" }(line[line.index(before: place.lowerBound)])
            let rest = line[place.upperBound...].drop { $0.isWhitespace || $0 == "\"" || $0 == "'" || $0 == "]" }
            let isDefinition = rest.first == "(" && line.contains("function")
            return isWhole && (rest.first == "=" && rest.dropFirst().first != "=" || isDefinition)
        }
    }
}
