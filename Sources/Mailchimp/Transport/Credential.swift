import Foundation

/// What lets us in: an API key, or an OAuth access token. Never printed.
package enum Credential: Sendable, Equatable {
    /// A key as Mailchimp shows it, `0123…-us21`; what follows the last dash names the data centre.
    case apiKey(String)
    /// A token of OAuth 2, which has no expiry and doesn't say its data centre.
    case accessToken(String)

    /// The `Authorization` header of calls: Basic with any user name for a key, Bearer for a token.
    var authorization: String {
        switch self {
        case .apiKey(let key): "Basic " + Data("anystring:\(key)".utf8).base64EncodedString()
        case .accessToken(let token): "Bearer \(token)"
        }
    }

    /// The data centre that a key names, such as `us21`; nil for a token and for a key without one.
    var dataCentre: String? {
        guard case .apiKey(let key) = self, let dash = key.lastIndex(of: "-") else { return nil }
        let suffix = key[key.index(after: dash)...]
        return DataCentre.isValid(suffix) ? String(suffix) : nil
    }

    /// Why the credential can't be used at all, or nil. A line break in it would end the header.
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

/// The names of Mailchimp's data centres: `us21` and the like.
enum DataCentre {
    /// Whether it may become part of a host name: lowercase letters and digits only.
    static func isValid(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.utf8.count <= 16
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
