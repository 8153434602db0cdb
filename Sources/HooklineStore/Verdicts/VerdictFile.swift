import Foundation
import HooklineCore

/// A file of remembered verdicts that is being read.
final class VerdictFile {
    private let descriptor: Int32
    let end: VerdictFormat.End
    /// Set once a block is damaged: from there on, the file says nothing.
    private(set) var isDamaged = false

    /// Opens a file, and reads its end.
    ///
    /// - Returns: nil if there is no such file.
    /// - Throws: `Damage` for a file that is none of remembered verdicts, or not whole.
    static func open(_ path: String) throws -> VerdictFile? {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw Damage()
        }
        return try VerdictFile(descriptor)
    }

    struct Damage: Error {}

    private init(_ descriptor: Int32) throws {
        self.descriptor = descriptor
        do { end = try Self.readEnd(descriptor) } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private static func readEnd(_ descriptor: Int32) throws -> VerdictFormat.End {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw Damage() }
        let size = Int(status.st_size)
        let markCount = VerdictFormat.mark.count
        guard size >= markCount + VerdictFormat.tailBytes, try read(descriptor, 0, markCount) == VerdictFormat.mark else { throw Damage() }
        let tail = try read(descriptor, size - VerdictFormat.tailBytes, VerdictFormat.tailBytes)
        let length = VerdictFormat.number(tail[..<8])
        guard length <= VerdictFormat.longestEnd, Int(length) <= size - markCount - VerdictFormat.tailBytes else { throw Damage() }
        let start = size - VerdictFormat.tailBytes - Int(length)
        let bytes = try read(descriptor, start, Int(length))
        guard VerdictFormat.checksum(bytes, of: "end", key: "").elementsEqual(tail[8...]),
            let end = try? JSONDecoder().decode(VerdictFormat.End.self, from: Data(bytes)), end.rows >= 0, end.key.utf8.count == 32
        else { throw Damage() }
        let blocks = (end.rows + VerdictFormat.blockRows - 1) / VerdictFormat.blockRows
        guard markCount + end.rows * VerdictFormat.rowBytes + blocks * VerdictFormat.checksumBytes == start else { throw Damage() }
        return end
    }

    private static func read(_ descriptor: Int32, _ position: Int, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let more = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress! + done, count - done, off_t(position + done)) }
            if more > 0 { done += more } else if more == 0 || errno != EINTR { throw Damage() }
        }
        return bytes
    }

    /// How many blocks it has.
    var blocks: Int { (end.rows + VerdictFormat.blockRows - 1) / VerdictFormat.blockRows }

    /// The rows of a block.
    ///
    /// - Returns: nil behind the last one, and for a damaged one, after which `isDamaged` is true.
    func rows(ofBlock block: Int) -> [(digest: RowDigest, verdict: UInt16)]? {
        guard !isDamaged, block < blocks else { return nil }
        let count = VerdictFormat.rows(inBlock: block, of: end.rows)
        guard let bytes = try? Self.read(descriptor, VerdictFormat.position(ofBlock: block), VerdictFormat.blockBytes(count)),
            VerdictFormat.checksum(bytes[..<(count * VerdictFormat.rowBytes)], of: "block \(block)", key: end.key)
                .elementsEqual(bytes[(count * VerdictFormat.rowBytes)...])
        else {
            isDamaged = true
            return nil
        }
        return bytes.withUnsafeBytes { bytes in
            (0..<count).map { row in
                let start = row * VerdictFormat.rowBytes
                return (
                    RowDigest(
                        high: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
                        low: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))),
                    UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 16, as: UInt16.self))
                )
            }
        }
    }

    /// The first digest of a block, unchecked: a hint where to look.
    func firstDigest(ofBlock block: Int) -> RowDigest? {
        guard let bytes = try? Self.read(descriptor, VerdictFormat.position(ofBlock: block), 16) else { return nil }
        return RowDigest(high: VerdictFormat.number(bytes[..<8]), low: VerdictFormat.number(bytes[8...]))
    }
}
