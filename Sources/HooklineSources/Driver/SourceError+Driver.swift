import HooklineCore
import Text

extension SourceError {
    /// Why a source could not connect.
    init(connecting fault: DriverFault, of source: SourceConfiguration) {
        let location = Location(source.name)
        let said = fault.message
        let driver = source.driver?.driver.map { "the driver '\($0.onOneLine)'" } ?? "the driver of the data source"
        switch fault.kind {
        case .missing where source.kind == .adbc:
            self.init(
                .driverMissing, at: location,
                "\(driver) cannot be loaded: \(said); it, or a library that it needs, is missing or is for another system")
        case .missing:
            self.init(
                .driverMissing, at: location, "\(said); install it with apt-get install unixodbc or brew install unixodbc, then the driver")
        case .diagnosed where fault.state == "01000" && said.contains("Can't open lib"), .diagnosed where fault.state == "IM003":
            self.init(
                .driverMissing, at: location,
                "\(driver) cannot be loaded: \(said); its library or one that it needs is missing: odbcinst -q -d lists the drivers of this machine"
            )
        case .diagnosed where fault.state == "IM002":
            self.init(
                .driverMissing, at: location,
                "this machine knows no such driver or data source; odbcinst -q -d lists its drivers, and odbcinst -q -s its data sources")
        case .diagnosed where fault.state.hasPrefix("28") || said.contains("authentication failed"):
            self.init(.loginRefused, at: location, "the server does not let the user in: \(said); check the user, and the password or key")
        case .diagnosed:
            self.init(
                .unreachable, at: location, "\(driver) does not connect (\(fault.state)): \(said); check its settings, and the network")
        case .timedOut:
            self.init(
                .unreachable, at: location,
                "\(driver) did not connect within \(source.driver?.connectTimeout ?? 0) s; check its settings, or raise `connect_timeout`")
        default: self.init(fault, at: location, source, product: "the server")
        }
    }

    /// Why a statement failed.
    ///
    /// - Parameters:
    ///   - fault: what the driver says.
    ///   - session: the connection.
    ///   - row: the row that was to come; nil for statements that return none of the source's rows.
    init(_ fault: DriverFault, of session: DriverSession, row: Int?) {
        self.init(fault, at: Location(session.source.name, row: row), session.source, product: session.product)
    }

    private init(_ fault: DriverFault, at location: Location, _ source: SourceConfiguration, product: String) {
        // In the middle of rows, a quoted part may be somebody's data. Some drivers put ERROR: before all that they say.
        var message = fault.message
        for prefix in ["ERROR: ", "FATAL: "] where message.hasPrefix(prefix) { message.removeFirst(prefix.count) }
        let said = location.row == nil ? message : Self.unquoted(message)
        switch fault.kind {
        case .ended(let status):
            let how =
                status < 0
                ? "was killed by signal \(-status)" : status == 0 ? "ended before its last row" : "ended with the status \(status)"
            self.init(
                .readerEnded, at: location,
                "the process that reads with the driver \(how), and what it had read does not count; run it again, and if it ends so each time, use another version of the driver"
            )
        case .cut:
            self.init(
                .truncatedValue, at: location,
                "\(said), and Hookline reads no shortened value; raise the driver's limit for texts, or leave the column out")
        case .large: self.init(.recordTooLarge, at: location, "\(said); select fewer columns")
        case .timedOut:
            self.init(
                .queryTimedOut, at: location, "the query took longer than `statement_timeout` of the source; raise it, or ask for less")
        case .diagnosed where ["57014", "HYT00", "HYT01"].contains(fault.state):
            self.init(
                .queryTimedOut, at: location,
                "the server stopped the query: \(said); raise `statement_timeout` of the source, or the server's own limit, or ask for less"
            )
        case .diagnosed where fault.state.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(fault.state):
            self.init(.connectionLost, at: location, "the connection ended before the last row (\(fault.state)): \(said); run it again")
        case .diagnosed where fault.state == "42501":
            self.init(.missingPrivilege, at: location, "\(said); hookline source grants \(source.name) prints what the user needs")
        case .diagnosed where fault.state == "25006":
            self.init(.badSQL, at: location, "the query changes something, and Hookline only reads: \(said)")
        case .diagnosed: self.init(.queryFailed, at: location, "\(product) stopped before the last row (\(fault.state)): \(said)")
        case .broken, .notStarted, .missing: self.init(.queryFailed, at: location, said)
        }
    }
}
