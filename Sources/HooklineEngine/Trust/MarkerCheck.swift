import HooklineCore
import Text

/// Asks whether whoever loads the source has said that it is complete: `after_marker`.
package struct MarkerCheck {
    let signals: any SourceSignals
    /// When the run began, in Unix seconds.
    let now: Int64
    let isCancelled: @Sendable () -> Bool

    /// - Parameters:
    ///   - signals: who is asked.
    ///   - now: when the run began, in Unix seconds.
    ///   - isCancelled: called now and then; true stops.
    package init(_ signals: any SourceSignals, now: Int64, isCancelled: @escaping @Sendable () -> Bool) {
        (self.signals, self.now, self.isCancelled) = (signals, now, isCancelled)
    }

    /// What the markers of a model say, by the index of their expectations.
    ///
    /// - Throws: the source's errors.
    package func findings(_ expectations: [SourceExpectation]) throws -> [Int: ExpectationFinding] {
        var found: [Int: ExpectationFinding] = [:]
        for (index, expectation) in expectations.enumerated() {
            if case .afterMarker(let marker, let within) = expectation.kind {
                found[index] = try finding(expectation, marker, within: within)
            }
        }
        return found
    }

    /// Clocks of two machines may differ by so many seconds.
    static let tolerance: Int64 = 300

    private func finding(_ expectation: SourceExpectation, _ marker: SourceExpectation.Marker, within: Int?) throws -> ExpectationFinding {
        let message =
            switch marker {
            case .file(let path): try problem(with: path, within)
            case .query(let query): try problem(withAnswerTo: query, within)
            }
        return ExpectationFinding(expectation, message: message)
    }

    private func problem(with path: String, _ within: Int?) throws -> String? {
        let shown = "the marker '\(path.onOneLine)'"
        guard let modified = try signals.modification(of: path) else { return "\(shown) is not there, so the source is not complete" }
        if let source = try signals.modificationOfSource(), source > modified {
            return "\(shown) is older than the source's file, which is being written, or was written without it"
        }
        return age(modified, within, of: shown)
    }

    private func problem(withAnswerTo query: String, _ within: Int?) throws -> String? {
        let answer = try signals.answer(to: query, isCancelled: isCancelled)
        switch answer {
        case .nothing: return "the query of 'after_marker' returned NULL or no row, so the source is not complete"
        case .truth(let truth):
            if truth, within != nil {
                return "the query of 'after_marker' returned no time, and 'within' needs one"
            }
            return truth ? nil : "the query of 'after_marker' returned false, so the source is not complete"
        case .time(let moment, _): return age(moment, within, of: "the time that the query of 'after_marker' returned")
        case .other: return "the query of 'after_marker' returned neither true or false nor a time"
        }
    }

    private func age(_ moment: Int64, _ within: Int?, of what: String) -> String? {
        if moment > now + Self.tolerance { return "\(what) is in the future: \(Timestamp.text(moment))" }
        guard let within, now - moment > Int64(within) else { return nil }
        return "\(what) is \(Age.text(now - moment)) old, and at most \(Age.text(Int64(within))) is expected"
    }
}

/// How much time has passed, for people.
enum Age {
    /// `25 min`, `26 h`, or `3 days`, rounded down; so coarse that two ages that differ read differently where it matters.
    static func text(_ seconds: Int64) -> String {
        if seconds % 86_400 == 0, seconds >= 3 * 86_400 { return "\(seconds / 86_400) days" }
        if seconds >= 2 * 3_600 || seconds % 3_600 == 0 && seconds > 0 {
            let minutes = seconds % 3_600 / 60
            return seconds / 3_600 >= 100 ? "\(seconds / 86_400) days" : "\(seconds / 3_600) h" + (minutes == 0 ? "" : " \(minutes) min")
        }
        return "\(seconds / 60) min"
    }
}
