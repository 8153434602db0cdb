import HooklineCore
import Support
import Testing

@Suite("A cron line is due when Debian's cron would run it")
struct CronSimAgreementTests {
    private static let count = 4

    @Test("over ten thousand lines, zones, and moments, those around clock changes above all")
    func agreement() throws {
        var random = RandomSchedules()
        var questions: [CronSim.Question] = []
        for _ in 0..<10_000 {
            let name = random.zone()
            let zone = try #require(ZoneOffsets(named: name))
            questions.append(.init(random.line(), name, random.moment(zone)))
        }
        let theirs = try CronSim.instants(questions, count: Self.count)
        #expect(theirs.count == questions.count)
        var compared = 0
        for (question, theirs) in zip(questions, theirs) {
            let zone = try #require(ZoneOffsets(named: question.zone))
            guard let line = try? CronExpression(question.line) else {
                // On purpose: a day that no month has is refused, also beside a weekday.
                let fields = question.line.split(separator: " ")
                #expect(theirs == nil || !(fields[2].hasPrefix("*") || fields[4].hasPrefix("*")), "\(question)")
                continue
            }
            let due = DueInstants(.cron(line), zone: zone, name: "any")
            var ours: [Int64] = []
            while ours.count < Self.count, let next = due.next(after: ours.last ?? question.start) { ours.append(next) }
            // On purpose: in the second pass of a repeated hour, CronSim goes back to the first one, so its first instants may be over.
            guard var theirs else {
                Issue.record("\(question) is refused by CronSim only")
                continue
            }
            if !line.isInterval, zone.moment(ofLocal: question.start + zone.offset(at: question.start)) != question.start {
                theirs.removeAll { $0 <= question.start }
            }
            // On purpose: after a change by half an hour, CronSim looks for hours at half past; after one around midnight, it skips an hour or goes back.
            let change = zone.change(after: question.start - 86_400) ?? .max
            let isAroundMidnight = ["America/Havana", "America/St_Johns"].contains(question.zone) && change <= ours.last ?? .max
            if line.isInterval, isAroundMidnight || question.zone == "Australia/Lord_Howe" { continue }
            compared += 1
            #expect(Array(ours.prefix(theirs.count)) == theirs, "\(question)")
        }
        #expect(compared > 9_000)
    }
}

/// Cron lines, zones, and moments by chance, the same in each run.
private struct RandomSchedules {
    private static let zones = [
        "America/New_York", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut", "Pacific/Apia",
        "America/Santiago", "Antarctica/Troll", "Asia/Kolkata", "UTC", "America/Sao_Paulo",
    ]
    private var generator = SeededGenerator(seed: 19)

    mutating func zone() -> String { Self.zones.randomElement(using: &generator) ?? "UTC" }

    private mutating func field(_ range: ClosedRange<Int>, star: Int) -> String {
        if Int.random(in: 0..<10, using: &generator) < star {
            return Bool.random(using: &generator) ? "*" : "*/\(Int.random(in: 1...max(2, range.upperBound / 2), using: &generator))"
        }
        var parts: [String] = []
        for _ in 0...Int.random(in: 0...2, using: &generator) {
            let low = Int.random(in: range, using: &generator)
            let high = Int.random(in: low...range.upperBound, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: parts.append("\(low)-\(high)")
            // On purpose: a step in a range of one value; CronSim goes on to the end, and Debian's cron does not.
            case 1 where low < high: parts.append("\(low)-\(high)/\(Int.random(in: 1...5, using: &generator))")
            default: parts.append("\(low)")
            }
        }
        return parts.joined(separator: ",")
    }

    /// A random line; half of them in the hours in which clocks change.
    mutating func line() -> String {
        let hour = Bool.random(using: &generator) ? field(0...3, star: 2) : field(0...23, star: 4)
        return [field(0...59, star: 4), hour, field(1...31, star: 8), field(1...12, star: 9), field(0...7, star: 8)].joined(separator: " ")
    }

    /// A random moment; half of them within two days of a change of the zone's clocks.
    mutating func moment(_ zone: ZoneOffsets) -> Int64 {
        let any = Int64.random(in: 1_262_304_000..<1_766_000_000, using: &generator)
        guard Bool.random(using: &generator), let change = zone.change(after: any), change < 1_766_000_000 else { return any }
        return change + Int64.random(in: -172_800...172_800, using: &generator)
    }
}
