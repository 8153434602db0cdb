import Foundation
import GRDB
import HooklineCore

@testable import HooklineStore

/// A folder that is deleted with its last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hookline-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The ledger of a test.
    var ledgerPath: String { path + "/ledger.db" }

    func openLedger() throws -> SQLiteLedger { try SQLiteLedger.open(at: ledgerPath) }
}

/// The permission bits of a file.
func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? Int ?? -1) & 0o777
}

func key(_ activation: String = "vip", label: String? = nil) -> SegmentKey {
    SegmentKey(endpoint: "https://us21.example.com/3.0", audience: "a1", activation: activation, label: label)
}

func addresses(_ numbers: some Sequence<Int>) -> AddressList {
    var list = AddressList()
    for number in numbers { list.append("user\(number)@example.com") }
    return list
}

extension SQLiteLedger {
    /// The members and waiting addresses of a segment, counted one by one.
    func recount(_ segment: LedgerSegment) throws -> [Int] {
        var counts = [0, 0]
        try forEachMember(of: segment) { _, state in counts[state.isPossiblyMember ? 0 : 1] += 1 }
        return counts
    }
}
