#if os(Linux)
    import Foundation
    import MailchimpSimulator
    import Support
    import Testing

    @Suite("The process that reads with a driver, which a run starts")
    struct DriverProcessTests {
        /// What the system says of a process, from its state on; empty for one that is gone.
        private func fields(of process: Int32) -> [Substring] {
            let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            return status.split(separator: ")").last?.split(separator: " ") ?? []
        }

        private func text(_ name: String, of process: Int32) -> String {
            (try? String(contentsOfFile: "/proc/\(process)/\(name)", encoding: .utf8)) ?? ""
        }

        private func isAlive(_ process: Int32) -> Bool { fields(of: process).first.map { $0 != "Z" } ?? false }

        /// The child of a process that reads, and has worked for a while: it is at the rows.
        private func reader(of parent: Int32, _ kind: String) -> Int32? {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { Int32($0) }.first { process in
                let fields = fields(of: process)
                return fields.count > 11 && Int32(fields[1]) == parent && (Int(fields[11]) ?? 0) > 4
                    && text("cmdline", of: process).hasPrefix("hookline\0\(kind)-reader\0")
            }
        }

        private func shop(_ schema: PostgresSchema, _ kind: String, _ sql: String) async throws -> Shop {
            var options = SimulatorOptions()
            options.contacts = .these((1...3).map { ("person\($0)@example.com", .subscribed) })
            let shop = try await Shop(options)
            try shop.write(
                "hookline.yaml",
                """
                hookline: 1
                sources:
                  shop: { \(shop.keys(schema, through: kind)) }
                destinations:
                  newsletter: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(shop.server.baseURL)", audience: \(shop.server.audience) }
                """)
            try shop.write("activations/vip/activation.yaml", Shop.activation.replacing("model: {", with: "model: { sql: \"\(sql)\","))
            return shop
        }

        private static let people = """
            SELECT n AS id, 'person' || n || '@example.com' AS email, 'FR' AS country FROM generate_series(1, 3) n
            """

        @Test("reads the rows of a run, prints the rights that it needs, and proves them", arguments: ["odbc", "adbc"])
        func reads(_ kind: String) async throws {
            let schema = try PostgresSchema("CREATE TABLE users AS \(Self.people)")
            let shop = try await shop(schema, kind, "SELECT id, email, country FROM users")
            #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
            #expect(shop.server.segments.flatMap(\.members).sorted() == (1...3).map { "person\($0)@example.com" })
            let grants = try await shop.shell.hookline("source", "grants", "shop")
            #expect(
                grants.status == 0 && grants.output.contains("GRANT SELECT ON \"\(schema.name)\".\"users\" TO \"reader\";"), "\(grants)")
            let check = try await shop.shell.hookline("check", "--connect", "--json")
            #expect(check.status == 0, "\(check)")
            #expect(![grants, check].contains { "\($0)".contains(PostgresCluster.password) })
            await shop.close()
        }

        @Test("ends with the run, however that ends, and hears nothing of its environment and arguments", arguments: ["odbc", "adbc"])
        func ends(_ kind: String) async throws {
            let schema = try PostgresSchema()
            let endless = Self.people.replacing("generate_series(1, 3)", with: "generate_series(1, 100000000)")
            let shop = try await shop(schema, kind, endless)
            let run = try shop.shell.start("run", "vip", "--yes")
            var child: Int32?
            while child == nil, run.isRunning {
                child = reader(of: run.processIdentifier, kind)
                await Task.yield()
            }
            let process = try #require(child)
            let seen = ["cmdline", "environ"].map { text($0, of: process) }.joined()
            for secret in [shop.server.key, "SHOP_KEY", "SELECT", PostgresCluster.password, "127.0.0.1"] { #expect(!seen.contains(secret)) }
            Foundation.kill(run.processIdentifier, SIGKILL)
            run.waitUntilExit()
            while isAlive(process) { await Task.yield() }
            #expect(!isAlive(process) && shop.server.segments.flatMap(\.members).isEmpty)
            await shop.close()
        }

        @Test("leaves the segment as it is when it is killed", arguments: ["odbc", "adbc"])
        func killed(_ kind: String) async throws {
            let schema = try PostgresSchema()
            let shop = try await shop(schema, kind, Self.people)
            #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
            let endless = Self.people.replacing("generate_series(1, 3)", with: "generate_series(1, 100000000)")
            try shop.write("activations/vip/activation.yaml", Shop.activation.replacing("model: {", with: "model: { sql: \"\(endless)\","))
            let run = try shop.shell.start("run", "vip", "--yes")
            var child: Int32?
            while child == nil, run.isRunning {
                child = reader(of: run.processIdentifier, kind)
                await Task.yield()
            }
            Foundation.kill(try #require(child), SIGKILL)
            run.waitUntilExit()
            #expect(run.terminationStatus != 0)
            #expect(shop.server.segments.flatMap(\.members).count == 3)
            await shop.close()
        }
    }
#endif
