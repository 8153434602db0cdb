import Foundation
import HooklineCore
import Text

/// Where progress, messages and errors go.
enum StandardError {
    /// Prints a message of one or more lines. Nothing in it reaches the terminal as a command.
    static func print(_ message: String) {
        write(message.onItsLines + "\n")
    }

    /// Writes text as it is.
    static func write(_ text: String) {
        // A full disk or a closed terminal must not end a run in the middle.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Whether a person is likely to be watching.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
