import Foundation
import HooklineCore

/// Writes a file of remembered verdicts, which takes the place of the one before only when it is complete.
final class VerdictWriter {
    private let path: String
    private let temporary: String
    private let key: String
    private var descriptor: Int32
    private var block: [UInt8] = []
    private var blocks = 0
    private(set) var rows = 0
    /// Why nothing is written any more; nil while all is well.
    private(set) var problem: String?

    /// - Parameters:
    ///   - path: where the file is to be.
    ///   - key: the key for digests, in hexadecimal.
    init(_ path: String, key: String) {
        (self.path, self.key) = (path, key)
        // One run at a time writes for an activation, so what a killed one left is overwritten.
        temporary = path + ".new"
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        unlink(temporary)
        descriptor = Foundation.open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor < 0 { fail() } else { write(VerdictFormat.mark) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        Foundation.close(descriptor)
        unlink(temporary)
    }

    func append(_ digest: RowDigest, _ verdict: UInt16) {
        if problem != nil { return }
        VerdictFormat.append(digest.high, bytes: 8, to: &block)
        VerdictFormat.append(digest.low, bytes: 8, to: &block)
        VerdictFormat.append(UInt64(verdict), bytes: 2, to: &block)
        rows += 1
        if block.count == VerdictFormat.blockRows * VerdictFormat.rowBytes { flush() }
    }

    private func flush() {
        if block.isEmpty { return }
        block += VerdictFormat.checksum(block, of: "block \(blocks)", key: key)
        write(block)
        block.removeAll(keepingCapacity: true)
        blocks += 1
    }

    /// Writes the end, and puts the file in its place.
    func finish(_ end: VerdictFormat.End) {
        flush()
        guard problem == nil else { return }
        guard let text = try? JSONEncoder().encode(end), text.count <= VerdictFormat.longestEnd else {
            problem = "there are too many different verdicts"
            return
        }
        let bytes = Array(text)
        var tail: [UInt8] = []
        VerdictFormat.append(UInt64(bytes.count), bytes: 8, to: &tail)
        write(bytes + tail + VerdictFormat.checksum(bytes, of: "end", key: ""))
        guard problem == nil else { return }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { return fail() }
        Foundation.close(descriptor)
        descriptor = -1
    }

    private func write(_ bytes: [UInt8]) {
        var done = 0
        while problem == nil, done < bytes.count {
            let more = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if more > 0 { done += more } else if more == 0 || errno != EINTR { fail() }
        }
    }

    private func fail() { problem = String(cString: strerror(errno)) }
}
