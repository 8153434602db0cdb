import CSubprocess
import Foundation
import HooklineCore

/// A reader at work: a process of its own that loads the driver, so that whatever the driver does happens there.
final class DriverProcess {
    /// Called while the reader works; true kills it.
    var isCancelled: @Sendable () -> Bool
    /// When it has worked too long.
    var deadline: ContinuousClock.Instant?

    var identifier: Int32 { process.pid }

    private let process: hl_subprocess
    /// Where requests are written; they hold passwords, and an argument would show in the list of processes.
    private let requests: Int32
    private var hasEnded = false
    private var isErrorOpen = true

    /// The environment that drivers need. Nothing else of this process's goes to them.
    private static let passedOn = [
        "HOME", "USER", "LOGNAME", "PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "ODBCINI",
        "ODBCINSTINI", "ODBCSYSINI", "ODBCSEARCH", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "KRB5_CONFIG", "KRB5CCNAME", "KRB5_KTNAME",
    ]

    /// - Parameters:
    ///   - program: the file of the reader.
    ///   - kind: what it reads with.
    ///   - isCancelled: called while the reader works; true kills it.
    /// - Throws: ``DriverFault``.
    init(program: String, kind: SourceConfiguration.Kind, isCancelled: @escaping @Sendable () -> Bool) throws {
        self.isCancelled = isCancelled
        var ends: [Int32] = [-1, -1]
        guard hl_subprocess_pair(&ends) == 0 else { throw Self.notStarted(errno) }
        defer { close(ends[1]) }
        let known = ProcessInfo.processInfo.environment
        // The driver's library would move times to a zone that one of these names.
        let environment =
            ["TZ=UTC", "PGTZ=UTC", "LC_ALL=C.UTF-8"] + Self.passedOn.compactMap { name in known[name].map { "\(name)=\($0)" } }
        var started = hl_subprocess()
        let error = CStringLists.with([["hookline", DriverReader.argument(kind)], environment, []]) { lists in
            program.withCString { path in
                "/".withCString { folder in
                    var order = hl_subprocess_order(
                        path: path, arguments: lists[0], environment: lists[1], folder: folder, readable: lists[2], input: ends[1],
                        wants_jail: kind == .adbc, wants_network: true)
                    return hl_subprocess_start(&order, &started)
                }
            }
        }
        guard error == 0 else {
            close(ends[0])
            throw Self.notStarted(error)
        }
        process = started
        requests = ends[0]
    }

    deinit { kill() }

    private static func notStarted(_ error: Int32) -> DriverFault {
        DriverFault(kind: .notStarted, text: "the process that reads does not start: \(String(cString: strerror(error)))")
    }

    /// Sends a request.
    ///
    /// - Throws: ``DriverFault`` if the reader has ended.
    func send(_ kind: Int, _ bytes: [UInt8]) throws {
        var frame = withUnsafeBytes(of: UInt32(bytes.count)) { Array($0) } + [UInt8(kind)] + bytes
        defer { frame.withUnsafeMutableBytes { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) } }
        var sent = 0
        while sent < frame.count {
            let count = frame.withUnsafeBytes { hl_subprocess_send(requests, $0.baseAddress.map { $0 + sent }, UInt(frame.count - sent)) }
            if count > 0 { sent += count } else { throw lost() }
        }
    }

    /// Receives the next answer.
    ///
    /// - Parameter bytes: a buffer for what is in it, which keeps its room.
    /// - Returns: its letter.
    /// - Throws: ``DriverFault``; `CancellationError`.
    func receive(into bytes: inout [UInt8]) throws -> Int {
        do {
            var head: [UInt8] = [0, 0, 0, 0, 0]
            try fill(&head, 5)
            let count = Int(head.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
            if bytes.count != count { bytes = [UInt8](repeating: 0, count: count) }
            try fill(&bytes, count)
            return Int(head[4])
        } catch {
            kill()
            throw error
        }
    }

    /// Has the reader leave the server, and waits until it has ended well.
    ///
    /// - Throws: ``DriverFault``; `CancellationError`.
    func finish() throws {
        guard !hasEnded else { return }
        hl_subprocess_end_sending(requests)
        var status: Int32 = 0
        // Some drivers never come back from leaving.
        deadline = min(deadline ?? .now + .seconds(30), .now + .seconds(30))
        while !hl_subprocess_ended(process.pid, &status) {
            do {
                try check()
            } catch {
                kill()
                throw error
            }
            listen(10)
        }
        closeAll()
        if status != 0 { throw DriverFault(kind: .ended(status), text: "") }
    }

    private func fill(_ bytes: inout [UInt8], _ count: Int) throws {
        var filled = 0
        while filled < count {
            try check()
            if hasEnded { throw DriverFault(kind: .ended(0), text: "") }
            var ready = [pollfd(fd: process.output, events: Int16(POLLIN), revents: 0)]
            if isErrorOpen { ready.append(pollfd(fd: process.errors, events: Int16(POLLIN), revents: 0)) }
            guard poll(&ready, nfds_t(ready.count), 100) > 0 else { continue }
            if ready.count > 1, ready[1].revents != 0 { listen(0) }
            guard ready[0].revents != 0 else { continue }
            let got = bytes.withUnsafeMutableBytes { Foundation.read(process.output, $0.baseAddress.map { $0 + filled }, count - filled) }
            if got > 0 { filled += got } else if got == 0 || errno != EINTR { throw lost() }
        }
    }

    private func check() throws {
        if isCancelled() { throw CancellationError() }
        if let deadline, ContinuousClock.now > deadline { throw DriverFault(kind: .timedOut, text: "") }
    }

    /// How a reader ended that closed its output, or does not read any more.
    private func lost() -> DriverFault {
        guard !hasEnded else { return DriverFault(kind: .ended(0), text: "") }
        var status: Int32 = 0
        let end = ContinuousClock.now + .seconds(2)
        while !hl_subprocess_ended(process.pid, &status) {
            if ContinuousClock.now > end { hl_subprocess_kill(process.pid) }
            usleep(1_000)
        }
        closeAll()
        return DriverFault(kind: .ended(status), text: "")
    }

    /// Reads away what a driver prints, which may be anybody's data.
    private func listen(_ milliseconds: Int32) {
        guard isErrorOpen else {
            usleep(UInt32(milliseconds) * 1_000)
            return
        }
        var ready = pollfd(fd: process.errors, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, milliseconds) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        if Foundation.read(process.errors, &bytes, bytes.count) == 0 { isErrorOpen = false }
    }

    /// Kills the reader, if it still works.
    private func kill() {
        guard !hasEnded else { return }
        hl_subprocess_kill(process.pid)
        var status: Int32 = 0
        while !hl_subprocess_ended(process.pid, &status) { usleep(500) }
        closeAll()
    }

    private func closeAll() {
        hasEnded = true
        for descriptor in [process.output, process.errors, requests] { close(descriptor) }
    }
}
