import Lua
import Testing

@Suite("Labels of a breakdown")
struct LabelTests {
    private func ids(_ count: Int) -> TestTable { TestTable([("id", .integer((1...Int64(count)).map { $0 }))]) }

    @Test("breakdown gives a row no label, one, or several, each once")
    func labels() throws {
        let script = try TestScript(
            """
            return { breakdown = function(user)
              if user.id == 1 then return "gold" end
              if user.id == 2 then return { "gold", "silver", "gold" } end
            end }
            """)
        let outcome = try script.run(ids(3))
        #expect((0..<3).map { outcome.labels($0) } == [["gold"], ["gold", "silver"], []])
        #expect(outcome.verdicts(3) == [.kept, .kept, .kept])
        #expect(outcome.update.labels == ["gold", "silver"])
    }

    @Test(
        "breakdown must not return anything but labels",
        arguments: [
            ("{}", "table"), ("42", "number"), ("''", "nil"), ("{ 'a', 7 }", "number"), ("('x'):rep(201)", "200"),
            ("hookline.null", "null"),
            ("{ a = 1 }", "table"), ("true", "boolean"),
        ])
    func badLabels(result: String, fact: String) throws {
        let script = try TestScript("return { breakdown = function(user) return \(result) end }")
        let error = try #require(luaError { _ = try script.run(ids(1)) })
        #expect(error.code == .contract)
        #expect(error.mentions(fact), "\(error)")
    }

    @Test("a label for each user is an error once there are too many labels")
    func labelsPerUser() throws {
        let script = try TestScript("return { breakdown = function(user) return 'label ' .. user.id end }")
        let error = try #require(luaError { _ = try script.run(ids(10_001)) })
        #expect(error.code == .contract)
        #expect(error.row == 10_000)
    }
}
