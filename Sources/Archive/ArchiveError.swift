import CodedErrors

/// Why an archive is refused, or cannot be made.
package struct ArchiveError: CodedError, Equatable {
    /// The kinds of refusal.
    package enum Code: String, CaseIterable, Sendable {
        /// Not an archive of this kind, or cut off, or its checksums do not fit.
        case damaged = "archive.damaged"
        /// More bytes or files than the limits allow.
        case tooBig = "archive.too_big"
        /// An entry that is no plain file: a link, a folder, a device, a file with holes.
        case notAFile = "archive.not_a_file"
        /// A path that leads out of the folder, or that not every system can store.
        case badPath = "archive.bad_path"
        /// Two entries that would be one file somewhere.
        case duplicate = "archive.duplicate"
        /// Something beside paths and contents: owners, times, rights, hidden bytes.
        case notPlain = "archive.not_plain"
    }

    /// The kind of refusal.
    package let code: Code
    /// What was found, where, and what is allowed.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var explanation: String { message }
}
