import Foundation
import Text

/// Why a reader gave no rows, or not all.
struct DriverFault: Error {
    enum Kind: Equatable {
        /// The driver or its server says so.
        case diagnosed
        /// The driver, or unixODBC, is not on this machine.
        case missing
        /// The driver did not give all of a value.
        case cut
        /// A value is too large.
        case large
        /// The driver broke a rule of its interface.
        case broken
        /// The reader ended before its answer, with this status, or by this signal if it is negative.
        case ended(Int32)
        /// It took longer than the source allows.
        case timedOut
        /// The system did not start it.
        case notStarted
    }

    let kind: Kind
    /// Five letters, of which the first two name a class; empty if no driver says anything.
    var state = ""
    let text: String

    /// The same, without secrets.
    func hiding(_ secrets: SecretWords) -> DriverFault { DriverFault(kind: kind, state: state, text: secrets.hidden(in: text)) }

    /// Its first line, without the names in brackets that managers and drivers put before it, and without the query that some repeat.
    var message: String {
        let said = text.range(of: "\nQuery was: ").map { text[..<$0.lowerBound] } ?? text[...]
        let start = ["ERROR:  ", "FATAL:  "].compactMap { said.range(of: $0, options: .backwards)?.lowerBound }.max() ?? said.startIndex
        var line = said[start...].prefix { $0 != "\n" }
        while line.first == "[", let end = line.firstIndex(of: "]") { line = line[line.index(after: end)...].drop { $0 == " " } }
        return (line.isEmpty ? text.prefix { $0 != "\n" } : line).trimmingSuffix { $0 == ";" || $0 == " " }.description.onOneLine
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ isLeftOut: (Character) -> Bool) -> Substring {
        self[..<(lastIndex { !isLeftOut($0) }.map { index(after: $0) } ?? startIndex)]
    }
}
