import Foundation

extension Credential {
    /// Removes the credential from a response body: a server or proxy may echo what it received, and messages quote its words.
    func redacting(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        for secret in spellings { response.body = Self.replace(secret, in: response.body) }
        return response
    }

    /// The secret and the form in which it is sent.
    private var spellings: [[UInt8]] {
        let sent = authorization.drop { $0 != " " }.dropFirst()
        return switch self {
        case .apiKey(let key): [Array(key.utf8), Array(sent.utf8)]
        case .accessToken(let token): [Array(token.utf8)]
        }
    }

    private static func replace(_ secret: [UInt8], in body: [UInt8]) -> [UInt8] {
        guard !secret.isEmpty, var found = position(of: secret, in: body[...]) else { return body }
        var result: [UInt8] = []
        var rest = body[...]
        while true {
            result += rest[..<found] + Array("(credential)".utf8)
            rest = rest[(found + secret.count)...]
            guard let next = position(of: secret, in: rest) else { return result + rest }
            found = next
        }
    }

    /// The index at which `needle` begins; fast, since most responses are long and don't contain it.
    private static func position(of needle: [UInt8], in haystack: ArraySlice<UInt8>) -> Int? {
        // By a byte that responses hold less often than letters and digits, if it has one: a dash, a capital letter.
        let rare = needle.firstIndex { !(48...57).contains($0) && !(97...122).contains($0) } ?? 0
        return haystack.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return nil }
            var offset = 0
            while offset + needle.count <= bytes.count {
                let room = bytes.count - needle.count - offset + 1
                guard let hit = memchr(start + offset + rare, Int32(needle[rare]), room) else { return nil }
                offset = start.distance(to: UnsafeRawPointer(hit)) - rare
                if bytes[offset] == needle[0], memcmp(start + offset, needle, needle.count) == 0 { return haystack.startIndex + offset }
                offset += 1
            }
            return nil
        }
    }
}
