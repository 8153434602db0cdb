/// Where a database server is, and how to sign in, as a source of a workspace says it.
package struct DatabaseServer: Equatable, Sendable {
    /// How the connection is encrypted, and what proves that the server is the right one; libpq's words.
    package enum Encryption: String, CaseIterable, Sendable {
        case disable, allow, prefer, require
        case verifyCA = "verify-ca"
        case verifyFull = "verify-full"
    }

    /// Everything in one text; nil for a server that is named by its parts.
    package var url: HiddenText?
    /// A name, an address, or the folder of a Unix socket.
    package var host: String?
    package var port: Int?
    package var database: String?
    package var user: String?
    package var password: HiddenText?
    /// Nil for the source's default.
    package var encryption: Encryption?
    /// The absolute path of the file with the certificates that may sign the server's; nil for the system's.
    package var rootCertificates: String?
    /// The most seconds that connecting may take.
    package var connectTimeout = 10
    /// The most milliseconds that the query may take on the server; nil for the server's own limit.
    package var statementTimeout: Int?
    /// Where tables without a schema are; nil for the user's search path.
    package var schema: String?

    package init() {}
}

/// A text that no message, log, or dump shows.
package struct HiddenText: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The text itself.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { "(hidden)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
