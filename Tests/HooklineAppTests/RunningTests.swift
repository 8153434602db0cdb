import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Testing

@Suite("A run")
struct RunningTests {
    @Test("makes the segment follow the source, and asks nobody when there is nothing to send")
    func run() async throws {
        try await Workbench.with(answering: .no) { bench in
            try bench.write(activation: "vip")
            let first = try await bench.run("vip", isConfirmed: true)
            #expect(first.map(\.outcome) == [.done])
            #expect(bench.members(of: "vip") == addresses(1...10))
            #expect(try await bench.run("vip").map(\.outcome) == [.done])
            #expect(bench.observer.questions.isEmpty)
            try bench.write(users: 3...12)
            #expect(try await bench.run("vip", isConfirmed: true)[0].segments[0].added == 2)
            #expect(bench.members(of: "vip") == addresses(3...12))
        }
    }

    @Test("asks before it sends: a no sends nothing, and nobody to ask is no reason to stop", arguments: [AppAnswer.yes, .no, .nobody])
    func answers(_ answer: AppAnswer) async throws {
        try await Workbench.with(answering: answer) { bench in
            try bench.write(activation: "vip")
            let report = try #require(try await bench.run("vip").first)
            #expect(bench.observer.questions.count == 1)
            #expect(report.outcome == (answer == .no ? .stopped : .done))
            #expect(report.error?.code.rawValue == (answer == .no ? "run.declined" : nil))
            #expect(bench.members(of: "vip").count == (answer == .no ? 0 : 10))
        }
    }

    @Test("of several activations prepares each once, all before the first one runs")
    func once() async throws {
        try await Workbench.with { bench in
            let hooks = "print('loaded') return { filter = function() return true end }"
            try bench.write(activation: "one", hooks: hooks)
            try bench.write(activation: "two", hooks: hooks)
            bench.observer.onEvent { [observer = bench.observer, server = bench.server] event in
                guard case .prepared = event else { return }
                #expect(server.journal.total == 0, "\(observer.prepared)")
            }
            let reports = try await bench.run("one", "two", isConfirmed: true)
            #expect(reports.map(\.activation) == ["one", "two"] && reports.allSatisfy { $0.outcome == .done })
            #expect(bench.observer.prepared == ["one", "two"])
            #expect(bench.observer.log == ["loaded", "loaded"])
        }
    }

    @Test("reads an activation again whose files changed while others ran")
    func changed() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "one")
            try bench.write(activation: "two", hooks: "return { filter = function() return true end }")
            bench.observer.onEvent { [bench] event in
                guard case .ended("one", _) = event else { return }
                #expect(throws: Never.self) {
                    try bench.write("activations/two/hooks.lua", "return { filter = function(user) return user.id > 4 end }")
                }
            }
            _ = try await bench.run("one", "two", isConfirmed: true)
            #expect(bench.observer.prepared == ["one", "two", "two"])
            #expect(bench.members(of: "two") == addresses(5...10))
        }
    }

    @Test("of several does not begin when the last one has a mistake")
    func slip() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "one")
            await #expect(throws: IssuesFound.self) { try await bench.run("one", "twoo", isConfirmed: true) }
            #expect(bench.server.journal.total == 0)
        }
    }

    @Test("of a package from elsewhere tells what it asks for, until one has ended well")
    func firstRun() async throws {
        try await Workbench.with { bench in
            try bench.write(package: "theirs")
            let folder = bench.path("elsewhere/theirs")
            for _ in 1...2 { _ = try await bench.run(folder, isDryRun: true) }
            for _ in 1...2 { _ = try await bench.run(folder, isConfirmed: true) }
            let announced = bench.observer.events.compactMap {
                if case .firstRun(let name, let asks) = $0 { (name, asks.hooks) } else { nil }
            }
            #expect(announced.count == 3)
            #expect(announced.allSatisfy { $0 == "theirs" && $1 == ["filter"] })
        }
    }

    @Test("takes what a person chose, and leaves the person's name where a safeguard was passed")
    func choices() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", more: "safeguards: { max_removed: 1 }")
            _ = try await bench.run("vip", isConfirmed: true)
            try bench.write(users: 6...10)
            #expect(try await bench.run("vip", isConfirmed: true)[0].error?.code.rawValue == "safeguards.removals")
            var request = RunRequest(["vip"])
            request.isConfirmed = true
            request.choices.allowance = SafeguardCheck.Allowance(removals: 5, shrunkSource: true)
            let report = try await bench.app.run(try bench.app.prepare(request, in: try bench.app.workspace()))[0]
            #expect(report.outcome == .done && report.overrides?.first?.by == "somebody@example")
        }
    }
}
