import Foundation

/// Replaces one folder by another, in one step where the system can.
enum FolderSwap {
    /// Puts a folder at a path.
    ///
    /// - Parameters:
    ///   - new: the folder.
    ///   - path: where it goes.
    ///   - old: where a folder at that path is moved to; nothing may be there.
    /// - Throws: `CocoaError`; the folder that was there stays then.
    static func put(_ new: String, at path: String, movingOldTo old: String) throws {
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else { return try manager.moveItem(atPath: new, toPath: path) }
        if exchange(new, path) {
            // The next use looks for the old one where it is now.
            if new != old { try manager.moveItem(atPath: new, toPath: old) }
            return
        }
        try manager.moveItem(atPath: path, toPath: old)
        do { try manager.moveItem(atPath: new, toPath: path) } catch {
            try? manager.moveItem(atPath: old, toPath: path)
            throw error
        }
    }

    /// Whether the two changed places: by `renameat2(2)` on Linux, `renamex_np(2)` on macOS. Not every system and file system can do that.
    private static func exchange(_ one: String, _ other: String) -> Bool {
        #if canImport(Darwin)
            return renamex_np(one, other, UInt32(RENAME_SWAP)) == 0
        #else
            typealias Call = @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
            // Not every C library has it, and Swift does not see it in Glibc's headers.
            guard let address = dlsym(nil, "renameat2") else { return false }
            let exchange: CUnsignedInt = 1 << 1
            return unsafeBitCast(address, to: Call.self)(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0
        #endif
    }
}
