import Testing

@testable import Mailchimp

@Suite("Retry-After")
struct RetryAfterTests {
    private let now: Int64 = 784_111_777  // Sun, 06 Nov 1994 08:49:37 GMT

    @Test(
        "is a number of seconds or a date in any of the three forms",
        arguments: [
            ("7", 7), (" 120 ", 120), ("0", 0), ("99999999999999999999999", Int.max), ("Sun, 06 Nov 1994 08:50:07 GMT", 30),
            ("Sunday, 06-Nov-94 08:50:07 GMT", 30), ("Sun Nov  6 08:50:07 1994", 30), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
            ("-5", nil), ("soon", nil), ("", nil), ("3.5", nil),
        ] as [(String, Int?)])
    func forms(_ text: String, _ seconds: Int?) {
        #expect(RetryAfter.seconds(text, serverTime: nil, now: now) == seconds)
    }

    @Test("counts from the server's clock")
    func clocks() {
        let pause = RetryAfter.seconds("Sun, 06 Nov 1994 12:00:30 GMT", serverTime: 784_123_200, now: now)
        #expect(pause == 30)
        #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:50:07 GMT", serverTime: nil, now: now) == 30)
    }
}
