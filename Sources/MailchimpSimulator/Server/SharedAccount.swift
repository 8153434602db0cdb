import Synchronization

/// The account that a server's connections share, behind a lock.
final class SharedAccount: Sendable {
    private let account: Mutex<SimulatedAccount>

    init(_ account: sending SimulatedAccount) {
        self.account = Mutex(account)
    }

    func withAccount<Result: Sendable>(_ work: (inout SimulatedAccount) -> Result) -> Result {
        account.withLock { work(&$0) }
    }
}
