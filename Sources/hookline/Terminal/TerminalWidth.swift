import Foundation

/// How wide the terminal is.
enum TerminalWidth {
    /// The columns of standard output; nil if it is no terminal, so that files and pipes get lines as long as they are.
    static var output: Int? { columns(of: STDOUT_FILENO) }

    /// The columns of standard error; nil if it is no terminal.
    static var errors: Int? { columns(of: STDERR_FILENO) }

    private static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        // A terminal may not know its size, and says 0.
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
