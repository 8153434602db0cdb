import HooklineManifest
import Testing

@Suite("The place of a package")
struct PackagePlaceTests {
    @Test("names the folder of its manifest, outside of the workspace with its whole path")
    func fileFolder() {
        #expect(PackagePlace(folder: "/w/activations/vip", file: "activations/vip/activation.yaml").fileFolder == "activations/vip")
        #expect(PackagePlace(folder: "/elsewhere/vip", file: "/elsewhere/vip/activation.yaml").fileFolder == "/elsewhere/vip")
        #expect(PackagePlace(folder: "/w", file: "activation.yaml").fileFolder.isEmpty)
    }
}
