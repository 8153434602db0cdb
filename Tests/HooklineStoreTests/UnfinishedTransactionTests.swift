import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("A ledger whose making was cut off")
struct UnfinishedTransactionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var journal: String { folder.ledgerPath + "-journal" }

    /// Makes a database, and beside it a journal that takes the last transaction back to these pages.
    private func cutOff(_ sql: String, original: [[UInt8]] = []) throws {
        let database = try DatabaseQueue(path: folder.ledgerPath)
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
        // sqlite.org, "Database File Format", 3: a header of one sector, then each page with its number and checksum.
        func big(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        let magic: [UInt8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]
        var bytes = magic + big(original.count) + big(0) + big(original.count) + big(512) + big(4096)
        bytes += [UInt8](repeating: 0, count: 512 - bytes.count)
        for (number, page) in zip(1..., original) {
            let checksum = stride(from: 4096 - 200, to: 0, by: -200).reduce(0) { $0 + Int(page[$1]) }
            bytes += big(number) + page + big(checksum)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: journal))
    }

    private func content() throws -> [UInt8] { Array(try #require(FileManager.default.contents(atPath: folder.ledgerPath))) }

    @Test("is made anew, without anybody's help", arguments: ["PRAGMA user_version = 0; VACUUM", "PRAGMA application_id = 1212894286"])
    func hotJournal(sql: String) throws {
        try cutOff(sql)
        #expect(try content().count == 4096)
        let ledger = try folder.openLedger()
        #expect(try ledger.examine(repairs: false).first?.severity == .fine)
        try ledger.close()
        #expect(!FileManager.default.fileExists(atPath: journal))
    }

    @Test("goes back to the state before the transaction")
    func original() throws {
        let database = try DatabaseQueue(path: folder.ledgerPath)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(LedgerFile.applicationID)") }
        try database.close()
        try cutOff("PRAGMA user_version = 77", original: [try content()])
        try folder.openLedger().close()
        #expect(!FileManager.default.fileExists(atPath: journal))
    }

    @Test("is left alone with its journal if another program may have made it")
    func foreign() throws {
        for sql in [
            "PRAGMA application_id = 7", "CREATE TABLE songs(title); INSERT INTO songs VALUES (zeroblob(100000))",
        ] {
            try cutOff(sql)
            let before = try content()
            let error = #expect(throws: StoreError.self) { try folder.openLedger() }
            #expect(error?.code == .notALedger)
            #expect(try content() == before && FileManager.default.fileExists(atPath: journal))
            try FileManager.default.removeItem(atPath: journal)
            try FileManager.default.removeItem(atPath: folder.ledgerPath)
        }
    }
}
