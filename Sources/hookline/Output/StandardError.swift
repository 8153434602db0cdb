import Foundation

/// Where progress, messages and errors go.
enum StandardError {
    /// Prints a line.
    static func print(_ line: String) {
        write(line + "\n")
    }

    /// Writes text as it is.
    static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// Whether a person is likely to watch.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
