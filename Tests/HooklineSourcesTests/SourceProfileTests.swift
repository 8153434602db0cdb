import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("The profile of a source")
struct SourceProfileTests {
    private static let cells = [
        "1", "007", "-3", "1.5", "1,5", "1.234,50", "12345678901234567890", "yes", "0", "NO", "2026-01-31", "2026-01-31T10:00:00Z",
        "31/01/2026",
        "01/31/2026", "02/03/2026", "3 Mar 2026", "1772344800", "€ 5", "x", " 4 ", "[\"a\"]", "{\"a\":1}", "+49301234567", "é", "1e3",
    ]

    /// The cells as a source of each kind, in a column named `v`.
    private func sources(_ folder: URL) throws -> [(SourceConfiguration, Model)] {
        let quoted = try Self.cells.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let csv = folder.appendingPathComponent("x.csv")
        try ("v,w\n" + Self.cells.map { "\"\($0.replacing("\"", with: "\"\""))\",1\n" }.joined()).write(
            to: csv, atomically: true, encoding: .utf8)
        let jsonl = folder.appendingPathComponent("x.jsonl")
        let numbers = ["1", "1.5", "20260131", "true", "[1]", "null"]
        try (quoted + numbers).map { "{\"v\":\($0)}\n" }.joined().write(to: jsonl, atomically: true, encoding: .utf8)
        let sqlite = folder.appendingPathComponent("x.db")
        try DatabaseQueue(path: sqlite.path).inDatabase { database in
            try database.execute(sql: "CREATE TABLE x (v)")
            for cell in Self.cells { try database.execute(sql: "INSERT INTO x VALUES (?)", arguments: [cell]) }
            try database.execute(sql: "INSERT INTO x VALUES (1), (1.5), (1772344800), (x'00'), (NULL)")
        }
        return [
            (SourceConfiguration(name: "csv", kind: .csv, path: csv.path), Model()),
            (SourceConfiguration(name: "jsonl", kind: .jsonl, path: jsonl.path), Model()),
            (SourceConfiguration(name: "sqlite", kind: .sqlite, path: sqlite.path), Model(table: "x")),
        ]
    }

    @Test("counts, for every type, exactly the values that a run reads, whatever the source")
    func agreement() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-profile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (configuration, model) in try sources(folder) {
            let profile = try SourceProfile(configuration, model: model, limit: nil) { false }
            let column = try #require(profile.columns.first { $0.name == "v" })
            #expect(profile.isWhole && column.trials.count == TypeCandidate.all.count)
            for trial in column.trials {
                var typed = model
                typed.columns = [Model.TypedColumn("v", trial.candidate.type, format: trial.candidate.format)]
                typed.used = ["v"]
                let unfit = try UnfitValues(configuration, model: typed, now: 0) { false }
                var batch = RecordBatch(columns: unfit.cursor.columns)
                var read = 0
                while try unfit.cursor.read(into: &batch, limit: 10) { read += (0..<batch.count).count { !batch.columns[0].isNull($0) } }
                #expect(read == trial.fits, "\(configuration.name): \(trial.candidate)")
                let misfits = unfit.columns.first?.shapes.total ?? 0
                #expect(misfits == trial.misfits.total + column.unreadable, "\(configuration.name): \(trial.candidate)")
            }
        }
    }

    @Test(
        "shows values as shapes without personal data",
        arguments: [
            ("Lovelace 1815", "Aaa 9999"), ("ada@example.com", "aaa@aaa.aaa"), ("+49 (30) 901820", "+99 (99) 999999"), ("ÉTÉ", "AAA"),
            ("12345678901234567890", "999999999999"), ("a\u{301}\u{200B}b", "aa"), ("東京", "aa"), ("€ 5", "€ 9"), ("🙂x", "·a"),
            ("\u{7}\n", "··"),
            ("", ""), ("1-2-3-4-5-6-7-8-9-0-1-2-3-4", "9-9-9-9-9-9-9-9-9-9-9-9-…"),
        ])
    func shapes(_ text: String, _ shape: String) {
        #expect(ValueShape.of(text) == shape)
    }

    @Test("counts distinct values exactly up to a limit, and says so beyond it")
    func distinct() {
        func counted(_ numbers: some Sequence<Int>, room: Int) -> DistinctValues {
            var (values, room) = (DistinctValues(), room)
            for number in numbers { Array("k\(number)".utf8).withUnsafeBufferPointer { values.note($0, room: &room) } }
            return values
        }
        let many = counted(1...100_500, room: DistinctValues.limitOfAll)
        #expect(many.count == DistinctValues.limit && !many.isExact && !many.hasRepeats)
        let few = counted((1...50).map { $0 % 7 }, room: 100)
        #expect(few.count == 7 && few.isExact && few.hasRepeats)
        let crowded = counted(1...50, room: 10)
        #expect(crowded.count == 10 && !crowded.isExact)
    }

    @Test("stops on request")
    func cancelled() throws {
        let file = try TemporaryFile("v,w\n1,2\n")
        #expect(throws: CancellationError.self) {
            try SourceProfile(SourceConfiguration(name: "x", kind: .csv, path: file.path), model: Model(), limit: nil) { true }
        }
    }
}
