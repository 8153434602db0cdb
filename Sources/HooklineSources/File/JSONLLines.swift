import JSON

/// The non-blank lines of a JSONL file, with a look ahead at the first.
final class JSONLLines {
    /// The size of the file's buffer, in bytes.
    var bufferCapacity: Int { scanner.bufferCapacity }
    /// The length of the current line in the file, in bytes.
    var length: Int { scanner.length }
    /// The location of the current line.
    var location: SourceError.Location { .init(scanner.path, line: scanner.line) }

    private let scanner: LineScanner
    private var isLookedAt = false
    private var hasCurrent = false

    init(path: String, limits: FileWindow.Limits) throws {
        scanner = try LineScanner(path: path, limits: limits)
    }

    /// A scanner of the current line.
    var json: JSONScanner { JSONScanner(scanner.bytes) }

    /// Moves to the next line.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `SourceError`.
    func next() throws -> Bool {
        if isLookedAt {
            isLookedAt = false
            return hasCurrent
        }
        repeat {
            hasCurrent = try scanner.next()
        } while hasCurrent && isBlank
        return hasCurrent
    }

    /// Moves to the next line, where the following `next()` stays.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `SourceError`.
    func lookAhead() throws -> Bool {
        _ = try next()
        isLookedAt = true
        return hasCurrent
    }

    /// The error for a current line that is not a JSON object.
    func error(_ fault: JSONFault) -> SourceError {
        SourceError(
            .badJSON, at: location, "byte \(fault.offset + 1) of the line: \(fault.message); each line must be one whole JSON object")
    }

    private var isBlank: Bool {
        var json = json
        return json.peek() == nil
    }
}
