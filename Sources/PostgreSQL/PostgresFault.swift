import CPostgreSQL
import Text

/// Why a server could not be reached, or what it answered instead of rows. Holds no password.
package struct PostgresFault: Error, Equatable {
    /// What kind of fault it is.
    package enum Kind: Sendable {
        /// No server answers there, or not in time.
        case unreachable
        /// The server does not take the user or the password.
        case refusedLogin
        /// The server has no such database.
        case unknownDatabase
        /// No encrypted connection, or the server's certificate does not prove who it is.
        case encryption
        /// The connection ended before the answer did.
        case lost
        /// The server refuses the statement; `state` says why.
        case statement
    }

    package let kind: Kind
    /// The SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html); nil for what libpq itself found.
    package let state: String?
    /// What the server or libpq says, on one line.
    package let message: String
    /// The server's advice.
    package let hint: String?
    /// The character of the statement that the server points at, from 1.
    package let place: Int?

    package init(_ kind: Kind, state: String? = nil, message: String, hint: String? = nil, place: Int? = nil) {
        self.kind = kind
        self.state = state
        self.message = message
        self.hint = hint
        self.place = place
    }

    /// The error of a result.
    init(_ result: OpaquePointer, of connection: OpaquePointer, hiding secrets: [String]) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { Self.shown(String(cString: $0), secrets) }
        }
        let state = field("C")
        let isLost = PQstatus(connection) == CONNECTION_BAD || state.map { $0.hasPrefix("08") || $0.hasPrefix("57P0") } ?? true
        let message = field("M") ?? Self.shown(String(cString: PQresultErrorMessage(result)), secrets)
        self.init(isLost ? .lost : .statement, state: state, message: message, hint: field("H"), place: field("P").flatMap { Int($0) })
    }

    /// Why a connection attempt failed, from the message that libpq leaves behind.
    init(attempt message: String, hiding secrets: [String]) {
        // Verbose messages have the SQLSTATE before the text, and then lines about PostgreSQL's own source code.
        var lines: [String] = []
        for line in message.split(separator: "\n").map({ String($0).trimmingWhitespace })
        where !line.hasPrefix("LOCATION:") && !lines.contains(line) {
            lines.append(line)
        }
        let text = lines.joined(separator: "; ")
        let state = text.matches(of: #/: +((?=[A-Z]*[0-9])[0-9A-Z]{5}): /#).last.map { String($0.1) }
        let plain = text.replacing(#/([A-Z]+): +(?=[A-Z]*[0-9])[0-9A-Z]{5}: /#) { "\($0.1): " }
        self.init(Self.kind(state, text), state: state, message: Self.shown(plain, secrets))
    }

    private static func kind(_ state: String?, _ text: String) -> Kind {
        switch state {
        case "3D000": return .unknownDatabase
        // pg_hba.conf often refuses a connection only because it is not encrypted, or is.
        case let state? where state.hasPrefix("28"): return .refusedLogin
        case "42501": return .statement
        case .some: return .unreachable
        case nil: break
        }
        if text.contains("password") || text.contains("authentication") { return .refusedLogin }
        return text.contains("SSL") || text.contains("certificate") ? .encryption : .unreachable
    }

    private static func shown(_ text: String, _ secrets: [String]) -> String {
        var text = text
        for secret in secrets { text = text.replacing(secret, with: "…") }
        return text.trimmingWhitespace.onOneLine
    }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
