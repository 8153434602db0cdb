import HooklineCore
import Testing

@Suite("A schedule in words")
struct ScheduleSentenceTests {
    @Test(
        "says what a cron line means",
        arguments: [
            ("0 6 * * *", "every day at 06:00"),
            ("0 6,18 * * 1-5", "every Monday to Friday at 06:00 and 18:00"),
            ("*/15 * * * *", "every 15 minutes"),
            ("5 * * * *", "at minute 05 of every hour"),
            ("0 */6 * * *", "every day at 00:00, 06:00, 12:00 and 18:00"),
            ("0 */2 * * *", "at minute 00 of every second hour"),
            ("* * * * 0", "every minute every Sunday"),
            ("30 2 1 1,7 *", "on day 1 of the month at 02:30 in January and July"),
            ("0 0 13 * 5", "on day 13 of the month and every Friday at 00:00"),
            ("0 0 */2 * 1", "every Monday on days 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29 and 31 of the month at 00:00"),
            ("0-59/20 8-17 * * *", "every 20 minutes of hours 8 to 17"),
            ("0,45 * * * *", "at minutes 00 and 45 of every hour"),
        ])
    func cron(_ line: String, _ sentence: String) throws {
        #expect(ScheduleSentence.text(.cron(try CronExpression(line))) == sentence)
    }

    @Test("says how long an interval is, and where it begins")
    func intervals() {
        #expect(ScheduleSentence.text(.every(seconds: 900), first: 300) == "every 15 minutes")
        #expect(ScheduleSentence.text(.every(seconds: 21_600), first: 1_020) == "every 6 hours, at minute 17")
        #expect(ScheduleSentence.text(.every(seconds: 86_400), first: 18_420) == "every day at 05:07 UTC")
        #expect(ScheduleSentence.text(.every(seconds: 5_400)) == "every 90 minutes")
    }

    @Test("says days and times, what goes before, and that nothing does")
    func others() throws {
        let times = [("09:00", ["mon", "wed"]), ("18:30", [])].compactMap { WeeklyTime(days: $1, time: $0) }
        #expect(ScheduleSentence.text(.at(times)) == "every Monday and Wednesday at 09:00, and every day at 18:30")
        #expect(ScheduleSentence.text(.after("crm")) == "each time when crm is done")
        #expect(ScheduleSentence.text(nil) == "by hand")
    }
}
