import CodedErrors

/// Why the simulator cannot do what it was asked to.
package struct SimulatorError: CodedError, Equatable {
    /// Stable codes, each with a heading in docs/reference/errors.md.
    package enum Code: String, CaseIterable, Sendable {
        /// A fault that is not `KIND=RATE` or `KIND=RATE:DURATION`.
        case badFault = "simulator.bad_fault"
        /// A duration that is not a number with `ms`, `s`, or `m`.
        case badDuration = "simulator.bad_duration"
        /// A line of a contacts file that is not a contact.
        case badContacts = "simulator.bad_contacts"
        /// A contacts file that cannot be read.
        case unreadableFile = "simulator.unreadable_file"
        /// A port on which the simulator cannot listen.
        case portUnavailable = "simulator.port_unavailable"
        /// A contact with a malformed address that did not come from a contacts file.
        case badRequest = "simulator.bad_request"
    }

    package var code: Code
    /// The option, or the file and line, with the mistake.
    package var location: String
    /// What was found, what is allowed, and what to do.
    package var message: String

    init(_ code: Code, at location: String, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }

    package var explanation: String { "\(location): \(message)" }
}
