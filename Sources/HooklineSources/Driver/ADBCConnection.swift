import Foundation
import HooklineCore
import Text

/// What the reader tells a driver of ADBC: its file, and its options by their names (arrow.apache.org/adbc).
struct ADBCConnection {
    /// The file of the driver.
    let library: String
    /// In the order in which the driver gets them, with the password; for the reader only.
    private let options: [(name: String, value: HiddenText)]

    /// - Throws: `sources.bad_connection` for an option that is given twice or that has a NUL character; `sources.driver_missing`.
    init(_ source: SourceConfiguration) throws {
        let settings = source.driver ?? DriverSettings()
        func fault(_ message: String) -> SourceError { SourceError(.badConnection, at: .init(source.name), message) }
        var given: [(name: String, value: HiddenText)] = []
        if let url = settings.url { given.append(("uri", url)) }
        if let user = settings.user { given.append(("username", HiddenText(user))) }
        if let password = settings.password { given.append(("password", password)) }
        given += settings.options.map { ($0.name, HiddenText($0.value)) } + settings.secrets.map { ($0.name, $0.value) }
        var seen: Set<String> = []
        if let twice = given.first(where: { !seen.insert($0.name).inserted }) {
            throw fault("the option '\(twice.name)' is given twice; 'url', 'user', and 'password' are uri, username, and password")
        }
        if let broken = given.first(where: { $0.value.text.contains("\0") }) {
            throw fault("the option '\(broken.name)' has a NUL character, which ADBC does not take")
        }
        let driver = settings.driver ?? ""
        if driver.lowercased().contains("snowflake") {
            // Its own choice loses digits, and turns 9999-12-31 into a day of 1816.
            for (name, value) in Self.exactSnowflake where !seen.contains(name) { given.append((name, HiddenText(value))) }
        }
        library = try Self.library(driver, settings.folder, source.name)
        options = given
    }

    private static let exactSnowflake = [
        ("adbc.snowflake.sql.client_option.use_high_precision", "true"),
        ("adbc.snowflake.sql.client_option.max_timestamp_precision", "microseconds"),
    ]

    /// What a request to connect has behind the time limit: texts with a NUL behind each.
    var request: [UInt8] {
        ([library] + options.flatMap { [$0.name, $0.value.text] }).flatMap { DriverAnswer.bytes(of: $0) + [0] }
    }

    /// Where pip puts a driver, below a folder or beside Python.
    private static let packageFolders = ["/usr/local/lib", "/usr/lib", "/opt/homebrew/lib"]

    private static func library(_ driver: String, _ folder: String?, _ source: String) throws -> String {
        if driver.contains("/") {
            guard driver.hasPrefix("/") else {
                throw SourceError(
                    .badConnection, at: .init(source), "the path of its driver does not begin with /; write the whole path, or only a name")
            }
            guard FileManager.default.fileExists(atPath: driver) else {
                throw SourceError(.driverMissing, at: .init(source), "there is no driver '\(driver.onOneLine)'")
            }
            return driver
        }
        let name = driver.lowercased()
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "_") }
        let file = "libadbc_driver_\(name).so"
        let inPackage = "adbc_driver_\(name)/\(file)"
        var places = folder.map { ["\($0)/\(inPackage)", "\($0)/\(file)"] } ?? []
        for folder in packageFolders {
            places += ["dist-packages", "site-packages"].flatMap {
                (try? FileGlob.files("\(folder)/python3*/\($0)/\(inPackage)")) ?? []
            }
            places += ["\(folder)/\(file)", "\(folder)/libadbc_driver_\(name).dylib"]
        }
        if isName, let found = places.first(where: FileManager.default.fileExists) { return URL(fileURLWithPath: found).path }
        let place =
            folder.map { "is not in HOOKLINE_ADBC" + ($0.hasPrefix("/") ? "" : ", which is no whole path") } ?? "is not on this machine"
        throw SourceError(
            .driverMissing, at: .init(source),
            "the driver '\(driver.onOneLine)' of ADBC \(place); install it with python3 -m pip install --no-deps --target FOLDER adbc-driver-\(driver.onOneLine), and set HOOKLINE_ADBC to FOLDER"
        )
    }

    /// The user and database of a URL, without its password; empty where it says none.
    static func parts(of url: String) -> (user: String, database: String) {
        guard let parts = URLComponents(string: url), parts.host != nil else { return ("", "") }
        return (parts.user ?? "", parts.path.split(separator: "/").first.map(String.init) ?? "")
    }
}
