import HooklineCore

/// What servers differ in.
enum DriverDialect {
    /// The dialect of a server, by the name that it gives itself.
    static func named(_ product: String) -> DriverSettings.Dialect? {
        let name = product.lowercased()
        if name.contains("redshift") { return .redshift }
        if name.contains("postgresql") { return .postgres }
        if name.contains("snowflake") { return .snowflake }
        if name.contains("bigquery") { return .bigquery }
        if name.contains("spark") || name.contains("databricks") { return .databricks }
        return nil
    }

    /// The statements that make a session read only, in UTC. Without a known dialect, there are none.
    static func beginning(_ dialect: DriverSettings.Dialect?) -> [String] {
        switch dialect {
        case .postgres:
            [
                "SET TimeZone TO 'UTC'", "SET DateStyle TO 'ISO, YMD'", "SET IntervalStyle TO 'postgres'", "SET extra_float_digits TO 1",
                "SET standard_conforming_strings TO on",
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            ]
        case .redshift: ["SET timezone TO 'UTC'"]
        case .snowflake: ["ALTER SESSION SET TIMEZONE = 'UTC'"]
        case .databricks: ["SET TIME ZONE 'UTC'"]
        // BigQuery's timestamps are in UTC by themselves.
        case .bigquery, nil: []
        }
    }

    /// Whether the server keeps a transaction from writing, so that trying to write is safe.
    static func guardsReading(_ dialect: DriverSettings.Dialect?) -> Bool { dialect == .postgres }
}
