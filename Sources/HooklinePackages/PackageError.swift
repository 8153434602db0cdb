/// Why a package is refused, cannot be made, or cannot be installed.
package struct PackageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, CaseIterable, Sendable {
        /// There is no such file, folder, address or installed package.
        case notFound = "package.not_found"
        /// A folder that cannot be packed: a link, a name that not every system can store, no manifest.
        case unfit = "package.unfit"
        /// The lock is missing, unreadable, or does not fit the files.
        case badLock = "package.bad_lock"
        /// A file is not the one that was packed.
        case changed = "package.changed"
        /// The signature is no signature of these files.
        case badSignature = "package.bad_signature"
        /// Signed by somebody else than before, or than was asked for.
        case otherSigner = "package.other_signer"
        /// A key that cannot be read, or that others can read.
        case badKey = "package.bad_key"
        /// The workspace has an activation of that name already, or another version of the package.
        case taken = "package.taken"
        /// `hookline.lock` cannot be read.
        case badPins = "package.bad_pins"
        /// Files cannot be written.
        case cannotWrite = "package.cannot_write"
        /// The package could not be fetched.
        case download = "package.download"
        /// Its tests do not pass, or there are none.
        case untested = "package.untested"
    }

    /// The kind of failure.
    package let code: Code
    /// What was found, where, what is allowed and what to do.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A package that is not signed by whom it should be.
    package static func otherSigner(_ name: String, _ signer: String?, wanted: String) -> PackageError {
        PackageError(.otherSigner, "'\(name)' is signed by \(signer ?? "nobody"), not by \(wanted)")
    }

    /// A package that `hookline.lock` names and whose folder is gone.
    package static func missing(_ name: String, _ pin: PackagePins.Pin) -> PackageError {
        PackageError(.notFound, "'packages/\(name)' is missing; install it again: hookline install \(pin.from)")
    }

    /// A file or folder that the system does not let be written.
    package static func cannotWrite(_ path: String) -> PackageError {
        PackageError(.cannotWrite, "'\(path)' cannot be written: check that you may write there and that the disk has room")
    }

    /// `message [code]`.
    package var description: String { "\(message) [\(code.rawValue)]" }
}
