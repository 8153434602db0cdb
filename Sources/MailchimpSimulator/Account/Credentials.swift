import Foundation

/// Checks the API key (by Basic, Bearer, or `apikey`) or the OAuth token (by Bearer or OAuth).
struct Credentials: Sendable {
    var key: String
    var token: String

    /// Checks an `Authorization` header.
    ///
    /// - Throws: 401 for a missing or wrong key, and 403 for a key of another data center.
    func check(_ authorization: String?) throws(Problem) {
        guard let secret = Self.secret(authorization), !secret.isEmpty else { throw .keyMissing }
        guard secret != key && secret != token else { return }
        let centre = secret.split(separator: "-").last ?? ""
        let isOtherCentre = secret.contains("-") && centre.hasPrefix("us") && centre.dropFirst(2).allSatisfy(\.isNumber)
        guard isOtherCentre, !key.hasSuffix("-\(centre)") else { throw .keyInvalid }
        throw .wrongDataCentre(centre)
    }

    func accepts(token given: String?) -> Bool {
        Self.secret(given) == token
    }

    private static func secret(_ authorization: String?) -> String? {
        guard let authorization else { return nil }
        let parts = authorization.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer", "oauth", "apikey": return parts[1]
        case "basic":
            guard let data = Data(base64Encoded: parts[1]), let colon = data.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            return String(decoding: data[(colon + 1)...], as: UTF8.self)
        default: return nil
        }
    }
}
