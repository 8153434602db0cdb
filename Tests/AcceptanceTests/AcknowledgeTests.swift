import Foundation
import MailchimpSimulator
import Testing

@Suite("An address that Mailchimp refuses")
struct AcknowledgeTests {
    @Test("ends one run with exit code 4, is said by the next ones, and is acknowledged from the command line")
    func acknowledge() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(20)
        options.behaviour.refused = ["user0000003@example.com"]
        let shop = try await Shop(options)
        try shop.write(users: (1...10).map { ($0, "FR") })
        #expect(try await shop.shell.hookline("run", "vip").status == 4)
        let second = try await shop.shell.hookline("run", "vip")
        #expect(second.status == 0 && (second.output + second.errors).contains("mailchimp.still_refused"))
        #expect(try await shop.shell.hookline("status").output.contains("1 (1 open)"))
        #expect(try await shop.shell.hookline("acknowledge", "vip", "user0000004@example.com").status == 2)
        let done = try await shop.shell.hookline("acknowledge", "vip", "--all", "--note", "a typo", "--json")
        #expect(done.status == 0 && done.output.contains("\"changed\"") && !done.output.contains("@example.com"))
        #expect(try await !shop.shell.hookline("status").output.contains("open"))
        let explained = try await shop.shell.hookline("explain", "vip", "user0000003@example.com")
        #expect(explained.output.contains("acknowledged") && explained.output.contains("a typo"))
    }
}
