import HooklineCore
import PostgreSQL
import Text

extension SourceError {
    /// Why a source could not connect.
    init(connecting fault: PostgresFault, to settings: PostgresSettings, of source: SourceConfiguration) {
        let said = fault.message
        let (code, message): (Code, String) =
            switch fault.kind {
            case .refusedLogin:
                (
                    .loginRefused,
                    "the server at \(settings.place) does not let '\(settings.user)' in: \(said); check the user, the password, and the server's pg_hba.conf"
                )
            case .unknownDatabase: (.unknownDatabase, "the server at \(settings.place) has no such database: \(said)")
            case .encryption:
                (
                    .encryptionFailed,
                    "no trusted connection to \(settings.place) (sslmode \(settings.connection["sslmode"] ?? "")): \(said); set `sslrootcert` to the file of the certificate that signed the server's"
                )
            case .statement where fault.state == "42501":
                (
                    .missingPrivilege,
                    "\(said); ask for: GRANT CONNECT ON DATABASE \(SQLText.name(settings.database)) TO \(SQLText.name(settings.user))"
                )
            case .unreachable, .lost, .statement:
                (.unreachable, "no connection to \(settings.place): \(said); check `host`, `port`, and the network")
            }
        self.init(code, at: .init(source.name), message)
    }

    /// Why a statement failed.
    ///
    /// - Parameters:
    ///   - fault: what the server says.
    ///   - session: the connection.
    ///   - row: the row that was to come; nil for statements that return none of the source's rows.
    init(_ fault: PostgresFault, of session: PostgresSession, row: Int?) {
        let location = Location(session.source.name, row: row)
        // In the middle of rows, a quoted part may be somebody's data.
        let said = row == nil ? fault.message : Self.unquoted(fault.message)
        let state = fault.state.map { " (\($0))" } ?? ""
        switch fault.state {
        case _ where fault.kind == .lost:
            self.init(
                .connectionLost, at: location,
                "the connection to \(session.settings.place) ended before the last row\(state): \(said); run it again")
        case "57014":
            let limit = session.source.server?.statementTimeout.map { " of \(NumberText.grouped($0)) ms" } ?? ""
            self.init(
                .queryTimedOut, at: location,
                "the server stopped the query: \(said); raise `statement_timeout`\(limit) of the source, or the server's own limit, or ask for less"
            )
        case "42501":
            self.init(
                .missingPrivilege, at: location,
                "\(said); hookline source grants \(session.source.name) prints what '\(session.settings.user)' needs")
        case "25006": self.init(.badSQL, at: location, "the query changes something, and Hookline only reads: \(said)")
        default:
            self.init(.queryFailed, at: location, "PostgreSQL stopped before the last row\(state): \(said)")
        }
    }

    /// The beginning of a message, up to the first part that may be somebody's data.
    static func unquoted(_ message: String) -> String {
        let marks: Set<Character> = ["\"", "'", "«", "»", "„", "“", "”", "‚", "‘", "’", "`", "(", ":"]
        let told = message.prefix { !marks.contains($0) }
        return told.count == message.count ? message : told + "…"
    }
}
