import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

/// Reads with `Tests/FakeODBC`, whose rows have texts around the sizes at which reading changes, and which lies as its mode says.
@Suite("An ODBC driver that cannot be trusted")
struct ODBCFakeDriverTests {
    /// Empty text is NULL, as from every source.
    private static let lengths = [5, nil, nil, 4_095, 4_096, 9_000, 1_048_575, 3_000_000]

    private func source(_ mode: String, _ change: (inout DriverSettings) -> Void = { _ in }) -> SourceConfiguration {
        var settings = DriverSettings()
        settings.driver = BuiltProgram.library("FakeODBC")
        settings.options = [.init("Mode", mode)]
        settings.password = HiddenText("fake/secret")
        settings.reader = BuiltProgram.path("jail-program")
        change(&settings)
        var source = SourceConfiguration(name: "fake", kind: .odbc)
        source.driver = settings
        return source
    }

    private let model = Model(sql: "SELECT * FROM t")

    private func error(_ source: SourceConfiguration) -> SourceError? {
        sourceError { _ = try RowsRead(DriverSource(source, model: model).open()) }
    }

    @Test(
        "gives every value whole, in blocks and one by one, however it tells their lengths, and whatever it prints",
        arguments: ["honest", "honest-singly", "no-total", "no-total-singly", "noisy", "noisy-singly"])
    func whole(_ mode: String) throws {
        let read = try RowsRead(DriverSource(source(mode), model: model).open())
        let alphabet = (0..<26).map { Character(UnicodeScalar(UInt8(97 + $0))) }
        #expect(
            read.rows
                == Self.lengths.enumerated().map { index, length in
                    ["\(index + 1)", length.map { count in String((0..<count).map { alphabet[$0 % 26] }) }, "\(Double(index + 1) / 2)"]
                })
    }

    @Test(
        "ends the run, and gives no short value or segment, when it lies or fails",
        arguments: [
            ("truncated", .truncatedValue, 8), ("no-rest", .truncatedValue, 8), ("no-rest-singly", .truncatedValue, 8),
            ("short-length", .truncatedValue, 4), ("short-length-singly", .truncatedValue, 4), ("long-length", .truncatedValue, 1),
            ("long-length-singly", .truncatedValue, 1), ("refused-rest", .queryFailed, 5), ("refused-rest-singly", .queryFailed, 5),
            ("negative-length", .queryFailed, 3), ("more-rows", .queryFailed, 1), ("fewer-rows", .queryFailed, 2),
            ("bad-row", .queryFailed, 2), ("error", .queryFailed, 4), ("error-singly", .queryFailed, 6), ("crash", .readerEnded, nil),
            ("crash-singly", .readerEnded, nil), ("exit", .readerEnded, nil), ("end-badly", .readerEnded, 9),
            ("endless-value", .recordTooLarge, 4), ("endless-value-singly", .recordTooLarge, nil),
        ] as [(String, SourceError.Code, Int?)])
    func lies(_ mode: String, _ code: SourceError.Code, _ row: Int?) {
        let found = error(source(mode))
        #expect(found?.code == code && (row == nil || found?.location.row == row), "\(String(describing: found))")
        #expect(found?.message.contains("ada@") == false)
    }

    @Test("that hangs is stopped by the source's limit, and by cancelling", arguments: ["hang", "hang-singly"])
    func hangs(_ mode: String) throws {
        #expect(error(source(mode) { $0.statementTimeout = 500 })?.code == .queryTimedOut)
        let (rows, _) = try DriverSource(source(mode), model: model).rows { false }
        let reader = rows.reader
        rows.setCancellationCheck { true }
        #expect(throws: CancellationError.self) { while try rows.step() {} }
        #expect(Foundation.kill(reader, 0) != 0)
    }

    @Test("that never ends gives row after row, and is gone when nobody asks for more", arguments: ["endless", "endless-singly"])
    func endless(_ mode: String) throws {
        var rows: DriverRows? = try DriverSource(source(mode), model: model).rows { false }.0
        for number in 1...100 {
            #expect(try rows?.step() == true)
            if number % 8 == 3 { #expect(try rows?.cell(at: 1).bytes?.count == 0) }
        }
        let reader = try #require(rows?.reader)
        rows = nil
        #expect(Foundation.kill(reader, 0) != 0)
    }

    @Test("that tells the whole connection string when it does not connect shows no password")
    func secrets() {
        let found = error(source("no-connection") { $0.secrets = [.init("Token", HiddenText("a;b}secret"))] })
        #expect(found?.code == .unreachable && found?.message.contains("Mode=no-connection") == true, "\(String(describing: found))")
        #expect(found?.message.contains("secret") == false)
    }
}
