import CodedErrors

/// Why an archive is refused or cannot be made.
package struct ArchiveError: CodedError, Equatable {
    /// Stable codes, each with a heading in docs/reference/errors.md.
    package enum Code: String, CaseIterable, Sendable {
        /// Not a plain tar archive, truncated, or with wrong checksums; or libarchive failed.
        case damaged = "archive.damaged"
        /// More bytes or files than the limits allow.
        case tooBig = "archive.too_big"
        /// An entry that is not a plain file: a link, a folder, a device, a sparse file.
        case notAFile = "archive.not_a_file"
        /// A path that leads outside the folder, or that some systems cannot store.
        case badPath = "archive.bad_path"
        /// Two entries that would be the same file on some system.
        case duplicate = "archive.duplicate"
        /// Something besides paths and contents: owners, times, permissions, hidden bytes.
        case notPlain = "archive.not_plain"
    }

    package let code: Code
    /// One sentence: what was found, where, and what is allowed.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var explanation: String { message }
}
