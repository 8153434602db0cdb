import Foundation
import Lua
import Testing

extension HostileCorpus.Attack: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite("Hostile scripts", .timeLimit(.minutes(25)))
struct HostileTests {
    @Test("a hostile function is contained, and its machine keeps working", arguments: HostileCorpus.all)
    func contained(attack: HostileCorpus.Attack) throws {
        let script = try TestScript(
            "return { run = function(...)\n\(attack.body)\nend, after = function() return ('still'):upper() .. #{1, 2} end }",
            limits: LuaLimits(processorTime: .milliseconds(500)))
        do {
            let result = try script.call("run", [.context])
            guard case .harmless = attack.end else {
                Issue.record("\(attack.name) ended without an error: \(result)")
                return
            }
            #expect(result.first == .boolean(true))
        } catch let error as LuaError {
            guard case .stopped(let codes) = attack.end else {
                Issue.record("\(attack.name) failed: \(error)")
                return
            }
            #expect(codes.contains(error.code), "\(error.code): \(error)")
            #expect(error.message.utf8.count <= 3 * 2048)
            #expect(!error.message.contains("0x"))
            if error.isFatal { return }
        }
        #expect(try script.call("after").first == .string("STILL2"))
    }

    @Test("the same scripts are contained while they load", arguments: HostileCorpus.loops + HostileCorpus.swallowers)
    func containedAtLoad(attack: HostileCorpus.Attack) throws {
        let error = luaError { _ = try TestScript("do\n\(attack.body)\nend", limits: LuaLimits(processorTime: .milliseconds(500))) }
        #expect(error?.isLimit == true || error?.code == .runtime || error?.code == .syntax)
    }

    @Test("the same scripts are contained in a filter", arguments: HostileCorpus.all)
    func containedInFilter(attack: HostileCorpus.Attack) throws {
        let script = try TestScript(
            "return { filter = function(user)\n local function attack(...) \(attack.body)\n end return attack() == true end }",
            limits: LuaLimits(processorTime: .milliseconds(500)))
        let error = luaError { _ = try script.run(TestTable([("id", .integer([1, 2]))])) }
        if case .harmless = attack.end { #expect(error == nil) } else { #expect(error?.row == 0) }
    }

    @Test("the virtual machine stays within its memory", arguments: HostileCorpus.memory)
    func memoryIsCapped(attack: HostileCorpus.Attack) throws {
        let script = try TestScript("return { run = function()\n\(attack.body)\nend }", limits: LuaLimits(memoryBytes: 16 << 20))
        #expect(luaError { _ = try script.call("run") } != nil)
        #expect(try script.machine.peakMemory <= 16 << 20)
    }

    @Test("in the jail each of them is stopped in the same way, in bounded memory, without harm to others", arguments: HostileCorpus.all)
    func containedInJail(attack: HostileCorpus.Attack) throws {
        let script = try TestScript(
            """
            return {
              run = function(...)\n\(attack.body)\nend,
              filter = function(user)\n local function attack(...) \(attack.body)\n end return attack() == true end,
            }
            """, jail: JailTests.jail)
        let table = TestTable([("id", .integer([1, 2]))])
        var error = luaError { _ = try script.call("run", [.context]) }
        switch attack.end {
        case .harmless: #expect(error == nil)
        case .stopped(let codes): #expect(error.map { codes.contains($0.code) } == true, "\(error?.description ?? "no error")")
        }
        if error?.isFatal != true {
            error = luaError { _ = try script.run(table) }
            if case .harmless = attack.end { #expect(error == nil) } else { #expect(error?.row == 0) }
        }
        if let peak = script.peakResidentBytes { #expect(peak < (64 + 64) << 20, "\(peak >> 20) MB") }
        // Whatever one worker does, another one works.
        #expect(try TestScript("return { run = function() return 1 + 1 end }", jail: JailTests.jail).call("run").first == .integer(2))
    }
}

extension TestScript {
    /// The peak memory of the worker's process without its batches, in bytes; nil when the process is gone or the system does not tell.
    fileprivate var peakResidentBytes: Int? {
        guard let pid = machine.processID, let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else {
            return nil
        }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }
}
