/// A file in an archive: a path and bytes, nothing else.
package struct ArchiveEntry: Equatable, Sendable {
    /// Relative, with `/` between folders; ``ArchivePath`` says what is allowed.
    package var path: String
    package var content: [UInt8]

    package init(path: String, content: [UInt8]) {
        self.path = path
        self.content = content
    }
}

/// The limits of an archive.
package struct ArchiveLimits: Equatable, Sendable {
    /// The most bytes in the archive, and so in all files together.
    package var bytes: Int
    /// The most files.
    package var entries: Int

    package init(bytes: Int = 32 << 20, entries: Int = 1_000) {
        self.bytes = bytes
        self.entries = entries
    }
}
