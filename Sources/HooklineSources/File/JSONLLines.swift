import JSON

/// The lines of a JSONL file that hold something, of which the first can be looked at beforehand.
final class JSONLLines {
    /// How many bytes the file's buffer can hold.
    var bufferCapacity: Int { scanner.bufferCapacity }
    /// The length of the current line in the file.
    var length: Int { scanner.length }
    /// Where the current line is.
    var location: SourceError.Location { .init(scanner.path, line: scanner.line) }

    private let scanner: LineScanner
    private var isLookedAt = false
    private var hasCurrent = false

    init(path: String, limits: FileWindow.Limits) throws {
        scanner = try LineScanner(path: path, limits: limits)
    }

    /// A scanner of the current line.
    var json: JSONScanner { JSONScanner(scanner.bytes) }

    /// Steps to the next line; false when the file has ended.
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

    /// Steps to the next line, which the following `next()` does not leave.
    func lookAhead() throws -> Bool {
        _ = try next()
        isLookedAt = true
        return hasCurrent
    }

    /// The error of a line that is no JSON object.
    func error(_ fault: JSONFault) -> SourceError {
        SourceError(
            .badJSON, at: location, "byte \(fault.offset + 1) of the line: \(fault.message); JSONL has one whole JSON object on each line")
    }

    private var isBlank: Bool {
        var json = json
        return json.peek() == nil
    }
}
