import CodedErrors

/// Why the simulator can't start as asked.
package struct SimulatorError: CodedError, Equatable {
    /// What kind of mistake it is.
    package enum Code: String, CaseIterable, Sendable {
        /// A fault that isn't `KIND=RATE` or `KIND=RATE:DURATION`.
        case badFault = "simulator.bad_fault"
        /// A duration that isn't a number with `ms`, `s` or `m`.
        case badDuration = "simulator.bad_duration"
        /// A line of a contacts file that is no contact.
        case badContacts = "simulator.bad_contacts"
        /// A contacts file that can't be read.
        case unreadableFile = "simulator.unreadable_file"
        /// A port on which the simulator can't listen.
        case portUnavailable = "simulator.port_unavailable"
        /// A contact given to the simulator's own pages that can't be one.
        case badRequest = "simulator.bad_request"
    }

    /// What kind of mistake it is.
    package var code: Code
    /// Where: an option, or a file and line.
    package var location: String
    /// What was found, what is allowed, what to do.
    package var message: String

    init(_ code: Code, at location: String, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }

    package var explanation: String { "\(location): \(message)" }
}
