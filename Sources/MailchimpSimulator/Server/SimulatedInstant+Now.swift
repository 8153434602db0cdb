import Foundation

extension SimulatedInstant {
    /// The time of this machine; only the server asks for it.
    static var now: SimulatedInstant {
        SimulatedInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
