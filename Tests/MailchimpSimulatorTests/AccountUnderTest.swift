import Foundation
import MailchimpSimulator

/// An account with a few contacts, and shorthands for calls.
struct AccountUnderTest {
    static let list = "/3.0/lists/\(SimulatorOptions.defaultAudience)"

    /// Ada, Bob, and Cleo are subscribed; the others are named after their states.
    static let people: [(address: String, status: ContactStatus)] = [
        ("Ada@Example.com", .subscribed), ("bob@example.com", .subscribed), ("cleo@example.com", .subscribed),
        ("unsubscribed@example.com", .unsubscribed), ("cleaned@example.com", .cleaned), ("pending@example.com", .pending),
        ("transactional@example.com", .transactional), ("archived@example.com", .archived),
    ]

    var account: SimulatedAccount
    var now = SimulatedInstant.beginning

    init(_ change: (inout SimulatorOptions) -> Void = { _ in }) throws {
        var options = SimulatorOptions()
        options.contacts = .these(Self.people)
        change(&options)
        account = try SimulatedAccount(options)
    }

    @discardableResult
    mutating func ask(
        _ method: String, _ path: String, _ body: [String: Any]? = nil, authorization: String? = "Bearer \(SimulatorOptions.defaultKey)"
    ) throws -> Answer {
        let bytes = try body.map { Array(try JSONSerialization.data(withJSONObject: $0)) } ?? []
        let target = path.hasPrefix("/3.0") ? path : Self.list + path
        return Answer(
            account.answer(to: SimulatedRequest(method, target, authorization: authorization, body: bytes, arrival: now)))
    }

    /// Creates a tag and returns its ID.
    mutating func makeTag(_ name: String = "VIP", _ members: [String] = []) throws -> Int {
        try ask("POST", "/segments", ["name": name, "static_segment": members]).number("id")
    }

    mutating func change(_ segment: Int, add: [String]? = nil, remove: [String]? = nil) throws -> Answer {
        var body: [String: Any] = [:]
        body["members_to_add"] = add
        body["members_to_remove"] = remove
        return try ask("POST", "/segments/\(segment)", body)
    }

    /// All members of a segment, including those that the API hides.
    func members(of segment: Int) -> [String] {
        account.segmentViews.first { $0.id == segment }?.members ?? []
    }
}

/// An answer, and shorthands for values in its JSON.
struct Answer {
    let raw: SimulatedAnswer
    var status: Int { raw.status }

    init(_ raw: SimulatedAnswer) {
        self.raw = raw
    }

    var json: [String: Any] {
        ((try? JSONSerialization.jsonObject(with: Data(raw.body))) as? [String: Any]) ?? [:]
    }

    func number(_ key: String) -> Int { json[key] as? Int ?? .min }
    func text(_ key: String) -> String { json[key] as? String ?? "" }
    func objects(_ key: String) -> [[String: Any]] { json[key] as? [[String: Any]] ?? [] }
    func texts(_ key: String, of inner: String) -> [String] { objects(key).compactMap { $0[inner] as? String } }

    /// The field and message of each entry of a problem's `errors`.
    var fieldErrors: [String] {
        objects("errors").map { "\($0["field"] as? String ?? "?"): \($0["message"] as? String ?? "?")" }
    }

    /// The addresses and message of each entry of a batch's `errors`.
    var addressErrors: [String] {
        objects("errors").map {
            "\(($0["email_addresses"] as? [String] ?? ["?"]).joined(separator: " ")): \($0["error"] as? String ?? "?")"
        }
    }
}
