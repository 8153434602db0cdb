import Foundation

/// A workspace with many users, and a simulator that knows them all.
final class Stage {
    let root: URL
    let users: Int
    private let minimum: Int
    private let latency: String?
    private let program: String
    private var simulator: Process?
    private(set) var sourceMegabytes = 0

    /// - Parameters:
    ///   - users: rows of the source.
    ///   - minimum: the least lifetime value that the rule lets through: 100 drops one user in five.
    ///   - latency: of every answer of the simulator, such as `300ms`; nil for none.
    /// - Throws: what the system says when the workspace cannot be written.
    init(users: Int, minimum: Int = 100, latency: String? = nil) throws {
        self.users = users
        self.minimum = minimum
        self.latency = latency
        let number = ProcessInfo.processInfo.processIdentifier
        root = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-bench-\(number)-\(users)")
        program = Self.built("hookline")
        for folder in ["data", "activations/plain", "activations/hooked"] {
            try FileManager.default.createDirectory(at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        try writeUsers(1...users)
        let line = try startSimulator()
        try writeWorkspace(line)
    }

    /// The path of a program that `make bench` has built for release.
    static func built(_ name: String) -> String {
        let path = FileManager.default.currentDirectoryPath + "/.build/release/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            fatalError("there is no \(path): run 'make bench' in the repository")
        }
        return path
    }

    var source: URL { root.appendingPathComponent("data/users.csv") }
    var hooks: URL { root.appendingPathComponent("activations/hooked/hooks.lua") }

    func clear() {
        simulator?.terminate()
        try? FileManager.default.removeItem(at: root)
    }

    /// One in a hundred leaves, and as many new ones come.
    func churn() throws {
        try writeUsers((users / 100 + 1)...(users + users / 100))
    }

    /// Runs the program in the workspace.
    func hookline(_ arguments: [String], watchesMemory: Bool = false) throws -> ProgramRun {
        try ProgramRun(
            program, arguments, in: root, environment: ["BENCH_KEY": "0badc0de0badc0de0badc0de0badc0de-us21"], watchesMemory: watchesMemory)
    }

    private func writeUsers(_ numbers: ClosedRange<Int>) throws {
        let countries = ["FR", "US", "GB", "DE", "ES", "IT", "NL", "BE", "CA", "AU"]
        try Data().write(to: source)
        let file = try FileHandle(forWritingTo: source)
        var text: [UInt8] = Array("id,email,first_name,country,lifetime_value,last_order_at\n".utf8)
        var written = 0
        func flush() throws {
            try file.write(contentsOf: Data(text))
            written += text.count
            text.removeAll(keepingCapacity: true)
        }
        for number in numbers {
            let digits = String(number)
            let email = "user" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits + "@example.com"
            let value = "\(number % 500).\(number % 90 + 10)"
            text += Array(
                "\(number),\(email),Name\(number % 97),\(countries[number % 10]),\(value),2026-02-\(number % 18 + 10)T09:30:00Z\n".utf8)
            if text.count > 1 << 20 { try flush() }
        }
        try flush()
        try file.close()
        sourceMegabytes = written >> 20
    }

    private func startSimulator() throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments =
            ["simulator", "--port", "0", "--contacts", String(users + users / 100)] + (latency.map { ["--latency", $0] } ?? [])
        process.standardOutput = pipe
        try process.run()
        simulator = process
        var line = ""
        while !line.hasSuffix("\n") {
            let byte = pipe.fileHandleForReading.readData(ofLength: 1)
            if byte.isEmpty { fatalError("the simulator did not start") }
            line += String(decoding: byte, as: UTF8.self)
        }
        return String(line.split(separator: " ")[2])
    }

    private func writeWorkspace(_ baseURL: String) throws {
        func write(_ path: String, _ text: String) throws {
            try Data(text.utf8).write(to: root.appendingPathComponent(path))
        }
        try write(
            "hookline.yaml",
            """
            hookline: 1
            sources: { shop: { type: csv, path: data/users.csv } }
            destinations:
              newsletter: { type: mailchimp, api_key: "${env:BENCH_KEY}", base_url: "\(baseURL)", audience: a1b2c3d4e5 }
            """)
        for (name, hooks) in [("plain", ""), ("hooked", "hooks: hooks.lua")] {
            try write(
                "activations/\(name)/activation.yaml",
                """
                hookline: 1
                name: \(name)
                source: shop
                model: { primary_key: id, columns: { id: integer, lifetime_value: number, last_order_at: timestamp } }
                segment: { name: "Bench \(name)", where: { field: lifetime_value, op: ">=", value: \(minimum) } }
                destination: newsletter
                mapping: { email: email }
                \(hooks)
                """)
        }
        try write(
            "activations/hooked/hooks.lua",
            """
            return {
              map = function(user) return { email = user.email } end,
              filter = function(user)
                if user.country == "ZZ" or user.lifetime_value < 0 then return false, "no" end
                return true
              end,
            }
            """)
    }
}
