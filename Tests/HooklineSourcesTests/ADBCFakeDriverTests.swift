import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

/// Reads with `Tests/FakeADBC`, which gives every type of Arrow, and lies as its mode says.
@Suite("An ADBC driver that cannot be trusted")
struct ADBCFakeDriverTests {
    private func source(_ mode: String, _ change: (inout DriverSettings) -> Void = { _ in }) -> SourceConfiguration {
        var settings = DriverSettings()
        settings.driver = BuiltProgram.library("FakeADBC")
        settings.secrets = [.init("token", HiddenText("fake/secret"))]
        settings.options = [.init("mode", mode)]
        settings.reader = BuiltProgram.path("jail-program")
        change(&settings)
        var source = SourceConfiguration(name: "fake", kind: .adbc)
        source.driver = settings
        return source
    }

    private let model = Model(sql: "SELECT * FROM t")

    private func error(_ source: SourceConfiguration) -> (any Error)? {
        do { _ = try RowsRead(DriverSource(source, model: model).open()) } catch { return error }
        return nil
    }

    @Test(
        "gives every value, from wherever in its buffers an array begins, and whatever it prints",
        arguments: ["honest", "uncounted", "noisy"])
    func whole(_ mode: String) throws {
        let read = try RowsRead(DriverSource(source(mode), model: model).open())
        let rows = [["1", "é1", "0.5", #"["1"]"#, nil], ["2", nil, "1.0", #"["2"]"#, "three"], ["3", "two t", "1.5", #"["3"]"#, "one"]]
        let second = zip(["4", "5", "6"], zip(["2.0", "2.5", "3.0"], rows)).map { [$0, $1.1[1], $1.0, $1.1[3], $1.1[4]] }
        #expect(read.rows == rows + second)
        #expect(read.columns.map(\.name) == ["id", "note", "score", "list", "word"])
    }

    @Test("has each type of Arrow read as PostgreSQL spells it")
    func types() throws {
        let (rows, _) = try DriverSource(source("types"), model: model).rows { false }
        #expect(try rows.step())
        let texts = try (0..<25).map { try rows.cell(at: $0).bytes.map { String(decoding: $0, as: UTF8.self) } }
        #expect(
            texts == [
                "t", "-128", "255", "-32768", "65535", "-2147483648", "4294967295", "-9223372036854775808", "18446744073709551615", "0.1",
                "1e+300", "-0.05", "1234.567", String(repeating: "9", count: 38),
                "-0." + String(repeating: "0", count: 38) + String(repeating: "9", count: 38), "-500", "0001-01-01 BC", "1969-12-31",
                "01:02:03.5", "23:59:59.999999", "1969-12-31 23:59:59.5+00", "9999-12-31 23:59:59", "1970-01-01 00:00:00.000000001+00",
                "01fe", nil,
            ])
        #expect(try rows.step() == false)
    }

    @Test(
        "ends the run, and gives no wrong value or short segment, when it lies or fails",
        arguments: [
            ("no-marks", .queryFailed), ("wrong-null-count", .queryFailed), ("falling-offsets", .queryFailed),
            ("negative-offset", .queryFailed), ("list-beyond", .queryFailed), ("bad-index", .queryFailed),
            ("negative-index", .queryFailed), ("no-text", .queryFailed), ("no-values", .queryFailed), ("few-buffers", .queryFailed),
            ("negative-length", .queryFailed), ("short-column", .queryFailed), ("no-dictionary", .queryFailed),
            ("few-columns", .queryFailed), ("unknown-format", .queryFailed), ("unknown-type", .queryFailed), ("error", .queryFailed),
            ("silent-error", .queryFailed), ("large", .recordTooLarge), ("crash", .readerEnded), ("exit", .readerEnded),
            ("end-badly", .readerEnded),
        ] as [(String, SourceError.Code)])
    func lies(_ mode: String, _ code: SourceError.Code) {
        let found = error(source(mode))
        #expect((found as? SourceError)?.code == code, "\(String(describing: found))")
        #expect("\(String(describing: found))".contains("ada@") == false)
    }

    @Test("with a column of a type that is not read can be used without that column")
    func unused() throws {
        var some = model
        some.used = ["id", "note"]
        // The driver gives all columns, whatever is asked for: what counts is that none is refused before it is used.
        let columns = try DriverSource(source("unknown-type"), model: some).open().columns
        #expect(columns.map(\.name).contains("id"))
    }

    @Test("that gives no rows at all has no query")
    func noStream() {
        #expect((error(source("no-stream")) as? IssuesFound)?.issues.map(\.code) == ["sources.bad_sql"])
    }

    @Test("that hangs is stopped by the source's limit, and by cancelling")
    func hangs() throws {
        #expect((error(source("hang") { $0.statementTimeout = 1_000 }) as? SourceError)?.code == .queryTimedOut)
        let (rows, _) = try DriverSource(source("hang"), model: model).rows { false }
        let reader = rows.reader
        rows.setCancellationCheck { true }
        #expect(throws: CancellationError.self) { while try rows.step() {} }
        #expect(Foundation.kill(reader, 0) != 0)
    }

    @Test("that never ends gives row after row, and is gone when nobody asks for more")
    func endless() throws {
        var rows: DriverRows? = try DriverSource(source("endless"), model: model).rows { false }.0
        for _ in 1...10_000 { #expect(try rows?.step() == true) }
        let reader = try #require(rows?.reader)
        rows = nil
        #expect(Foundation.kill(reader, 0) != 0)
    }

    @Test("that puts a token into its message shows none")
    func secrets() {
        let found = error(source("no-connection")) as? SourceError
        #expect(found?.code == .loginRefused && found?.message.contains("with the token …") == true, "\(String(describing: found))")
    }

    #if os(Linux)
        @Test("writes no file, and starts no program")
        func jailed() throws {
            // Otherwise it says so, instead of giving its rows.
            #expect(try RowsRead(DriverSource(source("burglar"), model: model).open()).rows.count == 6)
        }
    #endif
}
