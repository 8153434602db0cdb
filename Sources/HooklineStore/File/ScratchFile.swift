import Foundation
import HooklineCore
import Synchronization

/// A file beside the ledger that has no name: nobody else sees it, and it is gone when the process ends, however that happens.
package final class ScratchFile: Scratch {
    private let descriptor: Int32
    /// For messages.
    private let folder: String
    private let end = Mutex(0)

    /// Makes one in the folder of a ledger.
    ///
    /// - Throws: `store.permission`, `store.disk_full`, or `store.cannot_open`.
    package convenience init(besides ledger: SQLiteLedger) throws {
        try self.init(in: (ledger.path as NSString).deletingLastPathComponent)
    }

    /// Makes one in a folder.
    ///
    /// - Throws: `store.permission`, `store.disk_full`, or `store.cannot_open`.
    package init(in folder: String) throws {
        self.folder = folder
        descriptor = try Self.open(in: folder)
    }

    /// Takes an open file, and closes it in the end.
    init(descriptor: Int32, folder: String) { (self.descriptor, self.folder) = (descriptor, folder) }

    deinit { close(descriptor) }

    private static func open(in folder: String) throws -> Int32 {
        #if canImport(Glibc)
            // A file that never has a name (open(2), O_TMPFILE); not every file system has them.
            let nameless = Glibc.open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
            if nameless >= 0 { return nameless }
        #endif
        let path = "\(folder)/.\(UUID().uuidString).scratch"
        let named = Foundation.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard named >= 0 else { throw LedgerFile.systemError(errno, at: folder, doing: "make a temporary file in it") }
        unlink(path)
        return named
    }

    package func append(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        let start = end.withLock { end in
            defer { end += bytes.count }
            return end
        }
        try transfer(bytes.count) {
            pwrite(descriptor, UnsafeRawBufferPointer(rebasing: bytes[$0...]).baseAddress, bytes.count - $0, off_t(start + $0))
        }
        return start
    }

    package func read(at position: Int, into bytes: UnsafeMutableRawBufferPointer) throws {
        try transfer(bytes.count) {
            pread(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[$0...]).baseAddress, bytes.count - $0, off_t(position + $0))
        }
    }

    /// Calls `step` with what has been done so far until all of it is done.
    private func transfer(_ count: Int, _ step: (Int) -> Int) throws {
        var done = 0
        while done < count {
            let more = step(done)
            if more > 0 {
                done += more
            } else if more == 0 || errno != EINTR {
                throw problem(more == 0 ? EIO : errno)
            }
        }
    }

    private func problem(_ number: Int32) -> StoreError {
        let words = String(cString: strerror(number))
        return switch number {
        case ENOSPC, EDQUOT, EFBIG:
            StoreError(
                .diskFull, at: folder,
                "there is no space for the temporary file of a plan, about 150 bytes for each address (\(words)), and nothing was sent; free some space, then run again"
            )
        default:
            StoreError(
                .failed, at: folder, "the temporary file of a plan cannot be written or read (\(words)); check the disk, then run again")
        }
    }
}
