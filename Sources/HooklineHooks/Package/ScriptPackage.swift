/// The Lua side of a package, as read from its folder: the host of the scripts touches no file.
package struct ScriptPackage: Equatable, Sendable {
    /// A file of the package.
    package struct File: Equatable, Sendable {
        /// Relative to the package's folder, with `/`: `lib/names.lua`.
        package var path: String
        package var text: [UInt8]
        /// Where the text was read, when it is not the package's own: what stands for one of its lookups.
        package var origin: String?

        package init(path: String, text: [UInt8], origin: String? = nil) {
            self.path = path
            self.text = text
            self.origin = origin
        }

        package init(path: String, text: String) {
            self.init(path: path, text: Array(text.utf8))
        }

        /// What `require` calls it: `lib.names`.
        package var module: String {
            let stem = path.hasSuffix(".lua") ? path.dropLast(4) : path[...]
            return String(stem.map { $0 == "/" ? "." : $0 })
        }
    }

    /// The package's name, for messages.
    package var name: String
    /// The paths of the scripts with hooks, in their order.
    package var scripts: [String]
    /// Every Lua file of the package, the scripts among them.
    package var files: [File]
    /// The files of `lookups/`, by their names there.
    package var lookups: [File]

    package init(name: String, scripts: [String], files: [File], lookups: [File] = []) {
        self.name = name
        self.scripts = scripts
        self.files = files
        self.lookups = lookups
    }

    /// Where a name stands in a line as a word of its own, from 0; else where its text does; nil when it does not.
    static func location(of name: Substring, in line: String) -> Int? {
        func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
        let locations = line.ranges(of: name)
        let whole = locations.first { location in
            let before = location.lowerBound == line.startIndex ? " " : line[line.index(before: location.lowerBound)]
            let after = location.upperBound == line.endIndex ? " " : line[location.upperBound]
            return !isPart(before) && !isPart(after)
        }
        return (whole ?? locations.first).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
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
