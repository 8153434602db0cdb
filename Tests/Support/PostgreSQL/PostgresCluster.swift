import Foundation
import HooklineCore
import PostgreSQL

/// A PostgreSQL server of the tests' own: one for the whole process, in a temporary folder, gone with the process however it ends.
package final class PostgresCluster: Sendable {
    /// Why there is none.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    /// The server, started by the first test that asks.
    ///
    /// - Throws: ``Missing`` on a system without PostgreSQL's server programs.
    package static var shared: PostgresCluster {
        get throws { try started.get() }
    }

    private static let started = Result { try PostgresCluster() }

    /// The folder of the socket, and of the certificate `ca.crt` that signed the server's.
    package let folder: String
    package let port: Int
    /// Reads, over TCP with its password.
    package static let reader = "reader"
    package static let password = "pass/word@ü:1"
    /// May do everything, over the socket without a password.
    package static let admin = "admin"
    package static let database = "shop"

    /// The end of the pipe whose other end the server's guard reads: it closes with this process.
    private let life: FileHandle

    private init() throws {
        let programs = try Self.programs()
        let isRoot = getuid() == 0
        // initdb refuses root; the folder then belongs to the user that PostgreSQL's package made.
        let user = isRoot ? try Self.unprivileged() : nil
        folder = "/tmp/hookline-postgres-\(UUID().uuidString.prefix(8).lowercased())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        if let user, chown(folder, user.pw_uid, user.pw_gid) != 0 { throw Missing(description: "chown of \(folder) failed") }
        port = try Self.freePort()
        try Data(Self.guardScript.utf8).write(to: URL(fileURLWithPath: "\(folder)/guard.sh"))
        let process = Process()
        let words = ["/bin/sh", "\(folder)/guard.sh", programs, folder, String(port), Self.password]
        let switched = user.map {
            ["/usr/bin/env", "setpriv", "--reuid=\($0.pw_uid)", "--regid=\($0.pw_gid)", "--clear-groups"] + words
        }
        let all = switched ?? words
        process.executableURL = URL(fileURLWithPath: all[0])
        process.arguments = Array(all.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C"]
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        life = pipe.fileHandleForWriting
        try waitUntilReady(process)
    }

    /// Sets a cluster up, runs its server, and takes both away when standard input ends.
    private static let guardScript = """
        bin=$1 folder=$2 port=$3
        umask 077
        fail() { touch "$folder/failed"; exit 1; }
        printf '%s' "$4" > "$folder/password"
        "$bin/initdb" -D "$folder/data" -U admin -E UTF8 --locale=C --auth-local=trust --auth-host=scram-sha-256 \\
          --pwfile="$folder/password" > "$folder/initdb.log" 2>&1 || fail
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=localhost" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \\
          -keyout "$folder/data/server.key" -out "$folder/data/server.crt" > /dev/null 2>&1 || fail
        umask 022
        cp "$folder/data/server.crt" "$folder/ca.crt"
        "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=127.0.0.1 -c ssl=on -c fsync=off \\
          -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c shared_buffers=64MB -c jit=off \\
          > "$folder/server.log" 2>&1 < /dev/null &
        server=$!
        read -r nothing
        kill -INT $server 2> /dev/null
        wait $server
        rm -rf "$folder"

        """

    private func waitUntilReady(_ guarding: Process) throws {
        let end = Date(timeIntervalSinceNow: 120)
        while Date() < end, guarding.isRunning {
            if let connection = try? connect(to: "postgres") {
                try connection.execute("CREATE ROLE \(Self.reader) LOGIN PASSWORD '\(Self.password)'")
                try connection.execute("CREATE DATABASE \(Self.database)")
                return
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
        let logs = ["initdb.log", "server.log"].compactMap { try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
        throw Missing(description: "PostgreSQL's server did not start:\n\(logs.joined())")
    }

    /// A connection that may do everything.
    package func connect(to database: String = database) throws -> Connection {
        var settings = ConnectionSettings()
        for (key, value) in [("host", folder), ("port", "\(port)"), ("user", Self.admin), ("dbname", database)] { settings[key] = value }
        return try Connection(settings, seconds: 30) { false }
    }

    /// The folder of initdb and postgres.
    private static func programs() throws -> String {
        let named = ProcessInfo.processInfo.environment["HOOKLINE_POSTGRES_BIN"].map { [$0] } ?? []
        let debian = (10...30).reversed().map { "/usr/lib/postgresql/\($0)/bin" }
        let others = (10...30).reversed().flatMap { ["/opt/homebrew/opt/postgresql@\($0)/bin", "/usr/local/opt/postgresql@\($0)/bin"] }
        let all = named + debian + others + ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
        guard let found = all.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }) else {
            throw Missing(
                description:
                    "these tests need the programs of a PostgreSQL server: make test installs them on Debian (apt-get install postgresql); on macOS: brew install postgresql@17; or set HOOKLINE_POSTGRES_BIN to the folder of initdb"
            )
        }
        return found
    }

    private static func unprivileged() throws -> passwd {
        for name in ["postgres", "nobody"] { if let found = getpwnam(name) { return found.pointee } }
        throw Missing(description: "root cannot run a PostgreSQL server, and there is no user 'postgres' or 'nobody'")
    }

    private static func freePort() throws -> Int {
        #if canImport(Darwin)
            let stream = SOCK_STREAM
        #else
            let stream = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) | getsockname(descriptor, $0, &length)
            }
        }
        guard status == 0 else { throw Missing(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
