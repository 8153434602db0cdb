import Foundation
import GRDB

extension StoreError {
    /// What an error of SQLite means for the ledger at that path.
    ///
    /// The message quotes SQLite's sentence for the result code, never the statement or its values.
    init(_ error: DatabaseError, at path: String) {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL:
            self.init(.diskFull, at: path, "the disk is full, and nothing of this step was written; free some space, then run again")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy, at: path, "another process kept the ledger locked for too long; wait until it ends, or end it, then run again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = Self.notAllowed(path)
        // SQLite says no more than "unable to open" when permissions are missing.
        case .SQLITE_CANTOPEN where !Self.isAllowed(path): self = Self.notAllowed(path)
        case .SQLITE_NOTADB: self.init(.notALedger, at: path, Self.noDatabase)
        case .SQLITE_CORRUPT, .SQLITE_FORMAT:
            self.init(.corrupt, at: path, "the ledger is damaged; \(Self.afterDamage)")
        // Every statement of ours fits the tables of this version, so the tables are wrong.
        case .SQLITE_ERROR where Self.missesTable(error):
            self.init(.corrupt, at: path, "a table or column of the ledger's version is missing; \(Self.afterDamage)")
        case .SQLITE_CANTOPEN:
            self.init(
                .cannotOpen, at: path, "the ledger, or a file beside it, cannot be opened; make sure that its folder exists and is writable"
            )
        default:
            let words = error.resultCode.description
            self.init(.failed, at: path, "the ledger failed: \(words); check its disk, then run again")
        }
    }

    /// The message for a file that is no SQLite database.
    static let noDatabase = "this file is neither a ledger nor any other SQLite database; move it away, or set `state:` to another path"

    /// What to do about a damaged ledger.
    static let afterDamage =
        "restore a backup, or move the file away and run with --adopt, which takes the members over from Mailchimp"

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
            "this user may not read and write the ledger and its folder; grant access, or set `state:` to a path where this user may write")
    }

    /// Runs `body` and turns a `DatabaseError` that it throws into a `StoreError`; other errors pass unchanged.
    static func translating<Result>(at path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, at: path)
        } catch let damage as Damage {
            throw StoreError(.corrupt, at: path, "\(damage.words); \(afterDamage)")
        }
    }
}
