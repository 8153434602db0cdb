import HooklineManifest
import Testing

@Suite("The location of a package")
struct PackagePlaceTests {
    @Test("names the folder of its manifest, outside of the workspace with its whole path")
    func fileFolder() {
        #expect(PackageLocation(folder: "/w/activations/vip", file: "activations/vip/activation.yaml").fileFolder == "activations/vip")
        #expect(PackageLocation(folder: "/elsewhere/vip", file: "/elsewhere/vip/activation.yaml").fileFolder == "/elsewhere/vip")
        #expect(PackageLocation(folder: "/w", file: "activation.yaml").fileFolder.isEmpty)
    }
}
