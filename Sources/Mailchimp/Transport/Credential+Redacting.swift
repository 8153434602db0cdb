import Foundation

extension Credential {
    /// The answer with the credential taken out of its body: a proxy or server may echo what it was sent, and its words are kept.
    func redacting(_ answer: HTTPAnswer) -> HTTPAnswer {
        var answer = answer
        for secret in spellings { answer.body = Self.replace(secret, in: answer.body) }
        return answer
    }

    /// The secret itself and the form in which it travels.
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

    /// The index at which `needle` begins; quick, since most answers are long and hold none.
    private static func position(of needle: [UInt8], in haystack: ArraySlice<UInt8>) -> Int? {
        haystack.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return nil }
            var offset = 0
            while offset + needle.count <= bytes.count {
                guard let hit = memchr(start + offset, Int32(needle[0]), bytes.count - needle.count - offset + 1) else { return nil }
                offset = start.distance(to: UnsafeRawPointer(hit))
                if memcmp(start + offset, needle, needle.count) == 0 { return haystack.startIndex + offset }
                offset += 1
            }
            return nil
        }
    }
}
