import Foundation

/// Puts one folder in the place of another, in one step where the system can.
enum FolderSwap {
    /// - Parameter old: where the folder goes that was there, if there was one; nothing may be there.
    static func put(_ new: String, at path: String, movingOldTo old: String) throws {
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else { return try manager.moveItem(atPath: new, toPath: path) }
        if exchange(new, path) {
            // Where the old one lies now is where the next use looks for it.
            if new != old { try manager.moveItem(atPath: new, toPath: old) }
            return
        }
        try manager.moveItem(atPath: path, toPath: old)
        do { try manager.moveItem(atPath: new, toPath: path) } catch {
            try? manager.moveItem(atPath: old, toPath: path)
            throw error
        }
    }

    /// Whether the two changed places: `renameat2(2)` on Linux, `renamex_np(2)` on macOS; not every system and file system can.
    private static func exchange(_ one: String, _ other: String) -> Bool {
        #if canImport(Darwin)
            return renamex_np(one, other, UInt32(RENAME_SWAP)) == 0
        #else
            typealias Call = @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
            // Not every C library has it, and Glibc's headers show it to C only.
            guard let address = dlsym(nil, "renameat2") else { return false }
            let exchange: CUnsignedInt = 1 << 1
            return unsafeBitCast(address, to: Call.self)(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0
        #endif
    }
}
