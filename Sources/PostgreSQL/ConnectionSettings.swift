import CPostgreSQL

/// Where a server is, and how to sign in: libpq's keywords and their values.
///
/// A description or dump of the settings never shows the values: one of them is a password.
package struct ConnectionSettings: Sendable, CustomStringConvertible, CustomReflectable {
    /// The values by keyword (postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
    private var values: [String: String] = [:]

    package init() {}

    /// Reads a connection URL or a list of `keyword=value`.
    ///
    /// - Throws: ``MalformedAddress``.
    package init(address: String) throws(MalformedAddress) {
        var problem: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(address, &problem) else {
            let message = problem.map { String(cString: $0) } ?? ""
            PQfreemem(problem)
            throw MalformedAddress(message)
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
    }

    package subscript(_ keyword: String) -> String? {
        get { values[keyword] }
        set { values[keyword] = newValue }
    }

    /// The texts that must never be in a message: the password.
    var secrets: [String] { [values["password"], values["sslpassword"]].compactMap(\.self).filter { !$0.isEmpty } }

    /// Gives `body` the keywords and values as libpq takes them: two lists that end with NULL.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let pairs = values.sorted { $0.key < $1.key }
        func copies(_ texts: [String]) -> [UnsafePointer<CChar>?] {
            texts.map { text in
                text.withCString { start in
                    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
                    copy.initialize(from: start, count: text.utf8.count + 1)
                    return UnsafePointer(copy)
                }
            } + [nil]
        }
        let (keywords, contents) = (copies(pairs.map(\.key)), copies(pairs.map(\.value)))
        defer { for pointer in keywords + contents { pointer?.deallocate() } }
        return keywords.withUnsafeBufferPointer { keywords in
            contents.withUnsafeBufferPointer { contents in
                guard let first = keywords.baseAddress, let second = contents.baseAddress else { preconditionFailure("both end with NULL") }
                return body(first, second)
            }
        }
    }

    package var description: String { "\(values.keys.sorted())" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is not the address of a server.
package struct MalformedAddress: Error {
    /// The parameter that libpq does not know; nil if something else is wrong. No other part of an address is safe to show.
    package let unknownParameter: String?

    init(_ message: String) {
        let match = message.firstMatch(of: /^invalid (?:URI query parameter|connection option):? "([A-Za-z_]{1,40})"/)
        unknownParameter = match.map { String($0.1) }
    }
}
