extension SimulatorOptions {
    /// Something that goes wrong at a given rate.
    package struct Fault: Equatable, Sendable {
        /// What can go wrong.
        package enum Kind: String, CaseIterable, Codable, Sendable {
            /// 429 in JSON, as for the eleventh connection; nothing took effect.
            case tooManyRequests = "429"
            /// 500 in JSON; nothing took effect.
            case internalError = "500"
            /// 503 in JSON; nothing took effect.
            case unavailable = "503"
            /// 403 as HTML, from the firewall in front of Mailchimp.
            case htmlForbidden = "html403"
            /// 503 as HTML, from the firewall in front of Mailchimp.
            case htmlUnavailable = "html503"
            /// The connection is closed before the request takes effect.
            case dropped = "drop"
            /// The request takes effect, but the connection is closed without an answer.
            case lost = "lost"
            /// The request takes effect; the server holds it for the duration (120 seconds by default), then closes the connection.
            case timeout = "timeout"
            /// The answer is delayed by the duration (5 seconds by default).
            case slow = "slow"
            /// A segment batch takes effect and is answered in full, but says `"total_added":0`.
            case lie = "lie"
            /// 400 for a page of a list.
            case pageRefused = "page400"
            /// 405 for the deletion of a segment.
            case deleteRefused = "405delete"

            /// The default duration of `timeout` and `slow`; nil for kinds without one.
            package var defaultDuration: Duration? {
                switch self {
                case .timeout: .seconds(120)
                case .slow: .seconds(5)
                default: nil
                }
            }
        }

        /// What goes wrong.
        package var kind: Kind
        /// The share, from 0 to 1, of the requests that it can hit.
        package var rate: Double
        /// How long it takes, for `slow` and `timeout`.
        package var duration: Duration

        /// A fault. Without a duration, it has its kind's default.
        package init(_ kind: Kind, rate: Double, duration: Duration? = nil) {
            self.kind = kind
            self.rate = rate
            self.duration = duration ?? kind.defaultDuration ?? .zero
        }
    }
}

extension SimulatorOptions.Fault {
    /// Reads `429=2%`, `lost=0.5%`, or `slow=1%:5s`.
    ///
    /// - Throws: ``SimulatorError`` `simulator.bad_fault` or, for the part after the colon, `simulator.bad_duration`.
    package static func parse(_ text: String) throws(SimulatorError) -> Self {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw bad("'\(text)' has no rate; write KIND=RATE, such as 429=2%; kinds: \(kinds)") }
        guard let kind = Kind(rawValue: parts[0]) else {
            let hint = NearestName.hint(for: parts[0], among: Kind.allCases.map(\.rawValue))
            throw bad("'\(parts[0])' is not a kind of fault; allowed: \(kinds)\(hint)")
        }
        let values = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let rate = try rate(values[0])
        guard values.count == 2 else { return Self(kind, rate: rate) }
        guard kind.defaultDuration != nil else {
            throw bad("'\(kind.rawValue)' takes no duration; only slow and timeout do, such as slow=1%:5s")
        }
        return Self(kind, rate: rate, duration: try .simulator(values[1], option: "--fault"))
    }

    private static func rate(_ text: String) throws(SimulatorError) -> Double {
        guard text.hasSuffix("%"), text.dropLast().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let percent = Double(text.dropLast()), percent <= 100
        else {
            throw bad("'\(text)' is not a rate; write a percentage from 0% to 100%, such as 2% or 0.5%")
        }
        return percent / 100
    }

    private static var kinds: String { Kind.allCases.map(\.rawValue).joined(separator: ", ") }

    private static func bad(_ message: String) -> SimulatorError {
        SimulatorError(.badFault, at: "--fault", message)
    }
}
