import HooklineCore
import Text

/// A text that is an email address.
package struct UserAddress: Sendable {
    /// As it was given.
    package let text: String

    /// - Parameters:
    ///   - text: as it was given.
    ///   - usage: the command that takes it.
    /// - Throws: `usage`.
    package init(_ text: String, usage: String = "hookline explain NAME EMAIL") throws(AppError) {
        var buffer: [UInt8] = []
        // U+FFFD replaces bytes that are not UTF-8, and is in no address.
        let isAddress =
            !text.contains("\u{FFFD}") && Array(text.utf8).withUnsafeBufferPointer { EmailAddress.read($0, into: &buffer) } == .address
        guard isAddress else {
            throw AppError(.usage, "'\(String(text.prefix(100)).onOneLine)' is not an email address: \(usage)")
        }
        self.text = text
    }
}
