import Foundation
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Reading a file in blocks")
struct FileWindowTests {
    private func cursor(_ path: String, block: Int = 8, kind: SourceConfiguration.Kind = .csv) throws -> any RowCursor {
        let configuration = SourceConfiguration(name: "shop", kind: kind, path: path)
        return kind == .csv
            ? try CSVSource(configuration, model: Model(), limits: .init(block: block)).open()
            : try JSONLSource(configuration, model: Model(), limits: .init(block: block)).open()
    }

    @Test("a missing file and a folder have their own errors", arguments: [SourceConfiguration.Kind.csv, .jsonl])
    func missing(_ kind: SourceConfiguration.Kind) {
        #expect(sourceError { _ = try cursor("/nowhere/users.csv", kind: kind) }?.code == .notFound)
        #expect(sourceError { _ = try cursor("/", kind: kind) }?.code == .notAFile)
    }

    @Test("a file that shrinks while it is read is an error")
    func truncated() throws {
        let file = try TemporaryFile("a,b\n" + String(repeating: "1,2\n", count: 100))
        let cursor = try cursor(file.path)
        var batch = RecordBatch(columns: cursor.columns)
        #expect(try cursor.read(into: &batch, limit: 10))
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.truncate(atOffset: 200)
        let error = sourceError { while try cursor.read(into: &batch, limit: 10) {} }
        #expect(error?.code == .changed)
    }

    @Test("a file that grows while it is read is an error")
    func grown() throws {
        let file = try TemporaryFile("a,b\n" + String(repeating: "1,2\n", count: 100))
        let cursor = try cursor(file.path)
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("3,".utf8))
        var batch = RecordBatch(columns: cursor.columns)
        #expect(sourceError { while try cursor.read(into: &batch, limit: 10) {} }?.code == .changed)
    }

    @Test("a file that is replaced while it is read is read to its end")
    func replaced() throws {
        let file = try TemporaryFile("a,b\n" + String(repeating: "1,2\n", count: 100))
        let cursor = try cursor(file.path)
        try FileManager.default.removeItem(atPath: file.path)
        try Data("a\n".utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(try RowsRead(cursor).rows.count == 100)
    }

    @Test("200,000 rows fit through a buffer of two blocks")
    func bounded() throws {
        let limits = FileWindow.Limits(block: 4_096)
        let csv = try TemporaryFile("id,email\n" + (1...200_000).map { "\($0),user\($0)@example.com\n" }.joined())
        let csvReader = try CSVSource(SourceConfiguration(name: "shop", kind: .csv, path: csv.path), model: Model(), limits: limits)
            .reader()
        #expect(try RowsRead(BatchCursor(csvReader)).rowsRead == 200_000)
        #expect(csvReader.bufferCapacity == 8_192)
        let jsonl = try TemporaryFile((1...200_000).map { "{\"id\":\($0),\"email\":\"user\($0)@example.com\"}\n" }.joined())
        let jsonlReader = try JSONLSource(SourceConfiguration(name: "shop", kind: .jsonl, path: jsonl.path), model: Model(), limits: limits)
            .reader()
        #expect(try RowsRead(BatchCursor(jsonlReader)).rowsRead == 200_000)
        #expect(jsonlReader.bufferCapacity == 8_192)
    }

    @Test("a batch of large rows ends early")
    func largeRows() throws {
        let text = "a,b\n" + String(repeating: String(repeating: "x", count: 1_000) + ",2\n", count: 50)
        let file = try TemporaryFile(text)
        let reader = try CSVSource(SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: Model()).reader()
        let cursor = BatchCursor(reader, bytesPerBatch: 10_000)
        var batch = RecordBatch(columns: cursor.columns)
        var sizes: [Int] = []
        while try cursor.read(into: &batch, limit: 1_000) { sizes.append(batch.count) }
        #expect(sizes == [10, 10, 10, 10, 10])
    }

    @Test("batches have as many rows as requested, and the last has the rest")
    func batches() throws {
        let file = try TemporaryFile("a\n" + (1...25).map { "\($0)\n" }.joined())
        let cursor = try cursor(file.path)
        var batch = RecordBatch(columns: cursor.columns)
        var sizes: [Int] = []
        while try cursor.read(into: &batch, limit: 10) { sizes.append(batch.count) }
        #expect(sizes == [10, 10, 5])
        #expect(batch.count == 0)
        #expect(try cursor.read(into: &batch, limit: 10) == false)
    }
}
