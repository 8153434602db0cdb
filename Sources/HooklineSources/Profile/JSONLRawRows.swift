import HooklineCore
import JSON

/// The cells of a JSON Lines file, by dotted path, including nested ones.
final class JSONLRawRows: RawRows {
    private(set) var names: [String] = []
    let allowsLeadingZeros = false

    private let lines: JSONLLines
    private var keys = JSONLKeys()
    private var known: Set<String> = []
    private var walker = JSONLWalker([])

    /// - Throws: `SourceError` for the file.
    init(_ configuration: SourceConfiguration) throws {
        let window = try FileText.window(of: configuration, limits: FileWindow.Limits())
        try LeadingLines.skip(configuration.file.skippedLines, in: window)
        lines = JSONLLines(LineScanner(window, line: configuration.file.skippedLines))
    }

    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool {
        guard try lines.next() else { return false }
        let line = lines.json
        do throws(JSONFault) {
            try keys.look(at: line)
            if keys.paths.count > known.count { takeNewKeys() }
            try walker.walk(line)
        } catch {
            throw lines.error(error)
        }
        for index in names.indices {
            if let value = walker.values[index] {
                visit(index, .json(value, line.bytes))
            } else {
                visit(index, walker.isBlocked[index] ? .blocked : .absent)
            }
        }
        return true
    }

    private func takeNewKeys() {
        for name in keys.top + keys.paths.subtracting(known).sorted() where known.insert(name).inserted { names.append(name) }
        walker = JSONLWalker(names)
    }
}
