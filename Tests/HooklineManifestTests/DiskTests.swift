import Foundation
import HooklineCore
import HooklineManifest
import Testing

@Suite("Workspaces on disk")
struct DiskTests {
    /// A folder of its own, gone when the test is.
    private final class Folder {
        let path: String

        init() throws {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-manifest-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            path = url.resolvingSymlinksInPath().path
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) throws {
            let url = URL(fileURLWithPath: "\(path)/\(name)")
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    private let folder: Folder
    private let loader = WorkspaceLoader(environment: ["MAILCHIMP_API_KEY": "abc-us21"])

    init() throws {
        folder = try Folder()
        try folder.write("hookline.yaml", MemoryFiles.goodWorkspace)
        try folder.write("data/users.csv", "id,email\n")
        try folder.write("activations/vip-customers/activation.yaml", MemoryFiles.goodActivation + "hooks: hooks.lua\n")
        try folder.write("activations/vip-customers/hooks.lua", "return {}")
        try folder.write("activations/notes.txt", "no package")
        try folder.write("activations/empty/README.md", "no package")
    }

    @Test("the workspace is found from any folder in it")
    func root() {
        #expect(WorkspaceLoader.findRoot(from: folder.path) == folder.path)
        #expect(WorkspaceLoader.findRoot(from: "\(folder.path)/activations/vip-customers") == folder.path)
        #expect(WorkspaceLoader.findRoot(from: "\(folder.path)/activations/../data/") == folder.path)
        #expect(WorkspaceLoader.findRoot(from: "/nowhere/at/all") == nil)
    }

    @Test("activations are the folders that hold an activation.yaml")
    func names() throws {
        #expect(try loader.load(root: folder.path).get().workspace.activationNames == ["vip-customers"])
    }

    @Test("an activation loads by its name and by the path of its folder")
    func byNameAndPath() throws {
        let document = try loader.load(root: folder.path).get()
        let named = try loader.activation("vip-customers", in: document).get()
        #expect(try loader.activation("\(folder.path)/activations/vip-customers/", in: document).get() == named)
        #expect(named.hooks == ["hooks.lua"])
    }

    @Test("a package outside the workspace may have any folder, and is named by its path")
    func outside() throws {
        let package = try Folder()
        try package.write("activation.yaml", MemoryFiles.goodActivation + "bad: 1\n")
        let document = try loader.load(root: folder.path).get()
        let issues = loader.activation(package.path, in: document).issues
        #expect(issues.map(\.code) == ["manifest.unknown_key"])
        #expect(issues.first?.position?.file == "\(package.path)/activation.yaml")
    }

    @Test("a link inside the package is followed, a link out of it is not")
    func links() throws {
        let home = "\(folder.path)/activations/vip-customers"
        try FileManager.default.createSymbolicLink(atPath: "\(home)/inside.lua", withDestinationPath: "hooks.lua")
        try FileManager.default.createSymbolicLink(atPath: "\(home)/outside.lua", withDestinationPath: "../../data/users.csv")
        let document = try loader.load(root: folder.path).get()
        try folder.write("activations/vip-customers/activation.yaml", MemoryFiles.goodActivation + "hooks: inside.lua\n")
        #expect(loader.activation("vip-customers", in: document).issues == [])
        try folder.write("activations/vip-customers/activation.yaml", MemoryFiles.goodActivation + "hooks: outside.lua\n")
        #expect(loader.activation("vip-customers", in: document).issues.map(\.code) == ["manifest.outside_package"])
    }

    @Test("a folder without a manifest says how to make one")
    func nothing() throws {
        let empty = try Folder()
        #expect(loader.load(root: empty.path).issues.map(\.code) == ["manifest.unreadable_file"])
        let document = try loader.load(root: folder.path).get()
        #expect(loader.activation(empty.path, in: document).issues.map(\.code) == ["manifest.unreadable_file"])
    }

    @Test("the workspace that we ship is sound")
    func shipped() throws {
        let top = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let loaded = loader.load(root: top.appendingPathComponent("scripts/demo").path)
        #expect(loaded.issues == [])
        let document = try loaded.get()
        #expect(!document.workspace.activationNames.isEmpty)
        for name in document.workspace.activationNames {
            #expect(loader.activation(name, in: document, purpose: .offline).issues == [])
        }
    }
}
