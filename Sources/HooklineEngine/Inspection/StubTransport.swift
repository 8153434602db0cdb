import Foundation
import Mailchimp

/// Answers a test's requests without a network: the audience has the test's segments, and no contact has changed.
struct StubTransport: Transport {
    /// A static segment, as Mailchimp describes it.
    struct Segment: Encodable {
        let id: Int
        let name: String
        let members: Int
        let type = "static"

        private enum CodingKeys: String, CodingKey {
            case id, name, type
            case members = "member_count"
        }
    }

    private struct Listing: Encodable {
        let segments: [Segment]
        let total: Int

        private enum CodingKeys: String, CodingKey {
            case segments
            case total = "total_items"
        }
    }

    let segments: [Segment]

    func send(_ call: HTTPRequest) async throws -> HTTPResponse {
        let path = call.url.prefix { $0 != "?" }
        if let segment = segments.first(where: { path.hasSuffix("/segments/\($0.id)") }) { return try answer(segment) }
        if path.hasSuffix("/segments") { return try answer(Listing(segments: segments, total: segments.count)) }
        return HTTPResponse(status: 200, contentType: "application/json", body: Array(#"{"members":[],"total_items":0}"#.utf8))
    }

    private func answer(_ value: some Encodable) throws -> HTTPResponse {
        HTTPResponse(status: 200, contentType: "application/json", body: Array(try JSONEncoder().encode(value)))
    }
}
