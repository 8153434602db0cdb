import HooklineCore
import JSON

/// The nonempty lines of a JSONL file, the first of which can be read ahead.
final class JSONLLines {
    /// A line that was read ahead.
    private struct Ahead {
        let range: Range<Int>
        let number: Int
    }

    /// The size of the file's buffer, in bytes.
    var bufferCapacity: Int { scanner.bufferCapacity }
    /// The length of the current line in the file, in bytes.
    var length: Int { current?.range.count ?? scanner.length }
    /// The location of the current line.
    var location: SourceError.Location { .init(scanner.path, line: current?.number ?? scanner.line) }

    private let scanner: LineScanner
    /// The lines that were read ahead, concatenated.
    private var text: UnsafeMutableBufferPointer<UInt8>?
    private var ahead: [Ahead] = []
    private var taken = 0
    private var current: Ahead?
    /// The error after the lines that were read ahead.
    private var failure: (any Error)?
    /// Whether others read the lines that were not read ahead.
    private var isGivenAway = false

    init(_ scanner: LineScanner) {
        self.scanner = scanner
    }

    deinit {
        text?.deallocate()
    }

    /// A scanner of the current line.
    var json: JSONScanner { current.map(scanner(of:)) ?? JSONScanner(scanner.bytes) }

    /// Moves to the next line.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `SourceError`.
    func next() throws -> Bool {
        if taken < ahead.count {
            current = ahead[taken]
            taken += 1
            return true
        }
        if current != nil {
            current = nil
            text?.deallocate()
            text = nil
        }
        if let failure { throw failure }
        return try !isGivenAway && nextOfFile()
    }

    /// Leaves the lines that were not read ahead to others.
    ///
    /// - Returns: the rest of the file, and the number of the line there.
    func giveAway() -> (window: FileWindow, line: Int) {
        isGivenAway = true
        return scanner.giveAway()
    }

    /// Begins anew with what the window has now.
    func begin(line: Int) { scanner.begin(line: line) }

    /// Reads the first lines ahead, until a limit on lines or bytes is reached. `next()` still returns them.
    func readAhead(lines: Int, bytes: Int) {
        var all: [UInt8] = []
        do {
            while ahead.count < lines, all.count < bytes, try nextOfFile() {
                ahead.append(Ahead(range: all.count..<all.count + scanner.bytes.count, number: scanner.line))
                all.append(contentsOf: scanner.bytes)
            }
        } catch {
            // `next()` throws it when it gets there.
            failure = error
        }
        let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: all.count)
        _ = text.initialize(fromContentsOf: all)
        self.text = text
    }

    /// Calls `body` with each line that was read ahead and its number, until it returns false.
    func forEachAhead<Failure>(_ body: (JSONScanner, Int) throws(Failure) -> Bool) throws(Failure) {
        for line in ahead {
            guard try body(scanner(of: line), line.number) else { return }
        }
    }

    /// The error for a current line that is not a JSON object.
    func error(_ fault: JSONFault) -> SourceError { Self.error(fault, at: location) }

    /// The error for a line that is not a JSON object.
    static func error(_ fault: JSONFault, at location: SourceError.Location) -> SourceError {
        if fault.problem == .notUTF8 { return SourceError(.badEncoding, at: location, TextEncoding.message(.utf8)) }
        return SourceError(
            .badJSON, at: location, "byte \(fault.offset + 1) of the line: \(fault.message); each line must be one complete JSON object")
    }

    /// The path of the file, for messages.
    var path: String { scanner.path }

    private func scanner(of line: Ahead) -> JSONScanner {
        JSONScanner(UnsafeBufferPointer(rebasing: text?[line.range] ?? UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)[...]))
    }

    private func nextOfFile() throws -> Bool {
        while try scanner.next() {
            var json = JSONScanner(scanner.bytes)
            if json.peek() != nil { return true }
        }
        return false
    }
}
