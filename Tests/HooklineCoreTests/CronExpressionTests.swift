import HooklineCore
import Testing

@Suite("A cron line")
struct CronExpressionTests {
    private func bits(_ values: Int...) -> UInt64 { values.reduce(0) { $0 | 1 << UInt64($1) } }

    @Test("takes numbers, ranges, lists, steps and names")
    func fields() throws {
        let line = try CronExpression("*/20 6,18 1-3 jan-mar mon,5")
        #expect(line.minutes == bits(0, 20, 40))
        #expect(line.hours == bits(6, 18))
        #expect(line.days == bits(1, 2, 3))
        #expect(line.months == bits(1, 2, 3))
        #expect(line.weekdays == bits(1, 5))
    }

    @Test("takes 7 for Sunday, like 0")
    func sunday() throws {
        #expect(try CronExpression("0 0 * * 7").weekdays == bits(0))
        #expect(try CronExpression("0 0 * * 5-7").weekdays == bits(0, 5, 6))
    }

    @Test(
        "has shorthands",
        arguments: [("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@weekly", "0 0 * * 0"), ("@monthly", "0 0 1 * *")])
    func shorthands(_ short: String, _ long: String) throws {
        #expect(try CronExpression(short).hours == CronExpression(long).hours)
    }

    @Test(
        "is rejected with the wrong field",
        arguments: [
            ("60 * * * *", "minute"), ("* 24 * * *", "hour"), ("* * 0 * *", "day"), ("* * * 13 *", "month"), ("* * * * 8", "weekday"),
            ("5-1 * * * *", "minute"), ("*/0 * * * *", "minute"), ("a * * * *", "minute"), ("1,,2 * * * *", "minute"),
            ("* * * *", "five fields"),
            ("", "five fields"), ("* * * foo *", "month"), ("-1 * * * *", "minute"),
        ])
    func refused(_ text: String, _ word: String) {
        #expect { try CronExpression(text) } throws: { error in
            (error as? CronExpression.Mistake)?.message.contains(word) ?? false
        }
    }
}
