import Foundation

extension Process {
    /// Starts the program, and closes this process's ends of the files that it reads and writes.
    ///
    /// A `Process` holds them open beyond its end. With more than a thousand open files, Foundation crashes when the next program starts, as it
    /// reads beyond the entries of `/proc/self/fd`.
    ///
    /// - Throws: when the program cannot be started.
    package func runAndCloseFiles() throws {
        defer {
            for case let file as FileHandle in [standardInput, standardOutput, standardError] where file !== FileHandle.nullDevice {
                // A stream that nobody set is this process's own.
                if [FileHandle.standardInput, .standardOutput, .standardError].contains(where: { $0 === file }) { continue }
                try? file.close()
            }
        }
        try run()
    }
}
