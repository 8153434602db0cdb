import Foundation
import MailchimpSimulator
import Testing

@Suite("The main job, with the program and a server")
struct MainJobTests {
    static let moods: [String] = ["", "429=10% 500=10% lost=5%"]

    @Test("a file of 3,000 users: first run, changes, no changes", arguments: moods)
    func threeRuns(_ mood: String) async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(3_300)
        options.faults = try mood.split(separator: " ").map { try .parse(String($0)) }
        let shop = try await Shop(options)

        // Users 3,301 to 3,400 are no contacts.
        try shop.write(users: users(401...3_400))
        let first = try await shop.shell.hookline("run", "vip", "--json")
        #expect(first.status == 0, "\(first.errors)")
        #expect(shop.members() == addresses(401...3_300))
        try expectBuckets(first, inSegment: 2_900, notContacts: 100)

        try shop.write(users: users(501...3_400) + users(1...50) + users(51...60, "DE"))
        let second = try await shop.shell.hookline("run", "vip", "--json")
        #expect(second.status == 0, "\(second.errors)")
        #expect(shop.members() == (addresses(1...50) + addresses(501...3_300)))

        let callsBefore = shop.server.journal.total
        let third = try await shop.shell.hookline("run", "vip", "--json")
        #expect(third.status == 0)
        if mood.isEmpty { #expect(shop.server.journal.total - callsBefore <= 2) }
        #expect(shop.members() == (addresses(1...50) + addresses(501...3_300)))

        let journal = shop.server.journal
        #expect(journal.contactsCreatedThroughAPI == 0)
        #expect(journal.contactsChangedThroughAPI == 0)
        #expect(journal.mostAddressesToAdd <= 500 && journal.mostAddressesToRemove <= 500)
        #expect(journal.highestConcurrency <= 10)
        await shop.close()
    }

    private func expectBuckets(_ result: Shell.Result, inSegment: Int, notContacts: Int) throws {
        let report = try result.json()
        let buckets = try #require(report["buckets"] as? [String: Any])
        #expect(buckets["in_segment"] as? Int == inSegment)
        #expect(buckets["not_a_contact"] as? Int == notContacts)
        let total = buckets.values.reduce(0) { $0 + (($1 as? Int) ?? ($1 as? [String: Int])?.values.reduce(0, +) ?? 0) }
        #expect(total == report["rows"] as? Int)
    }

    @Test("hooks decide who stays and what the segment is called")
    func hooks() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(20)
        let shop = try await Shop(
            options, manifest: Shop.activation + "\nhooks: hooks.lua\n",
            hooks: """
                return {
                  filter = function(user) if user.id % 2 == 0 then return false, "even" end return true end,
                  name = function(segment) return segment.name .. " · odd" end,
                }
                """)
        try shop.write(users: users(1...20))
        let result = try await shop.shell.hookline("run", "vip", "--json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(shop.members("VIP customers · odd") == addresses(stride(from: 1, through: 19, by: 2)))
        let buckets = try result.json()["buckets"] as? [String: Any]
        #expect(buckets?["dropped_by_hook"] as? [String: Int] == ["even": 10])
        await shop.close()
    }

    @Test("plan names who would enter and leave, and changes nothing; apply sends exactly that, once")
    func planAndApply() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(20)
        let shop = try await Shop(options)
        try shop.write(users: users(1...6))
        let plan = try await shop.shell.hookline("plan", "vip", "--json", "-o", "plan.json")
        #expect(plan.status == 0, "\(plan.errors)")
        let segment = try #require((try plan.json()["segments"] as? [[String: Any]])?.first)
        #expect(segment["adds"] as? [String] == addresses(1...6))
        #expect(segment["removes"] as? [String] == [])
        #expect(shop.server.segments.isEmpty)
        #expect(try await shop.shell.hookline("apply", "plan.json").status == 0)
        #expect(shop.members() == addresses(1...6))
        let again = try await shop.shell.hookline("apply", "plan.json")
        #expect(again.status == 1)
        #expect(again.output.contains("engine.stale_plan"))
        await shop.close()
    }

    @Test("a safeguard stops with exit code 3, and its flag lets the run go on")
    func safeguard() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(100)
        let shop = try await Shop(options, manifest: Shop.activation + "\nsafeguards: { max_removed: 20% }\n")
        try shop.write(users: users(1...100))
        #expect(try await shop.shell.hookline("run", "vip").status == 0)
        try shop.write(users: users(1...70))
        let stopped = try await shop.shell.hookline("run", "vip")
        #expect(stopped.status == 3)
        #expect(stopped.output.contains("--allow-removals 30"))
        #expect(shop.members().count == 100)
        #expect(try await shop.shell.hookline("run", "vip", "--allow-removals", "30").status == 0)
        #expect(shop.members().count == 70)
        await shop.close()
    }

    @Test("a refresh makes the segment anew, or empties it and keeps its id")
    func refresh() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(20)
        let shop = try await Shop(options)
        try shop.write(users: users(1...10))
        #expect(try await shop.shell.hookline("run", "vip").status == 0)
        let before = shop.server.segments[0].id
        #expect(try await shop.shell.hookline("run", "vip", "--refresh=reset").status == 0)
        #expect(shop.server.segments[0].id == before)
        #expect(try await shop.shell.hookline("run", "--refresh", "vip").status == 0)
        #expect(shop.server.segments[0].id != before)
        #expect(shop.members() == addresses(1...10))
        await shop.close()
    }

    @Test("a row that cannot be read stops the run, and nobody leaves")
    func brokenSource() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(20)
        let shop = try await Shop(options)
        try shop.write(users: users(1...20))
        #expect(try await shop.shell.hookline("run", "vip").status == 0)
        try shop.write("data/users.csv", "id,email,country\n1,user0000001@example.com,FR\n2,user0000002@example.com\n")
        let broken = try await shop.shell.hookline("run", "vip")
        #expect(broken.status == 1)
        #expect(broken.output.contains("sources.ragged_row"))
        #expect(shop.members().count == 20)
        await shop.close()
    }
}
