import Foundation
import GRDB

extension StoreError {
    /// What a refusal of SQLite means for the ledger at that path.
    ///
    /// Only SQLite's own sentence for a result code goes into the message, never the statement or its values.
    init(_ error: DatabaseError, at path: String) {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL:
            self.init(.diskFull, at: path, "the disk is full, and nothing of this step was written; make room, then run again")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy, at: path, "another process has kept the ledger locked; let it finish, or end it, then run again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = Self.notAllowed(path)
        // SQLite says no more than "unable to open" when the rights are missing.
        case .SQLITE_CANTOPEN where !Self.isAllowed(path): self = Self.notAllowed(path)
        case .SQLITE_NOTADB: self.init(.notALedger, at: path, Self.noDatabase)
        case .SQLITE_CORRUPT, .SQLITE_FORMAT:
            self.init(.corrupt, at: path, "the ledger is damaged; \(Self.afterDamage)")
        // Every statement of ours is right for the tables of this version, so it is they that are not.
        case .SQLITE_ERROR where Self.missesTable(error):
            self.init(.corrupt, at: path, "the ledger misses a table or a column of its version; \(Self.afterDamage)")
        case .SQLITE_CANTOPEN:
            self.init(
                .cannotOpen, at: path, "the ledger, or a file beside it, cannot be opened; see that its folder exists and may be written")
        default:
            let words = error.resultCode.description
            self.init(.failed, at: path, "the ledger failed: \(words); see that its disk is well, then run again")
        }
    }

    /// What is said of a file that SQLite cannot have written.
    static let noDatabase = "this is not a ledger, nor any SQLite database; set `state:` to another path, or move the file away"

    /// What to do about a damaged ledger.
    static let afterDamage =
        "put a backup copy in its place, or move it away and run with --adopt, which takes the members over from Mailchimp"

    private static func missesTable(_ error: DatabaseError) -> Bool {
        guard let message = error.message else { return false }
        return ["no such table", "no such column", "has no column", "already exists", "duplicate column"].contains { message.contains($0) }
    }

    private static func isAllowed(_ path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        return access(path, R_OK | W_OK) == 0 && access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0
    }

    private static func notAllowed(_ path: String) -> StoreError {
        StoreError(
            .permission, at: path,
            "this user may not read and write the ledger and its folder; give it the right, or set `state:` to a path that it may write")
    }

    /// Runs something that asks SQLite, and gives what it throws the shape of this room; other errors pass as they are.
    static func translating<Result>(at path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, at: path)
        }
    }
}
