import HooklineCore
import HooklineHooks
import Testing

@Suite("Several workers")
struct WorkersTests {
    private static let batches = 24
    private static let rows = 50

    /// The outcome of a row.
    private struct Fate: Equatable {
        let row: Int
        let verdict: HookVerdicts.Verdict
        let reason: String?
        let address: String?
        let labels: [String]
    }

    /// Sends all users through, with as many batches at once as the host takes.
    private func fates(_ host: LuaHookHost) throws -> [Fate] {
        var fates: [Fate] = []
        var (submitted, underWay) = (0, 0)
        var batch = UserBatch(columns: TestPackage.columns)
        while submitted < Self.batches || underWay > 0 {
            while submitted < Self.batches, underWay < host.depth {
                batch.records = TestPackage.crowd(Self.rows, from: submitted * Self.rows + 1)
                batch.selection = Array(repeating: 1, count: Self.rows)
                try host.submit(&batch)
                submitted += 1
                underWay += 1
            }
            try host.collect(&batch)
            underWay -= 1
            let verdicts = batch.verdicts
            for row in 0..<batch.records.count {
                fates.append(
                    Fate(
                        row: batch.records.rowNumbers[row], verdict: verdicts.verdicts[row], reason: verdicts.reason(row),
                        address: verdicts.address(row),
                        labels: verdicts.labelNumbers[verdicts.labelRanges[row]].map { verdicts.labelTexts[Int($0)] }))
            }
        }
        return fates
    }

    private let script = """
        return {
          setup = function() print("ready") end,
          map = function(user) if user.id % 10 == 0 then return { email = "m" .. user.id .. "@example.org" } end end,
          filter = function(user)
            for _ = 1, 3000 do end
            if user.id % 7 == 0 then print("seven", user.id) return false, "a multiple of seven, " .. user.id % 3 end
            return true
          end,
          breakdown = function(user) return user.country end,
        }
        """

    @Test("whatever the number of workers, verdicts, reasons, labels and log lines come in the order of the source")
    func order() throws {
        let hosts = try [1, 3].map { try TestPackage.started(script, workers: $0) }
        let fates = try hosts.map { try self.fates($0) }
        #expect(fates[0] == fates[1])
        #expect(fates[0].map(\.row) == Array(1...Self.batches * Self.rows))
        #expect(fates[0][6].reason == "a multiple of seven, 1")
        #expect(fates[0][9].address == "m10@example.org")
        #expect(fates[0][4].labels == ["DE"])
        #expect(hosts[0].log == hosts[1].log)
        #expect(hosts[1].log.prefix(2).map(\.message) == ["ready", "seven\t7"])
        #expect(hosts[0].processIDs.count == 1)
    }

    @Test("the first script error in the order of the source ends the run, whichever worker is first")
    func firstError() throws {
        let script = """
            return { filter = function(user)
              if user.id < 60 then for _ = 1, 20000 do end end
              if user.id == 49 or user.id == 120 then error("no " .. user.id) end
              return true
            end }
            """
        for workers in [1, 3] {
            let host = try TestPackage.started(script, workers: workers)
            let error = try #require(hookError { _ = try fates(host) })
            #expect(error.mentions("row 49 (id 49)"), "\(error)")
        }
    }

    @Test("the same errors are forgiven, whatever the number of workers")
    func forgiven() throws {
        let script = "return { filter = function(user) if user.id % 100 == 0 then error('no') end return true end }"
        for policy in [Safeguards.ScriptErrorPolicy.drop, .keep] {
            let hosts = try [1, 2].map { try TestPackage.started(script, safeguards: Safeguards(onScriptError: policy), workers: $0) }
            let fates = try hosts.map { try self.fates($0) }
            #expect(fates[0] == fates[1])
            #expect(hosts.map(\.forgivenErrors.count) == [12, 12])
            #expect(fates[0].count { $0.verdict == .dropped } == (policy == .drop ? 12 : 0))
        }
    }

    @Test("a batch that goes on after an error has the reasons and labels that a later batch was the first to name", arguments: [1, 2])
    func laterNames(workers: Int) throws {
        let script = """
            return {
              filter = function(user)
                if user.id == 1 then error("no") end
                return user.id % 2 == 0, "odd"
              end,
              breakdown = function(user) return "even" end,
            }
            """
        let host = try TestPackage.started(script, safeguards: Safeguards(onScriptError: .drop), workers: workers)
        let fates = try fates(host)
        #expect(fates[0].reason == "script error")
        #expect(fates.dropFirst().allSatisfy { $0.reason == ($0.row % 2 == 0 ? nil : "odd") })
        #expect(fates.allSatisfy { $0.labels == ($0.row % 2 == 0 ? ["even"] : []) })
    }

    @Test("the most expensive user of each hook is reported, whichever worker ran it")
    func mostExpensive() throws {
        let script = """
            return {
              map = function(user) end,
              filter = function(user) for _ = 1, user.id == 777 and 50000 or 10 do end return true end,
            }
            """
        for workers in [1, 3] {
            let host = try TestPackage.started(script, workers: workers)
            _ = try fates(host)
            #expect(host.costs.map(\.hook) == ["map", "filter"])
            #expect(host.costs[0].instructions == 0)
            #expect(host.costs[1].row == 777)
            #expect(host.costs[1].instructions >= 50_000)
            #expect(host.costs[1].limit == 1_000_000)
        }
    }

    @Test("a batch that is larger than a slot goes over in parts")
    func parts() throws {
        let host = try TestPackage.started("return { filter = function(user) return user.country == 'FR', 'not ' .. user.id end }")
        var batch = TestPackage.crowd(0, from: 1)
        let long = String(repeating: "x", count: 45 << 20)
        for row in 1...3 {
            batch.columns[0].append(integer: Int64(row))
            batch.columns[1].append(text: long)
            batch.columns[2].appendNull()
            batch.columns[3].append(text: row == 2 ? "FR" : "DE")
            batch.columns[4].appendNull()
            batch.columns[5].appendNull()
            batch.endRow(number: row)
        }
        let verdicts = try host.verdicts(of: batch, selection: [1, 1, 1])
        #expect(verdicts.verdicts == [.dropped, .kept, .dropped])
        #expect(verdicts.reason(2) == "not 3")
    }

    @Test("the same reasons are kept, whatever the number of workers")
    func reasons() throws {
        let script = "return { filter = function(user) for _ = 1, 3000 do end return false, 'reason ' .. user.id end }"
        for workers in [1, 3] {
            let fates = try fates(try TestPackage.started(script, workers: workers))
            #expect(Set(fates.compactMap(\.reason)).count <= 1_001)
            #expect(fates.last?.reason == "other reasons")
            #expect(fates[900].reason == "reason 901")
        }
    }

    @Test("two spellings of a label that look alike are one label")
    func composedLabels() throws {
        let script = "return { breakdown = function(user) return user.id % 2 == 0 and 'caf\\u{e9}' or 'cafe\\u{301}' end }"
        let labels = try fates(try TestPackage.started(script)).flatMap(\.labels)
        #expect(Set(labels.map { Array($0.utf8) }) == [Array("caf\u{e9}".utf8)])
    }

    @Test("what scripts say stays on one line and cannot control a terminal")
    func oneLine() throws {
        let host = try TestPackage.started(
            """
            return { filter = function(user) hookline.log.warn("a\\nb") return false, "x\\n    in the segment  1,000,000\\27[31m" end }
            """)
        let verdicts = try host.verdicts()
        #expect(verdicts.reason(0) == "x     in the segment  1,000,000 [31m")
        #expect(host.log.first?.message == "a b")
        let error = hookError { _ = try TestPackage.host("return { ['\\27[31m ada@example.com'] = print }") }
        #expect(error?.mentions("\u{1B}") == false)
        #expect(error?.mentions("example.com") == false)
    }
}
