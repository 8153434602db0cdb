import Foundation
import HooklineApp
import HooklineCore
import Testing

@Suite("Refusals of Mailchimp")
struct AcknowledgeTests {
    private static let refused: Set<String> = ["user0000003@example.com", "user0000007@example.com"]

    private func choice(_ change: (inout RefusalChoice) -> Void) -> RefusalChoice {
        var choice = RefusalChoice()
        change(&choice)
        return choice
    }

    @Test("stay open until somebody acknowledges them, which can be taken back; reports and explanations go on naming them")
    func acknowledge() async throws {
        try await Workbench.with(refusing: Self.refused) { bench in
            try bench.write(activation: "vip")
            let app = bench.app
            #expect(try await bench.run("vip", isConfirmed: true)[0].outcome == .partial)
            let list = try app.acknowledge("vip", RefusalChoice())
            #expect(list.refusals.count == 2 && list.open == 2 && list.changed == 0)
            #expect(list.refusals.allSatisfy { $0.address == nil })
            #expect(try app.standings().map(\.unacknowledged) == [2])
            let one = try app.acknowledge(
                "vip",
                choice {
                    $0.addresses = [" User0000003@Example.com"]
                    $0.note = "a typo"
                    $0.showsAddresses = true
                })
            #expect(one.changed == 1 && one.open == 1)
            let keys = try JSONSerialization.jsonObject(with: JSONEncoder().encode(one.refusals)) as? [[String: Any]]
            let always: Set = [
                "segment", "label", "act", "reason", "since", "asked_at", "next", "acknowledged_at", "acknowledged_by", "note", "address",
            ]
            #expect(keys?.map { Set($0.keys) } == [always, always], "open ones, too")
            #expect(one.refusals.last?.address == "user0000003@example.com")
            #expect(one.refusals.last?.refusal.note == "a typo" && one.refusals.last?.refusal.acknowledgedBy == "somebody@example")
            let again = try await bench.run("vip", isConfirmed: true)[0]
            #expect(again.outcome == .done && again.refusals?.map(\.acknowledged) == [1] && again.refusals?.map(\.addresses) == [2])
            #expect(try app.acknowledge("vip", choice { $0.isAll = true }).open == 0)
            let standing = try app.standings()[0]
            #expect(standing.refused == 2 && standing.unacknowledged == 0)
            #expect(
                try app.acknowledge(
                    "vip",
                    choice {
                        $0.isAll = true; $0.takesBack = true
                    }
                ).changed == 2)
            #expect(try app.standings().map(\.unacknowledged) == [2])
        }
    }

    @Test("are those of that activation, label, and address, or nothing changes")
    func strangers() async throws {
        try await Workbench.with(refusing: Self.refused) { bench in
            try bench.write(activation: "vip")
            let app = bench.app
            _ = try await bench.run("vip", isConfirmed: true)
            let choices: [(String, RefusalChoice, AppError.Code)] = [
                ("vipp", RefusalChoice(), .unknownActivation),
                ("vip", choice { $0.label = "FR" }, .unknownLabel),
                ("vip", choice { $0.addresses = ["user0000003@example.com", "user0000004@example.com"] }, .notRefused),
                ("vip", choice { $0.addresses = ["nobody"] }, .usage),
            ]
            for (name, choice, code) in choices {
                let error = #expect(throws: AppError.self) { try app.acknowledge(name, choice) }
                #expect(error?.code == code)
            }
            #expect(try app.acknowledge("vip", RefusalChoice()).open == 2)
        }
    }
}
