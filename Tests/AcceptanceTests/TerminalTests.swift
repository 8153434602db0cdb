import Foundation
import MailchimpSimulator
import Testing

@testable import hookline

@Suite("On a terminal")
struct TerminalTests {
    private static let table: TextTable = {
        var table = TextTable(header: ["run", "what happened", "rows"], rightAligned: [2])
        table.add("20260301-060000-9f3c21ab", "one of three members would leave, which is too many", "12")
        return table
    }()

    @Test("a table fits any width: words wrap, then rows become lines, and nothing is cut", arguments: [200, 60, 45, 30, 5])
    func widths(_ width: Int) {
        let text = Self.table.text(width: width)
        let longest = text.split(separator: "\n").map(\.count).max() ?? 0
        if width >= 45 { #expect(longest <= width, "\(text)") }
        #expect(text.contains("20260301-060000-9f3c21ab"))
        for word in ["three", "members", "leave,", "many", "12"] { #expect(text.contains(word)) }
    }

    @Test("a table without a width is as wide as it is")
    func pipe() {
        #expect(Self.table.text(width: nil).split(separator: "\n").count == 2)
    }

    @Test("colors are for terminals only, and for whoever wants them")
    func colors() {
        #expect(Palette.plain.paint("done", .green) == "done")
        #expect(Palette(isOn: true).paint("done", .green) == "\u{1B}[32mdone\u{1B}[0m")
        #expect(Palette(isOn: true).paint("", .green).isEmpty)
        #expect(Palette.areWelcome(["NO_COLOR": ""]) && !Palette.areWelcome(["NO_COLOR": "1"]) && !Palette.areWelcome(["TERM": "dumb"]))
    }

    @Test("a plan lists people by row and key, and by address only where it is asked to")
    func people() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(60)
        let shop = try await Shop(options)
        try shop.write(users: users(1...30))
        let plan = try await shop.shell.hookline("plan", "vip")
        #expect(plan.output.contains("row 1 (1)") && plan.output.contains("row 20 (20)") && plan.output.contains("and 10 more"))
        #expect(!plan.output.contains("@") && !plan.output.contains("\u{1B}"))
        _ = try await shop.shell.hookline("run", "vip")
        try shop.write(users: users(5...30))
        let leaving = try await shop.shell.hookline("plan", "vip")
        #expect(leaving.output.contains("--addresses shows them") && !leaving.output.contains("@"))
        let shown = try await shop.shell.hookline("plan", "vip", "--addresses", "--all")
        for address in addresses(1...4) { #expect(shown.output.contains(address)) }
        try shop.write(users: users(1...30))
        #expect(try await shop.shell.hookline("plan", "vip").output.contains("No changes."))
        await shop.close()
    }

    @Test("state and rows say what they would do, do it with --yes, and print JSON")
    func state() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(10)
        let shop = try await Shop(options)
        try shop.write(users: users(1...12))
        let run = try await shop.shell.hookline("run", "vip", "--json").json()["run"] as? String ?? ""
        let rows = try await shop.shell.hookline("rows", run, "--bucket", "not_a_contact", "--addresses")
        #expect(rows.output.contains(addresses([12])[0]) && rows.status == 0)
        let json = try await shop.shell.hookline("rows", run, "--bucket", "not_a_contact", "--json").json()
        #expect(json["total"] as? Int == 2 && (json["rows"] as? [[String: Any]])?.first?["address"] == nil)
        let unknown = try await shop.shell.hookline("rows", run, "--bucket", "x")
        #expect(unknown.status == 2 && unknown.errors.contains("[rows.unknown_bucket]"))

        let asked = try await shop.shell.hookline("state", "rename", "vip", "gold")
        #expect(asked.status == 3 && asked.output.contains("keeps: segment 'VIP customers'") && asked.errors.contains("--yes"))
        let done = try await shop.shell.hookline("-C", ".", "--json", "state", "rename", "vip", "gold", "--yes")
        #expect(try done.json()["done"] as? Bool == true, "\(done.errors)")
        let status = try await shop.shell.hookline("status")
        #expect(status.output.contains("not in the workspace") && status.errors.contains("hookline state forget gold"))
        #expect(try await shop.shell.hookline("state", "list").output.contains("gold"))
        await shop.close()
    }
}
