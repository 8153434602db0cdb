/// The Lua side of a package, as read from its folder. The scripts' host touches no files.
package struct ScriptPackage: Equatable, Sendable {
    /// A file of the package.
    package struct File: Equatable, Sendable {
        /// Relative to the package's folder, with `/`: `lib/names.lua`.
        package var path: String
        package var text: [UInt8]
        /// Where the text was read, if it is a file that replaces one of the package's lookups.
        package var origin: String?

        package init(path: String, text: [UInt8], origin: String? = nil) {
            self.path = path
            self.text = text
            self.origin = origin
        }

        package init(path: String, text: String) {
            self.init(path: path, text: Array(text.utf8))
        }

        /// Its name for `require`, such as `lib.names`.
        package var module: String {
            let stem = path.hasSuffix(".lua") ? path.dropLast(4) : path[...]
            return String(stem.map { $0 == "/" ? "." : $0 })
        }
    }

    /// The package's name, for messages.
    package var name: String
    /// The paths of the scripts with hooks, in order.
    package var scripts: [String]
    /// Every Lua file of the package, including the scripts.
    package var files: [File]
    /// The files of `lookups/`, by their names there.
    package var lookups: [File]

    package init(name: String, scripts: [String], files: [File], lookups: [File] = []) {
        self.name = name
        self.scripts = scripts
        self.files = files
        self.lookups = lookups
    }

    /// Where a line has a name as a word of its own, from 0; otherwise, where it has the text; nil when it has neither.
    static func location(of name: Substring, in line: String) -> Int? {
        (word(name, in: line) ?? line.firstRange(of: name)).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
    }

    /// Whether a line has a name as a word of its own.
    static func hasWord(_ name: String, _ line: String) -> Bool { word(name[...], in: line) != nil }

    private static func word(_ name: Substring, in line: String) -> Range<String.Index>? {
        func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
        return line.ranges(of: name).first { location in
            let before = location.lowerBound == line.startIndex ? " " : line[line.index(before: location.lowerBound)]
            let after = location.upperBound == line.endIndex ? " " : line[location.upperBound]
            return !isPart(before) && !isPart(after)
        }
    }

    /// A line of a file, from 1; nil when there is none.
    func line(_ number: Int, of path: String) -> String? {
        guard let file = files.first(where: { $0.path == path }) else { return nil }
        let lines = file.text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count else { return nil }
        var text = lines[number - 1]
        if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
        return String(decoding: text, as: UTF8.self)
    }
}
