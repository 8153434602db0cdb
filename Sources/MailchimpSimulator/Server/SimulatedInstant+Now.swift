import Foundation

extension SimulatedInstant {
    /// The machine's time. Only the server reads it, so that the account stays deterministic.
    static var now: SimulatedInstant {
        SimulatedInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
