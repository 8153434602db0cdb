import HooklineCore
import Testing

@Suite("A secret")
struct SecretTests {
    @Test("never shows itself, however it is printed")
    func redacted() {
        let secret = Secret.literal("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(Secret.environment("KEY"))" == "${env:KEY}")
    }
}
