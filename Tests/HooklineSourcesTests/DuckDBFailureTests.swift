import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A DuckDB source that fails")
struct DuckDBFailureTests {
    private func failure(_ source: SourceConfiguration, _ model: Model) -> SourceError? {
        sourceError { _ = try RowsRead(DuckDBSource(source, model: model).open()) }
    }

    @Test("says how to get the program when it is not there")
    func missing() throws {
        let folder = try DuckDBFolder()
        var source = try folder.source()
        for program in ["/nowhere/duckdb", "no-such-duckdb", folder.path] {
            source.duckdb?.program = program
            let error = failure(source, Model(sql: "SELECT 1 AS v"))
            #expect(error?.code == .programMissing && error?.message.contains("pip install duckdb-cli") == true)
        }
        try folder.write("not a program", "broken")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/broken")
        source.duckdb?.program = "\(folder.path)/broken"
        #expect(failure(source, Model(sql: "SELECT 1 AS v"))?.code == .programMissing)
    }

    @Test("finds the program that pip's script starts")
    func script() throws {
        let folder = try DuckDBFolder()
        try folder.write("#!/usr/bin/env python3\n", "bin/duckdb")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/bin/duckdb")
        let packages = "\(folder.path)/lib/python3.11/site-packages/duckdb_cli"
        try FileManager.default.createDirectory(atPath: packages, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: "\(packages)/duckdb", withDestinationPath: try DuckDBCommand.path)
        var source = try folder.source()
        source.duckdb?.program = nil
        source.duckdb?.searchPath = "relative:\(folder.path)/bin"
        #expect(try folder.read(source, Model(sql: "SELECT 1 AS v")).rows == [["1"]])
    }

    @Test("in the middle of its rows is an error, each time, and shows nobody's data")
    func middle() throws {
        let folder = try DuckDBFolder(
            "COPY (SELECT range AS id, CASE range WHEN 100000 THEN 'ada@example.com' ELSE '1' END AS v FROM range(200000)) TO 't.parquet'")
        let source = try folder.source(["t": "t.parquet"])
        for sql in [
            "SELECT id, v::INT AS v FROM t", "SELECT id, error('ada@example.com') AS v FROM t",
            "SELECT id, CASE WHEN id = 100000 THEN error('no: ada@example.com') END AS v FROM t",
        ] {
            let cursor = try DuckDBSource(source, model: Model(sql: sql)).open()
            var batch = RecordBatch(columns: cursor.columns)
            for _ in 1...2 {
                let error = sourceError { while try cursor.read(into: &batch, limit: 1_000) {} }
                #expect(error?.code == .queryFailed && error?.message.contains("ada") == false, "\(String(describing: error))")
            }
            #expect(cursor.rowsRead < 200_000)
        }
    }

    @Test("whose program is killed never looks like a source with fewer rows")
    func killed() throws {
        let folder = try DuckDBFolder()
        // A program that writes rows as DuckDB does, and dies.
        try folder.write("rows", "rows")
        for end in ["kill -9 $$", "exit 3", "printf '\"1\",\"half'"] {
            let script = "#!/bin/sh\nprintf '\"column\",\"v\",\"INTEGER\"\\n'\n\(end)\n"
            try folder.write(script, "duckdb.sh")
            let scratch = try ScratchFolder(source: "lake")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/duckdb.sh")
            let process = try DuckDBProcess(
                program: "\(folder.path)/duckdb.sh", script: "", readable: [], folder: scratch, timeout: nil, wantsJail: false
            ) { false }
            let scanner = try CSVScanner(FileWindow(process, path: "lake", limits: .init()), CSVFormat())
            #expect(throws: (any Error).self) { while try scanner.nextRow(width: 3) {} }
        }
    }

    @Test("stops a query that takes longer than the source allows, or that nobody waits for any more")
    func stops() async throws {
        let folder = try DuckDBFolder()
        var source = try folder.source()
        let endless = Model(sql: "SELECT count(*) AS v FROM range(1000000000) a, range(1000000000) b")
        source.duckdb?.timeout = 1_000
        #expect(failure(source, endless)?.code == .queryTimedOut)
        source.duckdb?.timeout = nil
        let cursor = try DuckDBSource(source, model: endless).open()
        let canceled = Flag()
        cursor.setCancellationCheck { canceled.isSet }
        var batch = RecordBatch(columns: cursor.columns)
        Thread { canceled.set() }.start()
        #expect(throws: CancellationError.self) { _ = try cursor.read(into: &batch, limit: 1) }
    }

    @Test("says which limit a query met: memory, or room in the temporary folder")
    func memory() throws {
        let folder = try DuckDBFolder()
        var source = try folder.source()
        source.duckdb?.memoryLimit = 64 << 20
        let spilled = Model(sql: "SELECT v FROM (SELECT md5(range::VARCHAR) AS v FROM range(2000000)) ORDER BY v LIMIT 2000000")
        #expect(try folder.read(source, Model(sql: "SELECT count(*) AS n FROM (\(spilled.sql ?? ""))")).rows == [["2000000"]])
        let error = failure(source, Model(sql: "SELECT length(list(repeat('x', 1000) || range)::VARCHAR) AS v FROM range(1000000)"))
        #expect(error?.code == .outOfMemory && error?.message.contains("64 MB") == true, "\(String(describing: error))")
    }

    @Test("names files that are missing, damaged, unreadable, or of another kind")
    func files() throws {
        let folder = try DuckDBFolder("COPY (SELECT range AS id FROM range(10000)) TO 'good.parquet'")
        let good = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/good.parquet"))
        try good.prefix(300).write(to: URL(fileURLWithPath: "\(folder.path)/cut.parquet"))
        var bytes = good
        for index in 20..<200 { bytes[index] = 0xAA }
        try bytes.write(to: URL(fileURLWithPath: "\(folder.path)/bad.parquet"))
        try Data().write(to: URL(fileURLWithPath: "\(folder.path)/empty.csv"))
        try Data("id,e\n1,\u{00FF}".utf8.dropLast(2) + [0xFF, 0x0A]).write(to: URL(fileURLWithPath: "\(folder.path)/latin.csv"))
        try folder.write("id\n1\n", "x.unknown")
        try folder.write("{\"id\": 1}\n{\"id\": \n", "bad.jsonl")
        func code(_ file: String) throws -> SourceError.Code? { failure(try folder.source(["t": file]), Model(table: "t"))?.code }
        #expect(try code("empty.csv") == .emptyFile)
        #expect(try code("none.parquet") == .noFiles)
        #expect(try code("cut.parquet") == .wrongFormat)
        #expect([.wrongFormat, .queryFailed].contains(try code("bad.parquet")))
        #expect(try code("latin.csv") == .badEncoding)
        #expect(try code("x.unknown") == .wrongFormat)
        #expect(try code("bad.jsonl") != nil)
        #expect(try code("*.{csv,jsonl}") == .noFiles)
        #expect(failure(try folder.source(database: "none.duckdb"), Model(table: "t"))?.code == .notFound)
        #expect(failure(try folder.source(database: "x.unknown"), Model(table: "t"))?.code == .notADatabase)
        #expect(failure(try folder.source(database: ""), Model(table: "t"))?.code == .notAFile)
    }

    @Test("says that another program has the database open")
    func locked() throws {
        let folder = try DuckDBFolder()
        try DuckDBCommand.run("CREATE TABLE t (a INT)", in: folder.path, database: "shop.duckdb")
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: try DuckDBCommand.path)
        writer.arguments = ["-init", "/dev/null", "\(folder.path)/shop.duckdb"]
        let (input, output) = (Pipe(), Pipe())
        (writer.standardInput, writer.standardOutput, writer.standardError) = (input, output, FileHandle.nullDevice)
        try writer.run()
        try input.fileHandleForWriting.write(contentsOf: Data("SELECT 'ready';\n".utf8))
        var said = Data()
        while !String(decoding: said, as: UTF8.self).contains("ready") { said += output.fileHandleForReading.availableData }
        #expect(failure(try folder.source(database: "shop.duckdb"), Model(table: "t"))?.code == .locked)
        try input.fileHandleForWriting.close()
        writer.waitUntilExit()
        #expect(failure(try folder.source(database: "shop.duckdb"), Model(table: "t")) == nil)
    }

    @Test("notices a file that changes while it is read")
    func changed() throws {
        let folder = try DuckDBFolder()
        try folder.write("id\n1\n2\n", "t.csv")
        let cursor = try DuckDBSource(try folder.source(["t": "t.csv"]), model: Model(table: "t")).open()
        try folder.write("id\n1\n", "t.csv")
        var batch = RecordBatch(columns: cursor.columns)
        #expect(sourceError { while try cursor.read(into: &batch, limit: 1) {} }?.code == .changed)
    }

    @Test("leaves no folder behind, and takes away those that killed processes left")
    func scratch() throws {
        let parent = FileManager.default.temporaryDirectory.path
        let dead = "\(parent)/hookline-duckdb-999999999-x"
        try FileManager.default.createDirectory(atPath: dead, withIntermediateDirectories: true)
        var folder: ScratchFolder? = try ScratchFolder(source: "lake")
        let path = folder?.path ?? ""
        #expect(FileManager.default.fileExists(atPath: path) && !FileManager.default.fileExists(atPath: dead))
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}

/// A flag that threads share.
private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
}
