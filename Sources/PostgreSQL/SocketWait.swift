#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Waits for a socket.
enum SocketWait {
    /// Waits until something can be read or written, or the time is over.
    ///
    /// - Returns: whether the socket is ready, or broken, which the next call finds out.
    static func wait(for socket: Int32, toWrite: Bool, milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(toWrite ? POLLOUT : POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }
}
