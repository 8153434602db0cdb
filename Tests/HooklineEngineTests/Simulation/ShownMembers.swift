import Foundation
import Mailchimp

/// How many members the account showed of each segment, whatever a run made of it.
struct ShownMembers {
    /// By Mailchimp's ID.
    private(set) var counts: [Int: Set<Int>] = [:]
    /// Who was listed, by Mailchimp's ID.
    private(set) var listed: [Int: Set<String>] = [:]

    private struct Answer: Decodable {
        struct Segment: Decodable {
            var id: Int
            var count: Int

            enum CodingKeys: String, CodingKey {
                case id
                case count = "member_count"
            }
        }
        struct Member: Decodable {
            var address: String

            enum CodingKeys: String, CodingKey { case address = "email_address" }
        }

        var id: Int?
        var count: Int?
        var segments: [Segment]?
        var members: [Member]?

        enum CodingKeys: String, CodingKey {
            case id, segments, members
            case count = "member_count"
        }
    }

    /// Takes in what the account answered.
    mutating func note(_ body: [UInt8], to call: HTTPRequest) {
        guard call.method == "GET", call.url.contains("/segments"), let answer = try? JSONDecoder().decode(Answer.self, from: Data(body))
        else { return }
        if let id = answer.id, let count = answer.count { counts[id, default: []].insert(count) }
        for segment in answer.segments ?? [] { counts[segment.id, default: []].insert(segment.count) }
        let path = call.url.prefix { $0 != "?" }.split(separator: "/")
        if path.last == "members", let id = path.dropLast().last.flatMap({ Int($0) }) {
            listed[id, default: []].formUnion((answer.members ?? []).map { $0.address.lowercased() })
        }
    }
}
