import Foundation
import HooklineApp
import HooklineCore
import HooklineHooks
import HooklinePackages
import Testing

@Suite("A workspace")
struct OpeningTests {
    /// The codes of the issues that `body` ends with.
    private func codes(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch { return (error as? IssuesFound)?.issues.map(\.code) ?? ["\(error)"] }
    }

    @Test("is looked for from the folder upward; without one there is an error with a code of its own")
    func noWorkspace() async throws {
        try await Workbench.with { bench in
            var app = bench.app
            try bench.write("deep/down/here.txt", "")
            app.directory = bench.path("deep/down")
            #expect(app.workspaceRoot == bench.folder.path)
            app.directory = "/"
            let error = #expect(throws: AppError.self) { try app.workspace() }
            #expect(error?.code == .noWorkspace)
            #expect(try app.workspaceIfAny().root == "/")
        }
    }

    @Test("that is wrong tells all of its mistakes at once, and one that is worth a warning tells the observer")
    func mistakes() async throws {
        try await Workbench.with { bench in
            try bench.write("hookline.yaml", "hookline: 1\nsorces: {}\nsources: { shop: { type: csv } }\n")
            #expect(codes { _ = try bench.app.workspace() } == ["manifest.unknown_key", "manifest.missing_key"])
            #expect(bench.observer.warnings.isEmpty)
            try bench.write("hookline.yaml", bench.manifest.replacing("${env:SHOP_KEY}", with: "0123456789abcdef0123456789abcdef-us1"))
            _ = try bench.app.workspace()
            #expect(bench.observer.warnings == ["manifest.literal_secret"])
        }
    }

    @Test("prepares an activation by its name, its folder or its file, and says what is wrong with it")
    func prepare() async throws {
        try await Workbench.with { bench in
            let app = bench.app
            let workspace = try app.workspace()
            #expect(codes { _ = try app.prepare("vip", RunChoices(), in: workspace) } == ["manifest.unknown_activation"])
            try bench.write(activation: "vip", more: "schedule: \"0 25 * * *\"", hooks: "return { filter = function() return true end")
            let found = try app.workspace()
            #expect(codes { _ = try app.prepare("vip", RunChoices(), in: found) } == ["manifest.bad_schedule"])
            try bench.write(activation: "vip", hooks: "return { filter = function() return true end")
            let syntax = #expect(throws: HookError.self) { try app.prepare("vip", RunChoices(), in: found) }
            #expect(syntax?.code == .syntax)
            #expect(bench.observer.prepared.isEmpty)
            try bench.write(activation: "vip", hooks: "return { filter = function() return true end }")
            #expect(try app.prepare("vip", RunChoices(), in: found).activation.name == "vip")
            #expect(try app.prepare(bench.path("activations/vip"), RunChoices(), in: found).activation.name == "vip")
            #expect(bench.observer.prepared == ["vip", "vip"])
        }
    }

    @Test("does not let a package run under the name of another activation")
    func identity() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            try bench.write(package: "vip")
            let workspace = try bench.app.workspace()
            let error = #expect(throws: PackageError.self) {
                try bench.app.prepare(bench.path("elsewhere/vip"), RunChoices(), in: workspace)
            }
            #expect(error?.code == .taken)
        }
    }

    @Test("takes a request's values for parameters, those of the request itself before those of its file")
    func parameters() async throws {
        try await Workbench.with { bench in
            try bench.write(
                activation: "vip",
                more: "parameters: { a: { type: text, default: x }, b: { type: text, default: x }, c: { type: text, default: x } }")
            try bench.write("values.yaml", "a: file\nb: file\n")
            var choices = RunChoices()
            choices.parameters.file = bench.path("values.yaml")
            choices.parameters.settings = [try .init("b=request", origin: "--set")]
            let prepared = try bench.app.prepare("vip", choices, in: try bench.app.workspace())
            #expect(prepared.activation.parameters.map(\.value) == [.text("file"), .text("request"), .text("x")])
            for text in ["b", "=b", ""] {
                let error = #expect(throws: AppError.self) { try ParameterChoices(settings: [.init(text, origin: "--set")]) }
                #expect(error?.code == .badSetting)
            }
        }
    }
}
