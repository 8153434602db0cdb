import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("The ledger's file")
struct LedgerFileTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("belongs to its owner alone, as do its folder and the files beside it, whatever the umask")
    func modes() async throws {
        let path = folder.path
        // In its own process: the umask is global.
        await #expect(processExitsWith: .success) { [path = path as String] in
            umask(0)
            let ledgerPath = path + "/a/.hookline/ledger.db"
            let ledger = try SQLiteLedger.open(at: ledgerPath)
            try ledger.begin(run: "r", activation: "vip", kind: .run, at: 1)
            for file in [ledgerPath, ledgerPath + "-wal", ledgerPath + "-shm"] { #expect(try mode(of: file) == 0o600, "\(file)") }
            for made in [path + "/a", path + "/a/.hookline", ledgerPath + ".locks"] { #expect(try mode(of: made) == 0o700, "\(made)") }
            umask(0o777)
            let narrow = try SQLiteLedger.open(at: path + "/b/ledger.db")
            try narrow.begin(run: "r", activation: "vip", kind: .run, at: 1)
            for file in ["", "-wal", "-shm"] { #expect(try mode(of: path + "/b/ledger.db" + file) == 0o600, "\(file)") }
        }
    }

    @Test("keeps the wider mode that somebody gave it")
    func chosenMode() throws {
        try folder.openLedger().close()
        chmod(folder.ledgerPath, 0o660)
        let ledger = try folder.openLedger()
        #expect(try mode(of: folder.ledgerPath) == 0o660)
        #expect(try mode(of: folder.ledgerPath + "-wal") == 0o660)
        try ledger.close()
    }

    @Test("is on disk before a method returns")
    func durability() throws {
        let ledger = try folder.openLedger()
        let (journal, synchronous) = try ledger.writer.writeWithoutTransaction {
            (try String.fetchOne($0, sql: "PRAGMA journal_mode"), try Int.fetchOne($0, sql: "PRAGMA synchronous"))
        }
        #expect(journal == "wal")
        // 2 is FULL.
        #expect(synchronous == 2)
    }

    @Test("can be opened by many at once, even for the first time")
    func manyAtOnce() async throws {
        let path = folder.ledgerPath
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...6 {
                group.addTask {
                    let ledger = try SQLiteLedger.open(at: path)
                    try ledger.takeOver(try ledger.willCreate(key(label: "\(number)"), name: "n", now: 1), members: addresses(1...10))
                }
            }
            try await group.waitForAll()
        }
        #expect(try folder.openLedger().status().flatMap(\.segments).map(\.members) == [Int](repeating: 10, count: 6))
    }

    @Test("cannot be a folder, a dangling link, or inside a file")
    func notAFile() throws {
        #expect(code(opening: folder.path) == .cannotOpen)
        #expect(code(opening: "") == .cannotOpen)
        let link = folder.path + "/link.db"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path + "/nowhere.db")
        #expect(code(opening: link) == .cannotOpen)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/nowhere.db"))
        try Data("text".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
        #expect(code(opening: folder.path + "/file/ledger.db") == .cannotOpen)
    }

    @Test("may be a link to a ledger")
    func link() throws {
        let ledger = try folder.openLedger()
        _ = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.close()
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link.db", withDestinationPath: folder.ledgerPath)
        #expect(try SQLiteLedger.open(at: folder.path + "/link.db").segment(key())?.name == "VIP")
    }

    @Test("is refused if it is text", arguments: [1, 15, 16, 100, 5_000, 100_000])
    func text(length: Int) throws {
        let content = Data(repeating: UInt8(ascii: "x"), count: length)
        try content.write(to: URL(fileURLWithPath: folder.ledgerPath))
        #expect(code(opening: folder.ledgerPath) == .notALedger)
        #expect(FileManager.default.contents(atPath: folder.ledgerPath) == content)
    }

    @Test("is refused and left alone if it is another program's database")
    func foreignDatabase() throws {
        let other = try DatabaseQueue(path: folder.ledgerPath)
        try other.write { try $0.execute(sql: "CREATE TABLE songs(title TEXT)") }
        try other.close()
        let before = FileManager.default.contents(atPath: folder.ledgerPath)
        #expect(code(opening: folder.ledgerPath) == .notALedger)
        #expect(FileManager.default.contents(atPath: folder.ledgerPath) == before)
    }

    @Test("is refused if it is truncated", arguments: [0.3, 0.6, 0.95])
    func truncated(part: Double) throws {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.takeOver(segment, members: addresses(1...5_000))
        try ledger.close()
        let size = try #require(FileManager.default.contents(atPath: folder.ledgerPath)?.count)
        truncate(folder.ledgerPath, Int(Double(size) * part))
        #expect(code(opening: folder.ledgerPath) == .corrupt)
    }

    @Test("counts as damaged if pages in its middle are overwritten")
    func overwritten() throws {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.takeOver(segment, members: addresses(1...5_000))
        try ledger.close()
        var content = try #require(FileManager.default.contents(atPath: folder.ledgerPath))
        content.replaceSubrange(100_000..<200_000, with: Data(repeating: 0xFF, count: 100_000))
        try content.write(to: URL(fileURLWithPath: folder.ledgerPath))
        let damaged = try folder.openLedger()
        let error = #expect(throws: StoreError.self) { try damaged.forEachMember(of: segment) { _, _ in } }
        #expect(error?.code == .corrupt)
    }

    private func code(opening path: String) -> StoreError.Code? {
        #expect(throws: StoreError.self) { try SQLiteLedger.open(at: path) }?.code
    }
}
