import Text

/// Why a reader gave no rows, or not all.
struct ODBCFault: Error {
    enum Kind: Equatable {
        /// The driver or its server says so.
        case diagnosed
        /// There is no unixODBC on this machine.
        case missing
        /// The driver did not give all of a value.
        case cut
        /// A value is too large.
        case large
        /// The driver broke a rule of ODBC.
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

    /// Its first line, without the names in brackets that managers and drivers put before it.
    var message: String {
        var line = text.prefix { $0 != "\n" }
        while line.first == "[", let end = line.firstIndex(of: "]") { line = line[line.index(after: end)...].drop { $0 == " " } }
        return (line.isEmpty ? text.prefix { $0 != "\n" } : line).trimmingSuffix { $0 == ";" || $0 == " " }.description.onOneLine
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ isLeftOut: (Character) -> Bool) -> Substring {
        self[..<(lastIndex { !isLeftOut($0) }.map { index(after: $0) } ?? startIndex)]
    }
}
