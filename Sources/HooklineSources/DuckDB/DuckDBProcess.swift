import CSubprocess
import Foundation
import HooklineCore
import Text

/// DuckDB's program at work. Its output ends only if it succeeded.
final class DuckDBProcess: ByteStream {
    /// Called while the program works; true kills it.
    var isCancelled: @Sendable () -> Bool

    private let process: hl_subprocess
    private let folder: ScratchFolder
    private let deadline: ContinuousClock.Instant?
    private var said: [UInt8] = []
    private var hasEnded = false
    private var hasOutputEnded = false
    private var isErrorOpen = true

    /// The most bytes kept of what it says.
    private static let longestMessage = 16 << 10

    /// Starts the program with statements as its input.
    ///
    /// - Parameters:
    ///   - program: its path.
    ///   - script: the statements.
    ///   - readable: the files that it may read.
    ///   - folder: where it may write.
    ///   - timeout: the most time that it may take, in milliseconds.
    ///   - wantsJail: false leaves the jail to DuckDB. For tests.
    ///   - isCancelled: called while the program works; true kills it.
    /// - Throws: ``DuckDBFault``.
    init(
        program: String, script: String, readable: [String], folder: ScratchFolder, timeout: Int?, wantsJail: Bool = true,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        self.folder = folder
        self.isCancelled = isCancelled
        deadline = timeout.map { .now + .milliseconds($0) }
        let input = try Self.file(of: script, in: folder)
        defer { close(input) }
        let libraries = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("lib").path
        let environment =
            ["TZ=UTC", "LC_ALL=C"]
            + ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"].compactMap { name in
                ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
            }
        var started = hl_subprocess()
        let error = CStringLists.with(
            [["duckdb", "-init", "/dev/null", "-batch", "-bail"], environment, readable + [libraries]]
        ) { lists in
            program.withCString { path in
                folder.path.withCString { folder in
                    var order = hl_subprocess_order(
                        path: path, arguments: lists[0], environment: lists[1], folder: folder, readable: lists[2], input: input,
                        wants_jail: wantsJail, wants_network: false)
                    return hl_subprocess_start(&order, &started)
                }
            }
        }
        guard error == 0 else {
            throw DuckDBFault(kind: .notStarted, text: "\(program.onOneLine) does not start: \(String(cString: strerror(error)))")
        }
        process = started
    }

    deinit { end() }

    /// Reads what it writes, and fills the buffer: a reader of a long row looks at all of it again each time. Returns 0 once it has ended well.
    ///
    /// - Throws: ``DuckDBFault``; `CancellationError`.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        if hasEnded { return 0 }
        do {
            var filled = 0
            while filled < buffer.count, !hasOutputEnded {
                guard try wait() else { continue }
                let count = Self.retried { Foundation.read(process.output, buffer.baseAddress.map { $0 + filled }, buffer.count - filled) }
                if count > 0 { filled += count } else { hasOutputEnded = true }
            }
            if filled == 0 { try finish() }
            return filled
        } catch {
            end()
            throw error
        }
    }

    /// Waits until there is output, or its end; false to wait again.
    private func wait() throws -> Bool {
        try check()
        var ready = [pollfd(fd: process.output, events: Int16(POLLIN), revents: 0)]
        if isErrorOpen { ready.append(pollfd(fd: process.errors, events: Int16(POLLIN), revents: 0)) }
        guard poll(&ready, nfds_t(ready.count), 100) > 0 else { return false }
        if ready.count > 1, ready[1].revents != 0 { listen() }
        return ready[0].revents != 0
    }

    /// Waits for the end of the program, whose output has ended.
    private func finish() throws {
        var status: Int32 = 0
        while true {
            var ready = [pollfd(fd: process.errors, events: Int16(POLLIN), revents: 0)]
            if isErrorOpen, poll(&ready, 1, 10) > 0 { listen() }
            if !isErrorOpen {
                if hl_subprocess_ended(process.pid, &status) { break }
                usleep(1_000)
            }
            try check()
        }
        close(process.output)
        close(process.errors)
        hasEnded = true
        if status == 0 { return }
        throw DuckDBFault(kind: status < 0 ? .killed(-status) : .failed, text: String(decoding: said, as: UTF8.self))
    }

    private func check() throws {
        if isCancelled() { throw CancellationError() }
        if let deadline, ContinuousClock.now > deadline { throw DuckDBFault(kind: .timedOut, text: "") }
    }

    /// Reads what it says, of which only the beginning is kept.
    private func listen() {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = Self.retried { Foundation.read(process.errors, &bytes, bytes.count) }
        if count <= 0 { isErrorOpen = false }
        if count > 0, said.count < Self.longestMessage { said += bytes[..<count] }
    }

    /// Kills the program, if it still works.
    private func end() {
        guard !hasEnded else { return }
        hasEnded = true
        hl_subprocess_kill(process.pid)
        close(process.output)
        close(process.errors)
        var status: Int32 = 0
        while !hl_subprocess_ended(process.pid, &status) { usleep(500) }
    }

    /// A file with the statements that has no name: an argument would show in the list of processes, and a pipe could block.
    private static func file(of script: String, in folder: ScratchFolder) throws -> Int32 {
        let path = "\(folder.path)/statements.sql"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        unlink(path)
        let bytes = Array(script.utf8)
        var written = 0
        while descriptor >= 0, written < bytes.count {
            let count = retried { bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written) } }
            if count <= 0 { break }
            written += count
        }
        guard descriptor >= 0, written == bytes.count, lseek(descriptor, 0, SEEK_SET) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw DuckDBFault(kind: .notStarted, text: "the temporary folder \(folder.path) cannot be written: \(reason)")
        }
        return descriptor
    }

    private static func retried(_ call: () -> Int) -> Int {
        while true {
            let count = call()
            if count >= 0 || errno != EINTR { return count }
        }
    }
}
