import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Testing

@Suite("Breaking a segment down counts users by the values of a field")
struct SegmentBreakdownTests {
    private func bench(_ bench: Workbench, _ users: String, defaults: String = "email: email") throws {
        try bench.write("data/users.csv", users)
        try bench.write(
            "hookline.yaml",
            bench.manifest.replacing(
                "audience: \(bench.server.audience) }", with: "audience: \(bench.server.audience), defaults: { \(defaults) } }")
                    + """
                    segments:
                      vip:
                        name: VIP
                        model: { source: shop, columns: { spent: number, agreed: boolean } }
                        where: { field: spent, op: ">", value: 100 }

                    """)
    }

    @Test("with shares, an index against the model, and NULL")
    func shares() async throws {
        try await Workbench.with { bench in
            try self.bench(
                bench,
                """
                email,country,spent,agreed
                a@example.com,FR,500,yes
                A@example.com,BE,500,yes
                b@example.com,FR,1,yes
                c@example.com,,500,yes
                d@example.com,BE,1,yes
                e@example.com,FR,500,no

                """, defaults: "email: email, consent: { field: agreed, op: \"=\", value: true }")
            let found = try bench.app.breakdown(SegmentRequest(["vip"]), by: ["country", "spent"])
            #expect((found.count, found.model) == (2, 5))
            let country = found.fields[0]
            #expect(country.top.map(\.value) == ["FR", "BE"] && country.top.map(\.share.users) == [1, 0])
            #expect(country.top.map(\.share.model) == [3, 1] && country.top[0].share.share == 0.5)
            #expect(country.top[0].share.index == 83 && country.top[1].share.index == 0)
            #expect((country.null.users, country.null.model, country.others.model) == (1, 1, 0) && country.complete)
            #expect(found.fields[1].top.map(\.share.users) == [2, 0])
        }
    }

    @Test("with the 20 most frequent values, and all others together, whatever their order")
    func others() async throws {
        try await Workbench.with { bench in
            let rows = (1...300).map { "u\($0)@example.com,C\($0 % 30),\($0),yes\n" }
            for rows in [rows, rows.reversed()] {
                try self.bench(bench, "email,country,spent,agreed\n" + rows.joined())
                let field = try bench.app.breakdown(SegmentRequest(["vip"]), by: ["country"]).fields[0]
                #expect(field.top.count == 20 && field.otherValues == 10)
                #expect(field.top.reduce(0) { $0 + $1.share.users } + field.others.users == 200)
                #expect(field.top.prefix(3).map(\.value) == ["C0", "C11", "C12"])
            }
        }
    }

    @Test("and refuses fields that there are not, and the address")
    func refuses() async throws {
        try await Workbench.with { bench in
            try self.bench(bench, "email,country,spent,agreed\n")
            let unknown = #expect(throws: IssuesFound.self) { try bench.app.breakdown(SegmentRequest(["vip"]), by: ["cuntry"]) }
            #expect(unknown?.issues.map(\.code) == ["manifest.unknown_column"])
            let address = #expect(throws: AppError.self) { try bench.app.breakdown(SegmentRequest(["vip"]), by: ["email"]) }
            #expect(address?.code == .usage)
            let none = try bench.app.breakdown(SegmentRequest(["vip"]), by: ["country"])
            #expect(none.count == 0 && none.fields[0].top.isEmpty && none.fields[0].null.share == nil)
        }
    }
}
