import Foundation

/// An API key or an OAuth access token. Never printed.
package enum Credential: Sendable, Equatable {
    /// An API key as Mailchimp shows it, `0123…-us21`; the part after the last dash names the data center.
    case apiKey(String)
    /// An OAuth 2 access token, which never expires and doesn't name its data center.
    case accessToken(String)

    /// The `Authorization` header: Basic with any user name for a key, Bearer for a token.
    var authorization: String {
        switch self {
        case .apiKey(let key): "Basic " + Data("anystring:\(key)".utf8).base64EncodedString()
        case .accessToken(let token): "Bearer \(token)"
        }
    }

    /// The data center in a key, such as `us21`; nil for a token and for a key without one.
    var dataCenter: String? {
        guard case .apiKey(let key) = self, let dash = key.lastIndex(of: "-") else { return nil }
        let suffix = key[key.index(after: dash)...]
        return DataCenter.isValid(suffix) ? String(suffix) : nil
    }

    /// Why the credential is unusable; nil when it isn't. A line break would end the header.
    var fault: String? {
        let (secret, noun) =
            switch self {
            case .apiKey(let key): (key, "API key")
            case .accessToken(let token): (token, "access token")
            }
        if secret.isEmpty { return "the \(noun) is empty" }
        let printable = secret.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return printable ? nil : "the \(noun) contains spaces, line breaks or characters that no \(noun) has"
    }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .apiKey: "API key (hidden)"
        case .accessToken: "access token (hidden)"
        }
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
