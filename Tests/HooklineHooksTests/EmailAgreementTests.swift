import HooklineCore
import Lua
import Support
import Testing

@Suite("Addresses in scripts and in the engine")
struct EmailAgreementTests {
    private static func reading(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            var buffer: [UInt8] = []
            guard case .address = EmailAddress.read(bytes, into: &buffer) else { return nil }
            return String(decoding: buffer, as: UTF8.self)
        }
    }

    @Test("hookline.email and the engine agree on every address and its spelling")
    func agreement() throws {
        let machine = try LuaMachine()
        try machine.add(
            LuaSource(
                module: "hooks", file: "hooks.lua",
                text: """
                    local email = hookline.email
                    return { run = function(text)
                      local address, domain = email.normalise(text), email.domain(text)
                      assert(email.is_valid(text) == (address ~= nil) and (domain ~= nil) == (address ~= nil))
                      assert(not address or address:find("[^ -~]") or address:sub(-#domain - 1) == "@" .. domain)
                      assert(select("#", email.normalise(text)) == 1 and select("#", email.domain(text)) == 1)
                      return address
                    end }
                    """))
        let function = try #require(try machine.function("run", of: machine.loadScript("hooks")))
        var (different, addresses) = (0, 0)
        for text in AddressTexts.all {
            let expected = Self.reading(text)
            if expected != nil { addresses += 1 }
            let result = try machine.call(function, [.string(text)]).first
            if result != (expected.map { .string($0) } ?? .none) {
                different += 1
                if different < 6 {
                    Issue.record("\(text.unicodeScalars.map { String($0.value, radix: 16) }) gives \(result), not \(expected ?? "nil")")
                }
            }
        }
        #expect(different == 0)
        #expect(addresses > 1_000)
    }

    @Test(
        "an address is the same whether a script made it small before or not",
        arguments: [
            ("İNFO@example.com", "none"), ("a@İZMİR.example", "none"), ("INFO@ÉLÉ.example", "info@élé.example"),
            ("ÉLÉ@example.com", "none"),
        ])
    func lowered(_ address: String, _ expected: String) throws {
        let machine = try LuaMachine()
        let text = "return { run = function(t) return hookline.email.normalise(hookline.text.lower(t)) or 'none' end }"
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: text))
        let function = try #require(try machine.function("run", of: machine.loadScript("hooks")))
        #expect(Self.reading(address) ?? "none" == expected)
        #expect(try machine.call(function, [.string(address)]).first == .string(expected))
    }
}
