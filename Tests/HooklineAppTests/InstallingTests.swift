import HooklineApp
import HooklineCore
import HooklineEngine
import HooklinePackages
import Testing

@Suite("A package")
struct InstallingTests {
    @Test("is installed once a person has seen what it asks for and what its tests say", arguments: [AppAnswer.yes, .no, .nobody])
    func consent(_ answer: AppAnswer) async throws {
        try await Workbench.with(answering: answer) { bench in
            try bench.write(package: "theirs")
            let info = try await bench.app.install(InstallRequest(bench.path("elsewhere/theirs")))
            let seen = bench.observer.events.compactMap { if case .examined(let info) = $0 { info } else { nil } }
            #expect(seen.map(\.name) == ["theirs"] && seen[0].testsHere?.pass == true && seen[0].asks.hooks == ["filter"])
            guard case .install("theirs", "1.0.0")? = bench.observer.questions.first else {
                Issue.record("\(bench.observer.questions)")
                return
            }
            #expect((info == nil) == (answer == .no))
            #expect(bench.has("packages/theirs/activation.yaml") == (answer != .no))
            #expect(bench.has("hookline.lock") == (answer != .no))
        }
    }

    @Test("is installed without asking when the request says yes, and runs from there")
    func confirmed() async throws {
        try await Workbench.with(answering: .no) { bench in
            try bench.write(package: "theirs")
            var request = InstallRequest(bench.path("elsewhere/theirs"))
            request.isConfirmed = true
            #expect(try await bench.app.install(request) != nil)
            #expect(bench.observer.questions.isEmpty)
            #expect(
                try bench.app.installedPackages().map { [$0.name, $0.problem ?? "", $0.pin.from] } == [
                    ["theirs", "", "./elsewhere/theirs"]
                ])
            #expect(bench.app.readiness(of: "theirs")?.errors.isEmpty == true)
            #expect(try await bench.run("theirs", isConfirmed: true)[0].outcome == .done)
            try bench.write("packages/theirs/hooks.lua", "return {}")
            await #expect(throws: PackageError.self) { try await bench.run("theirs", isConfirmed: true) }
            #expect(try bench.app.installedPackages()[0].problem != nil)
            #expect(try bench.app.uninstall("theirs", discardsChanges: true) == false)
            #expect(!bench.has("packages/theirs") && !bench.has("hookline.lock"))
        }
    }

    @Test("that is refused leaves nothing behind, and its tests are not run")
    func refused() async throws {
        try await Workbench.with { bench in
            try bench.write(package: "vip")
            try bench.write(activation: "vip")
            let taken = await #expect(throws: PackageError.self) {
                try await bench.app.install(InstallRequest(bench.path("elsewhere/vip")))
            }
            #expect(taken?.code == .taken)
            var signed = InstallRequest(bench.path("elsewhere/vip"))
            signed.signer = "nobody"
            let key = await #expect(throws: PackageError.self) { try await bench.app.install(signed) }
            #expect(key?.code == .badKey)
            let missing = await #expect(throws: PackageError.self) { try await bench.app.install(InstallRequest("no-such-package")) }
            #expect(missing?.code == .notFound)
            #expect(!bench.has("packages"))
            #expect(bench.observer.events.allSatisfy { if case .testing = $0 { false } else { true } })
        }
    }

    @Test(
        "whose tests fail here is shown and refused, whoever answers, unless the request says otherwise",
        arguments: [AppAnswer.yes, .nobody])
    func failing(_ answer: AppAnswer) async throws {
        try await Workbench.with(answering: answer) { bench in
            try bench.write(package: "theirs")
            try bench.write("elsewhere/theirs/tests/all.yaml", "- test: hopeful\n  expect: { added: [] }\n")
            var request = InstallRequest(bench.path("elsewhere/theirs"))
            request.isConfirmed = answer == .nobody
            let error = await #expect(throws: PackageError.self) { try await bench.app.install(request) }
            #expect(error?.code == .untested && bench.observer.questions.isEmpty)
            let seen = bench.observer.events.compactMap { if case .examined(let info) = $0 { info.testsHere } else { nil } }
            #expect(seen.map(\.failed) == [1] && seen[0].firstFailed == "hopeful")
            #expect(!bench.has("packages"))
            request.allowsFailingTests = true
            #expect(try await bench.app.install(request) != nil)
            #expect(bench.has("packages/theirs"))
        }
    }

    @Test("is packed, signed and verified, and one that somebody else signed is refused")
    func packed() async throws {
        try await Workbench.with { bench in
            try bench.write(package: "theirs")
            let signer = try KeyFolder(bench.app.environment).make("me").signer
            var request = PackRequest(bench.path("elsewhere/theirs"))
            request.output = bench.path("one.hookpack")
            request.key = "me"
            let packed = try await bench.app.pack(request)
            #expect(packed.tested && packed.signer == signer)
            let info = try await bench.app.verify(bench.path("one.hookpack"), signer: signer)
            #expect(info.digest == packed.digest && info.tested == true)
            let other = PackageKey().signer
            let error = await #expect(throws: PackageError.self) { try await bench.app.verify(bench.path("one.hookpack"), signer: other) }
            #expect(error?.code == .otherSigner)
            let folder = await #expect(throws: PackageError.self) { try await bench.app.verify(bench.path("elsewhere/theirs")) }
            #expect(folder?.code == .unfit)
            request.key = nil
            let kept = await #expect(throws: PackageError.self) { try await bench.app.pack(request) }
            #expect(kept?.code == .taken)
            try bench.write("elsewhere/theirs/tests/all.yaml", "- test: hopeful\n  expect: { added: [] }\n")
            let untested = await #expect(throws: PackageError.self) { try await bench.app.pack(request) }
            #expect(untested?.code == .untested)
        }
    }
}

@Suite("An upgrade")
struct UpgradingTests {
    /// A workspace with version 1 of a package installed, and version 2 next to it.
    private func with(answering answer: AppAnswer, _ body: (Workbench, UpgradeRequest) async throws -> Void) async throws {
        try await Workbench.with(answering: answer) { bench in
            try bench.write(package: "theirs")
            var request = InstallRequest(bench.path("elsewhere/theirs"))
            request.isConfirmed = true
            _ = try await bench.app.install(request)
            try bench.write(package: "theirs", version: "2.0.0", hooks: "return { filter = function(user) return user.id > 4 end }")
            try await body(bench, UpgradeRequest("theirs", limit: 100))
        }
    }

    private func version(_ bench: Workbench) throws -> [String] { try bench.app.installedPackages().map(\.pin.version) }

    @Test("shows what differs and who would leave, and asks", arguments: [AppAnswer.yes, .no, .nobody])
    func asks(_ answer: AppAnswer) async throws {
        try await with(answering: answer) { bench, request in
            let result = try await bench.app.upgrade(request)
            if case .declined = result { #expect(answer == .no) } else { #expect(answer != .no) }
            #expect(try version(bench) == [answer == .no ? "1.0.0" : "2.0.0"])
            let comparisons = bench.observer.events.compactMap { if case .compared(let comparison) = $0 { comparison } else { nil } }
            #expect(comparisons.map(\.leaving.count) == [4])
        }
    }

    @Test("to a version whose tests fail here is refused, unless the request says otherwise")
    func failing() async throws {
        try await with(answering: .yes) { bench, request in
            try bench.write("elsewhere/theirs/tests/all.yaml", "- test: hopeful\n  expect: { added: [ada@example.com] }\n")
            let error = await #expect(throws: PackageError.self) { try await bench.app.upgrade(request) }
            #expect(error?.code == .untested && bench.observer.questions.isEmpty)
            #expect(try version(bench) == ["1.0.0"])
            var meant = request
            meant.allowsFailingTests = true
            _ = try await bench.app.upgrade(meant)
            #expect(try version(bench) == ["2.0.0"])
        }
    }

    @Test("says how many rows it compared where the source has more")
    func limited() async throws {
        try await with(answering: .yes) { bench, request in
            var short = request
            short.limit = 7
            _ = try await bench.app.upgrade(short)
            let comparisons = bench.observer.events.compactMap { if case .compared(let comparison) = $0 { comparison } else { nil } }
            #expect(comparisons.map(\.rows) == [7] && comparisons.map(\.isComplete) == [false])
        }
    }

    @Test("that cannot be compared needs somebody to decide", arguments: [AppAnswer.yes, .nobody])
    func notCompared(_ answer: AppAnswer) async throws {
        try await with(answering: answer) { bench, request in
            try bench.write("data/users.csv", "")
            if answer == .nobody {
                let error = await #expect(throws: PackageError.self) { try await bench.app.upgrade(request) }
                #expect(error?.code == .unfit)
                #expect(try version(bench) == ["1.0.0"])
                var confirmed = request
                confirmed.isConfirmed = true
                _ = try await bench.app.upgrade(confirmed)
            } else {
                _ = try await bench.app.upgrade(request)
            }
            #expect(try version(bench) == ["2.0.0"])
            #expect(bench.observer.events.contains { if case .notCompared("theirs", .failed) = $0 { true } else { false } })
        }
    }

    @Test("to what is installed already changes nothing, and one to an older version must be meant")
    func direction() async throws {
        try await with(answering: .nobody) { bench, request in
            guard case .upgraded("1.0.0", "2.0.0", false) = try await bench.app.upgrade(request) else {
                Issue.record("not upgraded")
                return
            }
            guard case .upToDate("2.0.0") = try await bench.app.upgrade(request) else {
                Issue.record("upgraded again")
                return
            }
            try bench.write(package: "theirs", version: "1.5.0")
            let error = await #expect(throws: PackageError.self) { try await bench.app.upgrade(request) }
            #expect(error?.code == .taken)
            var down = request
            down.allowsDowngrade = true
            guard case .upgraded("2.0.0", "1.5.0", true) = try await bench.app.upgrade(down) else {
                Issue.record("not downgraded")
                return
            }
            let unknown = await #expect(throws: PackageError.self) { try await bench.app.upgrade(UpgradeRequest("others", limit: 1)) }
            #expect(unknown?.code == .notFound)
        }
    }
}
