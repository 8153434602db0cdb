import Foundation
import Mailchimp
import MailchimpSimulator
import Testing

@Suite("explain follows one user through a run")
struct ExplainTests {
    private static let manifest =
        Shop.activation.replacing(
            #"where: { field: country, op: "=", value: FR }"#,
            with: "where:\n    all:\n      - { field: country, op: in, value: [FR, BE] }\n      - { field: id, op: \">\", value: 1 }")
        + "\nhooks: hooks.lua\n"

    private static let hooks = """
        local function is_blocked(user)
          return user.id == 4
        end
        return {
          map = function(user)
            if user.id == 5 then return { email = 'five@example.org', tier = 'gold' } end
          end,
          filter = function(user)
            if is_blocked(user) then
              return false, 'blocked'
            end
            return true
          end,
        }
        """

    private static let users = """
        id,email,country
        1,one@example.com,FR
        2,Two@Example.com,FR
        3,three@example.com,
        4,four@example.com,BE
        5,old@example.com,FR
        6,two@example.com,BE
        7,seven@example.com,BE

        """

    /// What `explain --json` prints, as far as these tests look at it.
    private struct Explanation: Decodable {
        let rowsRead: Int
        let rowsLeftOut: Int
        let sourceWasRead: Bool
        let rows: [Row]
        let segments: [Segment]
        let stop: Failure?

        struct Row: Decodable {
            let row: Int
            let verdict: String
            let reason: String?
            let address: String?
        }

        struct Segment: Decodable {
            let ledger: String?
            let atMailchimp: Bool?
            let next: String
        }

        struct Failure: Decodable { let code: String }
    }

    private func explanation(of address: String, _ shop: Shop) async throws -> Explanation {
        let result = try await shop.shell.hookline("explain", "vip", address, "--json")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Explanation.self, from: Data(result.output.utf8))
    }

    private func withShop(_ body: (Shop, (String...) async throws -> String) async throws -> Void) async throws {
        var options = SimulatorOptions()
        options.contacts = .these([
            ("two@example.com", .subscribed), ("four@example.com", .subscribed), ("five@example.org", .subscribed),
            ("one@example.com", .subscribed),
        ])
        let shop = try await Shop(options, manifest: Self.manifest, hooks: Self.hooks)
        try shop.write("data/users.csv", Self.users)
        do {
            try await body(shop) { arguments in
                let result = try await shop.shell.hookline(["explain", "vip"] + arguments)
                #expect(result.status == 0, "\(arguments): \(result.output)\(result.errors)")
                return result.output
            }
        } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    @Test("before the first run: the row, each rule with its value, each hook with its line, and what would happen")
    func beforeTheFirstRun() async throws {
        try await withShop { shop, explain in
            let two = try await explain("TWO@example.com")
            for line in [
                "two@example.com and activation 'vip'", "row 2 (key 2): kept", "row 6 (key 6): duplicate of row 2", "rules: all",
                "country in [FR, BE]  holds  it is 'FR'", "id > 1               holds  it is 2", "filter  hooks.lua:12  → true",
                "map     hooks.lua:7   → nil: the user as it is", "Mailchimp: a contact of the audience, subscribed",
                "segment 'VIP customers': not known", "would add it to 'VIP customers'",
                "no run of the last 90 days changed anything for it",
            ] { #expect(two.contains(line), "\(line) in \(two)") }
            let three = try await explain("three@example.com")
            #expect(three.contains("row 3 (key 3): dropped by rules"), "\(three)")
            #expect(three.contains("country in [FR, BE]  unknown  it is NULL"), "\(three)")
            #expect(three.contains("Mailchimp: not a contact of the audience"), "\(three)")
            #expect(try await explain("four@example.com").contains("filter  hooks.lua:10  → false: blocked"))
            #expect(try await explain("nobody@example.com").contains("source 'shop': no row has this address (7 rows read)"))
            #expect(shop.server.segments.isEmpty)
            #expect(try await shop.shell.hookline("history", "vip").output.contains("'vip' has not run yet"))
        }
    }

    @Test("after runs: since when the ledger knows the user, where they are, and what each run did")
    func afterRuns() async throws {
        try await withShop { shop, explain in
            #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
            let five = try await explain("five@example.org")
            for line in [
                "row 5 (key 5): kept", "map     hooks.lua:6   → email = five@example.org, tier = gold",
                "a contact of the audience, subscribed", "in segment 'VIP customers' (id ", ": member since 20", "would keep it in",
                "added  'VIP customers'",
            ] { #expect(five.contains(line), "\(line) in \(five)") }
            // The address before the hook leads to the same row.
            #expect(try await explanation(of: "old@example.com", shop).rows.map(\.address) == ["five@example.org"])
            let seven = try await explanation(of: "seven@example.com", shop)
            #expect(seven.segments.first?.ledger == "not a contact")
            #expect(seven.segments.first?.next == "add", "asked again, where that costs no call")

            try shop.write("data/users.csv", Self.users.replacing("5,old@example.com,FR\n", with: ""))
            #expect(try await explanation(of: "five@example.org", shop).segments.map(\.next) == ["remove"])
            #expect(try await shop.shell.hookline("run", "vip", "--yes", "--allow-removals", "5").status == 0)
            #expect(try await explain("five@example.org").contains("removed  'VIP customers'"))
            let gone = try await explanation(of: "five@example.org", shop)
            #expect(gone.rows.isEmpty)
            #expect(
                gone.segments.first?.ledger == nil && gone.segments.first?.atMailchimp == false && gone.segments.first?.next == "nothing")
        }
    }

    @Test("as JSON, and what would stop the run is told; an address that is none is refused")
    func json() async throws {
        try await withShop { shop, _ in
            #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
            try shop.write("data/users.csv", "id,email,country\n")
            let two = try await explanation(of: "two@example.com", shop)
            #expect(two.stop?.code == "safeguards.empty_source")
            let segment = try #require(two.segments.first)
            #expect(segment.ledger == "member" && segment.atMailchimp == true && segment.next == "remove")
            let refused = try await shop.shell.hookline("explain", "vip", "two")
            #expect(refused.status == 2)
            #expect(refused.errors.contains("'two'") && refused.errors.contains("[usage]"), "\(refused.errors)")
        }
    }

    @Test("what was not read, was left out, failed, or is disputed is said as such")
    func doubts() async throws {
        try await withShop { shop, explain in
            try shop.write(
                "activations/vip/hooks.lua", "return { filter = function(user) if user.id == 2 then error('boom') end return true end }")
            try shop.write(
                "activations/vip/activation.yaml",
                Self.manifest.replacing("model: { ", with: "model: { on_bad_value: drop, ") + "safeguards: { on_script_error: drop }\n")
            try shop.write("data/users.csv", Self.users + "x,left@example.com,FR\n")
            let left = try await explanation(of: "left@example.com", shop)
            #expect(left.rows.isEmpty && left.rowsRead == 8 && left.rowsLeftOut == 1)
            let two = try await explain("two@example.com")
            #expect(two.contains("row 2 (key 2): dropped: script error"), "\(two)")
            #expect(two.contains("script error: vip: filter failed at hooks.lua:1"), "\(two)")
            #expect(try await explanation(of: "seven@example.com", shop).segments.map(\.next) == ["add"])
            #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
            let id = shop.server.segments.first { $0.name == "VIP customers" }?.id ?? 0
            let client = MailchimpClient(
                configuration: MailchimpConfiguration(credential: .apiKey(shop.server.key), baseURL: shop.server.baseURL))
            let batch = try #require(MemberBatch(add: [], remove: ["four@example.com"]))
            _ = try await client.changeMembers(audience: shop.server.audience, segment: id, batch: batch)
            let disputed = try #require(try await explanation(of: "four@example.com", shop).segments.first)
            #expect(disputed.ledger == "member" && disputed.atMailchimp == false && disputed.next == "keep")
            try await client.deleteSegment(audience: shop.server.audience, id: id)
            _ = try await client.createSegment(audience: shop.server.audience, name: "vip customers")
            try await client.shutdown()
            let stopped = try await explanation(of: "four@example.com", shop)
            #expect(!stopped.sourceWasRead && stopped.stop?.code == "engine.segment_exists")
        }
    }

    @Test("of thousands of rows with one address some are told, and the rest are counted")
    func manyRows() async throws {
        try await withShop { shop, explain in
            try shop.write("data/users.csv", "id,email,country\n" + (1...3_000).map { "\($0),same@example.com,FR\n" }.joined())
            let same = try await explain("same@example.com")
            #expect(same.contains("and 2,950 more rows with this address"), "\(same.suffix(300))")
            #expect(same.contains("row 3 (key 3): duplicate of row 2"))
        }
    }
}
