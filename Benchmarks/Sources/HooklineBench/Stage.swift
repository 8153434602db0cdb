import Foundation

/// A workspace with many users, and a simulator that knows them all.
final class Stage {
    /// What one process took.
    struct Measure {
        var seconds: Double
        var peakMegabytes: Double
        /// The line that `--verbose` prints.
        var phases: String
    }

    private let root: URL
    private let users: Int
    private let latency: String?
    private let program: String
    private var simulator: Process?
    private(set) var sourceMegabytes = 0

    /// - Parameters:
    ///   - users: rows of the source.
    ///   - latency: of every answer of the simulator, such as `300ms`; nil for none.
    /// - Throws: what the system says when the workspace cannot be written.
    init(users: Int, latency: String? = nil) throws {
        self.users = users
        self.latency = latency
        root = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-bench-\(ProcessInfo.processInfo.processIdentifier)")
        program = FileManager.default.currentDirectoryPath + "/.build/release/hookline"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            fatalError("there is no \(program): run 'make bench' in the repository")
        }
        for folder in ["data", "activations/plain", "activations/hooked"] {
            try FileManager.default.createDirectory(at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        try writeUsers(1...users)
        let line = try startSimulator()
        try writeWorkspace(line)
    }

    func clear() {
        simulator?.terminate()
        try? FileManager.default.removeItem(at: root)
    }

    /// One in a hundred leaves, and as many new ones come.
    func churn() throws {
        try writeUsers((users / 100 + 1)...(users + users / 100))
    }

    /// Runs the program in the workspace and measures its process.
    func hookline(_ arguments: [String]) throws -> Measure {
        let errors = root.appendingPathComponent("errors.txt")
        let script = "cd '\(root.path)' && exec '\(program)' \(arguments.joined(separator: " ")) >output.json 2>errors.txt"
        let start = ContinuousClock.now
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The kernel counts the peak of the one child that sh becomes; GNU time prints it.
        let timer = "/usr/bin/time"
        let hasTimer = FileManager.default.isExecutableFile(atPath: timer)
        process.arguments = ["-c", hasTimer ? "\(timer) -f %M -o '\(root.path)/peak.txt' sh -c \"\(script)\"" : script]
        process.environment = ProcessInfo.processInfo.environment.merging(["BENCH_KEY": "0badc0de0badc0de0badc0de0badc0de-us21"]) { $1 }
        try process.run()
        process.waitUntilExit()
        let elapsed = (ContinuousClock.now - start).components
        let told = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        if process.terminationStatus != 0 {
            let output = (try? String(contentsOf: root.appendingPathComponent("output.json"), encoding: .utf8)) ?? ""
            fatalError("\(arguments) ended with \(process.terminationStatus): \(told)\(output.prefix(2_000))")
        }
        let peak = (try? String(contentsOf: root.appendingPathComponent("peak.txt"), encoding: .utf8)).flatMap {
            Double($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let phases = told.split(separator: "\n").first { $0.hasPrefix("phases: ") }.map { String($0.dropFirst(8)) } ?? ""
        return Measure(
            seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18, peakMegabytes: (peak ?? .nan) / 1_024, phases: phases)
    }

    /// How many calls the last command made, by its report.
    func callsMade() throws -> Int {
        let data = try Data(contentsOf: root.appendingPathComponent("output.json"))
        let report = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return report?["calls"] as? Int ?? -1
    }

    private func writeUsers(_ numbers: ClosedRange<Int>) throws {
        let countries = ["FR", "US", "GB", "DE", "ES", "IT", "NL", "BE", "CA", "AU"]
        var text: [UInt8] = Array("id,email,first_name,country,lifetime_value,last_order_at\n".utf8)
        text.reserveCapacity(numbers.count * 90)
        for number in numbers {
            let digits = String(number)
            let email = "user" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits + "@example.com"
            let value = "\(number % 500).\(number % 90 + 10)"
            text += Array(
                "\(number),\(email),Name\(number % 97),\(countries[number % 10]),\(value),2026-02-\(number % 18 + 10)T09:30:00Z\n".utf8)
        }
        sourceMegabytes = text.count >> 20
        try Data(text).write(to: root.appendingPathComponent("data/users.csv"))
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
                segment: { name: "Bench \(name)", where: { field: lifetime_value, op: ">=", value: 0 } }
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
