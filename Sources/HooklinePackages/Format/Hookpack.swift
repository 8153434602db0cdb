import Archive

/// A complete package in memory: its files, their lock, and who signed it.
package struct Hookpack: Equatable, Sendable {
    package let lock: PackageLock
    /// Nil for a package that nobody signed.
    package private(set) var signature: PackageSignature?
    /// Sorted by the bytes of their paths.
    package let files: [ArchiveEntry]

    /// How much a package may hold.
    package static let limits = ArchiveLimits(bytes: 32 << 20, entries: 1_000)

    /// Identifies it: `sha256:…` of its lock.
    package var digest: String { lock.digest }

    /// The bytes of a file; nil when the package has none of that path.
    package func content(of path: String) -> [UInt8]? { files.first { $0.path == path }?.content }

    /// Makes a package of files.
    ///
    /// - Throws: `package.unfit`, `ArchiveError` for files that no package can contain.
    package init(name: String, version: String, isTested: Bool, files: [ArchiveEntry]) throws {
        let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        lock = PackageLock(
            name: name, version: version, isTested: isTested,
            files: sorted.map { PackageLock.File(path: $0.path, size: $0.content.count, sha256: Digest.hex(of: $0.content)) })
        self.files = sorted
        try Self.checkNames(sorted)
        let size = try archive().count
        guard size <= Self.limits.bytes else {
            throw PackageError(.unfit, "a package has at most \(Self.limits.bytes >> 20) MB; this one has \(size >> 20) MB")
        }
    }

    /// The same rules hold for folders and archives, so that whatever can be installed can be used.
    private static func checkNames(_ files: [ArchiveEntry]) throws(PackageError) {
        for reserved in [PackageLock.path, PackageSignature.path] where files.contains(where: { $0.path.lowercased() == reserved }) {
            throw PackageError(.unfit, "the file '\(reserved)' is one that 'hookline pack' makes itself; remove it from the folder")
        }
        guard files.count + 2 <= limits.entries else {
            throw PackageError(.unfit, "a package has at most \(limits.entries - 2) files; this one has \(files.count)")
        }
    }

    /// The package with a signature.
    ///
    /// - Throws: `package.bad_key`.
    package func signed(by key: PackageKey) throws(PackageError) -> Hookpack {
        var signed = self
        signed.signature = key.signature(of: lock)
        return signed
    }

    /// The bytes of its `.hookpack` file: the same for the same package.
    ///
    /// - Throws: `ArchiveError` for files that no archive can contain.
    package func archive() throws(ArchiveError) -> [UInt8] {
        var entries = [ArchiveEntry(path: PackageLock.path, content: Array(lock.text.utf8))]
        if let signature { entries.append(ArchiveEntry(path: PackageSignature.path, content: Array(signature.text.utf8))) }
        return try TarWriter.archive(of: entries + files)
    }

    /// Reads a `.hookpack` file, which may come from a stranger.
    ///
    /// - Throws: `ArchiveError` or `PackageError` with the first thing that is wrong.
    package init(archive bytes: [UInt8]) throws {
        var entries = try TarReader.entries(of: bytes, limits: Self.limits)[...]
        guard let first = entries.popFirst(), first.path == PackageLock.path else {
            throw PackageError(.badLock, "the archive is not a package: a package begins with its \(PackageLock.path)")
        }
        lock = try PackageLock(text: first.content)
        if entries.first?.path == PackageSignature.path, let entry = entries.popFirst() {
            signature = try PackageSignature(text: entry.content, of: lock)
        }
        files = Array(entries)
        try Self.checkNames(files)
        try Self.check(files, against: lock)
    }

    /// Compares files with a lock.
    private static func check(_ files: [ArchiveEntry], against lock: PackageLock) throws(PackageError) {
        let packed = Dictionary(lock.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for file in files {
            let shown = ArchivePath.shown(file.path)
            guard let entry = packed[file.path] else {
                throw PackageError(.changed, "the file \(shown) is not in the package's lock: somebody added it after it was packed")
            }
            guard entry.size == file.content.count, entry.sha256 == Digest.hex(of: file.content) else {
                throw PackageError(.changed, "the file \(shown) was changed after it was packed: its SHA-256 differs")
            }
        }
        let there = Set(files.map(\.path))
        if let missing = lock.files.first(where: { !there.contains($0.path) }) {
            throw PackageError(.changed, "the file \(ArchivePath.shown(missing.path)), which the package's lock lists, is missing")
        }
        guard files.map(\.path) == lock.files.map(\.path) else {
            throw PackageError(.badLock, "the package's files are not in the order of its lock")
        }
    }
}
