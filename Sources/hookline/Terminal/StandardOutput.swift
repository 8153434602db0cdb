import Foundation
import Synchronization

/// Where results go.
///
/// A result that cannot be written, as on a full disk, must neither end a run in the middle nor pass for one that was printed: the command
/// goes on, and `status(after:)` says at its end what was lost.
enum StandardOutput {
    private static let failure = Mutex<String?>(nil)

    /// Prints a result.
    static func print(_ text: String, terminator: String = "\n") {
        let bytes = Array((text + terminator).utf8)
        failure.withLock { failure in
            guard failure == nil, let code = write(bytes) else { return }
            // Whoever closed the pipe has read enough, as `head` has.
            failure = code == EPIPE ? "" : String(cString: strerror(code))
        }
    }

    /// The status of a command that would end with `status`: a command that loses its result has not done its work. Says so on standard
    /// error.
    static func status(after status: ExitStatus) -> ExitStatus {
        guard let reason = failure.withLock({ $0 }), !reason.isEmpty else { return status }
        StandardError.print("cannot write to standard output: \(reason)")
        return status == .done ? .failed : status
    }

    /// Writes all of it.
    ///
    /// - Returns: the number of the system's error; nil if there was none.
    private static func write(_ bytes: [UInt8]) -> Int32? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EAGAIN {
                    // The other side of a pipe that does not wait, such as a terminal in that mode, has no room yet.
                    var waiting = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&waiting, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
    }
}
