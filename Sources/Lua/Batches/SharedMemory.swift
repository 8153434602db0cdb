import CLuaHost

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory that worker processes can map. Untouched pages cost nothing.
final class SharedMemory {
    let descriptor: Int32
    let base: UnsafeMutableRawPointer
    let count: Int

    /// Allocates the memory.
    ///
    /// - Throws: `LuaError.Code.memory` when the system does not provide it.
    init(byteCount: Int) throws(LuaError) {
        descriptor = hl_host_memory(UInt64(byteCount))
        let base = descriptor < 0 ? nil : mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let base, base != MAP_FAILED else {
            if descriptor >= 0 { close(descriptor) }
            throw LuaError(.memory, message: "the system does not provide the memory for batches of users")
        }
        self.base = base
        count = byteCount
    }

    deinit {
        munmap(base, count)
        close(descriptor)
    }
}
