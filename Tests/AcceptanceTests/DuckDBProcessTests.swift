#if os(Linux)
    import Foundation
    import MailchimpSimulator
    import Support
    import Testing

    @Suite("DuckDB's program, which a run starts")
    struct DuckDBProcessTests {
        /// What the system says of a process, from its state on; empty for one that is gone.
        private func fields(of process: Int32) -> [Substring] {
            let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            // The field before is a name in parentheses.
            return status.split(separator: ")").last?.split(separator: " ") ?? []
        }

        private func children(of parent: Int32) -> [Int32] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { Int32($0) }.filter { process in
                let fields = fields(of: process)
                return fields.count > 1 && Int32(fields[1]) == parent
            }
        }

        /// How long a process has worked, in hundredths of a second.
        private func ticks(of process: Int32) -> Int {
            let fields = fields(of: process)
            return fields.count > 11 ? Int(fields[11]) ?? 0 : 0
        }

        private func isAlive(_ process: Int32) -> Bool { fields(of: process).first.map { $0 != "Z" } ?? false }

        @Test("ends with the run, however that ends, and hears nothing of its environment and arguments")
        func ends() async throws {
            let shop = try await Shop(SimulatorOptions())
            let endless = "SELECT id, email, country FROM users, (SELECT count(*) FROM range(1000000000) a, range(1000000000) b)"
            try shop.write(users: users(1...3))
            try shop.write(
                "hookline.yaml",
                """
                hookline: 1
                sources:
                  shop: { type: duckdb, tables: { users: data/users.csv } }
                destinations:
                  newsletter: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(shop.server.baseURL)", audience: \(shop.server.audience) }
                """)
            try shop.write("activations/vip/activation.yaml", Shop.activation.replacing("model: {", with: "model: { sql: \"\(endless)\","))
            let run = try shop.shell.start("run", "vip", "--yes")
            var child: Int32?
            // The one that has worked for a while is neither a look at the file nor at the query.
            while child == nil, run.isRunning {
                child = children(of: run.processIdentifier).first { ticks(of: $0) > 30 }
                await Task.yield()
            }
            let process = try #require(child)
            let seen = ["cmdline", "environ"].map { (try? String(contentsOfFile: "/proc/\(process)/\($0)", encoding: .utf8)) ?? "" }
                .joined()
            #expect(seen.hasPrefix("duckdb"))
            #expect(!seen.contains(shop.server.key) && !seen.contains("SELECT") && !seen.contains("SHOP_KEY"))
            Foundation.kill(run.processIdentifier, SIGKILL)
            run.waitUntilExit()
            while isAlive(process) { await Task.yield() }
            #expect(!isAlive(process) && shop.server.segments.flatMap(\.members).isEmpty)
            await shop.close()
        }
    }
#endif
