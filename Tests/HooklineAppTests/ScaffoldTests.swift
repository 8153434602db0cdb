import Foundation
import HooklineApp
import HooklineCore
import HooklinePackages
import Testing

@Suite("What is made new")
struct ScaffoldTests {
    @Test("a workspace and a package from every template pass their own tests", arguments: PackageStart.Name.allCases)
    func templates(_ template: PackageStart.Name) async throws {
        try await Workbench.with { bench in
            var app = bench.app
            app.directory = bench.path("new")
            app.environment["MAILCHIMP_API_KEY"] = "key-us1"
            try App.makeWorkspace(at: app.directory)
            let made = try await app.makePackage(try NewPackageRequest("mine", from: .template(template)))
            #expect(made.folder == bench.path("new/activations/mine") && !made.sharesSegment)
            let run = try await app.test(TestRequest())
            #expect(run.results.count >= 2 && !run.hasFailures, "\(run.results.flatMap(\.differences))")
            #expect(try await app.check(CheckRequest()).issues.isEmpty)
        }
    }

    @Test("a workspace takes default settings, however they are written")
    func defaults() async throws {
        try await Workbench.with { bench in
            var app = bench.app
            app.directory = bench.path("new")
            app.environment["MAILCHIMP_API_KEY"] = "key-us1"
            let settings = DefaultSettings(
                email: "E-mail: \"work\" #1", consent: "on", every: "6h", timezone: "Europe/Paris", maxRemoved: "100")
            try App.makeWorkspace(at: app.directory, defaults: settings)
            let defaults = try #require(try app.workspace().workspace.destinations["newsletter"]).defaults
            #expect(defaults.email == "E-mail: \"work\" #1" && defaults.timezone == "Europe/Paris")
            #expect(defaults.schedule == .every(seconds: 21_600) && defaults.consent != nil)
            #expect(defaults.safeguards?.maxRemoved == .count(100))
        }
    }

    @Test(
        "settings that a manifest cannot have make no workspace",
        arguments: [
            DefaultSettings(email: ""), DefaultSettings(every: "soon"), DefaultSettings(timezone: "Mars/Olympus"),
            DefaultSettings(maxRemoved: "-1%"), DefaultSettings(maxRemoved: "20% }\nstate: sqlite:x"), DefaultSettings(consent: ""),
        ])
    func wrongDefaults(_ defaults: DefaultSettings) async throws {
        try await Workbench.with { bench in
            #expect(throws: IssuesFound.self) { try App.makeWorkspace(at: bench.path("new"), defaults: defaults) }
            #expect(!bench.has("new/hookline.yaml"))
        }
    }

    @Test("never overwrites a file, and makes all files or none")
    func existing() async throws {
        try await Workbench.with { bench in
            let before = bench.manifest
            let workspace = #expect(throws: AppError.self) { try App.makeWorkspace(at: bench.folder.path) }
            #expect(workspace?.code == .scaffoldExists)
            #expect(try bench.read("hookline.yaml") == before && !bench.has(".gitignore"))
            try bench.write("activations/mine/README.md", "mine")
            let request = try NewPackageRequest("mine", from: .template(.basic))
            let package = await #expect(throws: AppError.self) { try await bench.app.makePackage(request) }
            #expect(package?.code == .scaffoldExists)
            #expect(!bench.has("activations/mine/activation.yaml"))
        }
    }

    @Test("has a name that an activation may have")
    func names() {
        for name in ["vip", "a", "9-lives", String(repeating: "x", count: 64)] {
            #expect(throws: Never.self) { try NewPackageRequest(name, from: .template(.basic)) }
        }
        for name in ["", "-vip", "VIP", "a b", "é", String(repeating: "x", count: 65), "a/b"] {
            let error = #expect(throws: AppError.self, "\(name)") { try NewPackageRequest(name, from: .template(.basic)) }
            #expect(error?.code == .usage)
        }
    }

    @Test("from a whole package has every byte but the name, and may be a copy of a broken one")
    func copies() async throws {
        try await Workbench.with { bench in
            try bench.write(package: "theirs", hooks: "return {")
            _ = try await bench.app.makePackage(try NewPackageRequest("ours", from: .copy(of: bench.path("elsewhere/theirs"))))
            #expect(try bench.read("activations/ours/hooks.lua") == "return {")
            let before = try bench.read("elsewhere/theirs/activation.yaml")
            #expect(try bench.read("activations/ours/activation.yaml") == before.replacing("name: theirs", with: "name: ours"))
            let second = try await bench.app.makePackage(try NewPackageRequest("third", from: .copy(of: "ours")))
            #expect(second.sharesSegment)
        }
    }
}
