/// A file of an archive: a path and bytes, nothing else.
package struct ArchiveEntry: Equatable, Sendable {
    /// Relative, with `/`; see ``ArchivePath``.
    package var path: String
    package var content: [UInt8]

    package init(path: String, content: [UInt8]) {
        self.path = path
        self.content = content
    }
}

/// How much an archive may hold.
package struct ArchiveLimits: Equatable, Sendable {
    /// Bytes of the archive, so of all files together.
    package var bytes: Int
    /// Files.
    package var entries: Int

    package init(bytes: Int = 32 << 20, entries: Int = 1_000) {
        self.bytes = bytes
        self.entries = entries
    }
}
