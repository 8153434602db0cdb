import Archive

/// The list of a package's files with their digests: `hookpack.lock`, the first entry of a `.hookpack` file.
///
/// Its bytes identify the package: whatever differs in a file, a name or the tests differs here. docs/reference/package-format.md describes
/// the format.
package struct PackageLock: Equatable, Sendable {
    /// A file as it was packed.
    package struct File: Equatable, Sendable {
        package var path: String
        /// Bytes.
        package var size: Int
        /// 64 hexadecimal digits.
        package var sha256: String

        package init(path: String, size: Int, sha256: String) {
            self.path = path
            self.size = size
            self.sha256 = sha256
        }
    }

    /// The lock's name in the archive.
    package static let path = "hookpack.lock"
    /// The version of the format that this build writes and reads.
    package static let format = 1

    package var name: String
    package var version: String
    /// Whether its tests passed when it was packed.
    package var isTested: Bool
    /// Sorted by the bytes of their paths.
    package var files: [File]

    package init(name: String, version: String, isTested: Bool, files: [File]) {
        self.name = name
        self.version = version
        self.isTested = isTested
        self.files = files
    }

    /// The text of the entry. There is only one way to write it.
    package var text: String {
        var lines = ["hookpack \(Self.format)", "name \(name)", "version \(version)", "tested \(isTested ? "yes" : "no")"]
        lines += files.map { "file \($0.sha256) \($0.size) \($0.path)" }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Identifies the package: `sha256:…` of the lock's bytes.
    package var digest: String { Digest.name(of: text.utf8) }

    /// Reads a lock.
    ///
    /// - Throws: `package.bad_lock`, with the line.
    package init(text bytes: [UInt8]) throws(PackageError) {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast() == "", lines.count > 4 else { throw Self.bad("is cut off") }
        if let format = Self.value(lines[0], of: "hookpack"), format != "\(Self.format)" {
            throw Self.bad(
                "has format \(ArchivePath.shown(String(format.prefix(20)))), but this Hookline reads format \(Self.format): upgrade Hookline, or pack it again"
            )
        }
        guard Self.value(lines[0], of: "hookpack") != nil, let name = Self.value(lines[1], of: "name"),
            let version = Self.value(lines[2], of: "version"), let tested = Self.value(lines[3], of: "tested")
        else { throw Self.bad("does not begin with hookpack, name, version and tested") }
        self.init(name: name, version: version, isTested: tested == "yes", files: [])
        for (number, line) in lines.enumerated().dropFirst(4) {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
            guard words.count == 4, words[0] == "file", let size = Int(words[2]), size >= 0,
                words[1].utf8.count == 64, words[1].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
            else {
                throw Self.bad("has a line that describes no file (line \(number + 1))")
            }
            files.append(File(path: String(words[3]), size: size, sha256: String(words[1])))
        }
        // Written again it is the same, so nothing in it was overlooked.
        guard self.text.utf8.elementsEqual(bytes) else { throw Self.bad("is not written the way 'hookline pack' writes it") }
        guard Self.isName(name) else {
            throw Self.bad("has a name for the package that is not 1 to 64 lowercase letters, digits and dashes")
        }
        guard Self.isVersion(version) else { throw Self.bad("has a version that does not look like 1.0.0 (semver.org)") }
        guard files.map({ Array($0.path.utf8) }).isStrictlySorted else {
            throw Self.bad("does not list its files in order, each of them once")
        }
    }

    private static func value(_ line: Substring, of key: String) -> String? {
        line.hasPrefix(key + " ") ? String(line.dropFirst(key.count + 1)) : nil
    }

    /// Whether a text may be a package's name.
    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }

    /// Whether a text has the characters of a version, and no more than a person would write. The manifest's reader knows what it means.
    private static func isVersion(_ version: String) -> Bool {
        (1...64).contains(version.utf8.count)
            && version.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || "-+.".utf8.contains($0)
            }
    }

    private static func bad(_ what: String) -> PackageError { PackageError(.badLock, "the package's \(path) \(what)") }
}

extension [[UInt8]] {
    /// Whether each comes after the one before in the order of bytes.
    var isStrictlySorted: Bool { zip(self, dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) } }
}
