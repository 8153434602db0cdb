import CodedErrors

/// Why a package is refused, cannot be made, or cannot be installed.
package struct PackageError: CodedError, Equatable {
    /// The kinds of failure; each has a heading in `docs/reference/errors.md`.
    package enum Code: String, CaseIterable, Sendable {
        /// There is no such file, folder or installed package.
        case notFound = "package.not_found"
        /// It cannot be packed, installed or verified as it is: a link, a name that not every system can store, no manifest or version.
        case unfit = "package.unfit"
        /// The lock is missing or unreadable, or does not match the files.
        case badLock = "package.bad_lock"
        /// A file differs from the one that was packed or installed.
        case changed = "package.changed"
        /// The signature does not belong to these files.
        case badSignature = "package.bad_signature"
        /// Somebody else signed it than before, or than was asked for.
        case otherSigner = "package.other_signer"
        /// A key that cannot be read, or that others can read.
        case badKey = "package.bad_key"
        /// The name, version or file is already in use for something else.
        case taken = "package.taken"
        /// `hookline.lock` cannot be read.
        case badPins = "package.bad_pins"
        /// A file cannot be written.
        case cannotWrite = "package.cannot_write"
        /// The package could not be downloaded.
        case download = "package.download"
        /// Its tests fail, or it has none.
        case untested = "package.untested"
    }

    /// The kind of failure.
    package let code: Code
    /// What was found, where, what is allowed, and what to do.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A package that the wanted key did not sign.
    package static func otherSigner(_ name: String, _ signer: String?, wanted: String) -> PackageError {
        PackageError(.otherSigner, "'\(name)' is signed by \(signer ?? "nobody"), not by \(wanted)")
    }

    /// A package that `hookline.lock` lists but whose folder is gone.
    package static func missing(_ name: String, _ pin: PackagePins.Pin) -> PackageError {
        PackageError(.notFound, "'packages/\(name)' is missing; install it again: hookline install \(pin.from)")
    }

    /// A file or folder that the system does not allow to be written.
    package static func cannotWrite(_ path: String) -> PackageError {
        PackageError(.cannotWrite, "'\(path)' cannot be written: check that you may write there and that the disk has room")
    }

    package var explanation: String { message }
}
