import Foundation
import Support

/// A command on a pseudo-terminal, with somebody who reads and answers.
final class Terminal {
    private let process: Process
    private let master: FileHandle
    private let screen: URL
    private let reader = DispatchQueue(label: "terminal")

    /// Starts a command whose standard input and error are the terminal.
    init(_ shell: Shell, _ arguments: String...) throws {
        let descriptor = try Self.openMaster()
        guard let slave = FileHandle(forUpdatingAtPath: try Self.slave(of: descriptor)) else { throw CocoaError(.fileReadUnknown) }
        master = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        screen = shell.folder.appendingPathComponent("screen-\(UUID()).txt")
        try Data().write(to: screen)
        process = Process()
        process.executableURL = Shell.program
        process.arguments = arguments
        process.currentDirectoryURL = shell.folder
        process.environment = ProcessInfo.processInfo.environment.merging(shell.environment) { $1 }
        process.standardInput = slave
        process.standardOutput = try FileHandle(forWritingTo: screen)
        process.standardError = slave
        try process.runAndCloseFiles()
    }

    /// What is on the screen up to a text, which it waits for. Ends, too, when the command does.
    func read(upTo text: String) async -> String {
        await withCheckedContinuation { continuation in
            // Waiting for a person must not keep a thread from the simulator, which is in this process.
            reader.async { [master] in
                var shown = ""
                var bytes = [UInt8](repeating: 0, count: 4_096)
                while !shown.contains(text) {
                    // At the end of the command Linux reports an error instead of an end of file.
                    let count = Foundation.read(master.fileDescriptor, &bytes, bytes.count)
                    if count <= 0 { break }
                    shown += String(decoding: bytes[..<count], as: UTF8.self)
                }
                continuation.resume(returning: shown)
            }
        }
    }

    func type(_ line: String) throws { try master.write(contentsOf: Data("\(line)\n".utf8)) }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end of the command.
    ///
    /// - Returns: its exit status, or nil when a signal ended it, and its standard output.
    func end() async throws -> (status: Int32?, output: String) {
        _ = await read(upTo: "\u{0}")
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : nil
        return (status, try String(contentsOf: screen, encoding: .utf8))
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    private static func openMaster() throws -> Int32 {
        let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        return descriptor
    }

    /// Unlocks the other side, and says which it is.
    private static func slave(of master: Int32) throws -> String {
        #if canImport(Darwin)
            guard grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else { throw CocoaError(.fileReadUnknown) }
            return String(cString: name)
        #else
            // Glibc's headers hide ptsname and unlockpt from Swift: these are their system calls (ioctl_tty(2), TIOCSPTLCK and TIOCGPTN).
            var (lock, number): (Int32, UInt32) = (0, 0)
            guard ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
                throw CocoaError(.fileReadUnknown)
            }
            return "/dev/pts/\(number)"
        #endif
    }
}
