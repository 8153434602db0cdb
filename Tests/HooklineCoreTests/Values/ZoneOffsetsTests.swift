import Foundation
import HooklineCore
import Support
import Testing

@Suite("The offsets of a time zone")
struct ZoneOffsetsTests {
    private static let zones = TimeZone.knownTimeZoneIdentifiers

    @Test("are Foundation's, at any moment and around clock changes", arguments: 1...60)
    func offsets(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let (name, zone) = try Self.zone(&random)
            let moment = Self.moment(zone, &random)
            let offsets = try #require(ZoneOffsets(named: name))
            #expect(
                offsets.offset(at: moment) == Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))),
                "\(name) at \(moment), seed \(seed)")
        }
    }

    @Test("turn a local time into the earliest moment at which clocks show it", arguments: 1...60)
    func local(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let (name, zone) = try Self.zone(&random)
            let offsets = try #require(ZoneOffsets(named: name))
            let local = Self.moment(zone, &random) + Int64.random(in: -50_000...50_000, using: &random)
            let shows = Self.shows(local, zone)
            let found = offsets.moment(ofLocal: local)
            if let first = shows.first {
                #expect(found == first, "\(name), local \(local), seed \(seed)")
            } else {
                // The clocks skip this time: they show an earlier one just before, and a later one from then on.
                #expect(found - 1 + offsets.offset(at: found - 1) < local && found + offsets.offset(at: found) > local, "\(name), \(local)")
            }
        }
    }

    @Test("keep the order of local times", arguments: ["Europe/Paris", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])
    func order(_ name: String) throws {
        let offsets = try #require(ZoneOffsets(named: name))
        var last = Int64.min
        for local in stride(from: Int64(1_300_000_000), to: 1_340_000_000, by: 900) {
            let moment = offsets.moment(ofLocal: local)
            #expect(moment >= last)
            last = moment
        }
    }

    @Test("begin a day without a midnight at the clock change, and give a skipped day no length")
    func midnights() throws {
        let brazil = try #require(ZoneOffsets(named: "America/Sao_Paulo"))
        // 2018-11-04 began at 01:00 there.
        let day = try #require(CalendarDate(year: 2018, month: 11, day: 4))
        #expect(Timestamp.text(brazil.begin(of: day)) == "2018-11-04T03:00:00Z")
        let samoa = try #require(ZoneOffsets(named: "Pacific/Apia"))
        let missing = try #require(CalendarDate(year: 2011, month: 12, day: 30))
        #expect(samoa.begin(of: missing) == samoa.begin(of: CalendarDate(daysSinceEpoch: missing.daysSinceEpoch + 1)))
    }

    @Test("are nil for unknown names", arguments: ["", "Mars/Olympus", "Europe"])
    func unknown(_ name: String) {
        #expect(ZoneOffsets(named: name) == nil)
    }

    private static func zone(_ random: inout SeededGenerator) throws -> (String, TimeZone) {
        let name = try #require(zones.randomElement(using: &random))
        return (name, try #require(TimeZone(identifier: name)))
    }

    /// A random moment from 1800 to 2600, or one near a clock change.
    private static func moment(_ zone: TimeZone, _ random: inout SeededGenerator) -> Int64 {
        let any = Int64.random(in: -5_364_662_400...19_880_000_000, using: &random)
        guard Bool.random(using: &random), any < 5_049_129_600,
            let change = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double(any)))
        else { return any }
        return Int64(change.timeIntervalSince1970) + Int64.random(in: -7_300...7_300, using: &random)
    }

    /// Every moment at which the zone's clocks show a time.
    private static func shows(_ local: Int64, _ zone: TimeZone) -> [Int64] {
        let offsets = stride(from: local - 180_000, through: local + 180_000, by: 3_600).map {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))))
        }
        return Set(offsets).map { local - $0 }.filter {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0)))) == local - $0
        }.sorted()
    }
}
