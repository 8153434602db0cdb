import Foundation
import GRDB
import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support
import Testing

@Suite("The same plan, byte for byte")
struct PlanThreadsTests {
    private static let hooks = """
        return {
          map = function(user)
            if user.country == "FR" then return { email = "new-" .. user.email } end
            if user.country == "DE" then return { email = user.email } end
          end,
          filter = function(user)
            if user.country == "NL" then return false, "not in NL" end
            if user.score and user.score % 7 == 0 then error("seven") end
            return true
          end,
        }
        """

    @Test(
        "comes of any number of threads and workers", arguments: UInt64(1)...3,
        [SourceConfiguration.Kind.csv, .jsonl, .sqlite])
    func agreement(seed: UInt64, kind: SourceConfiguration.Kind) async throws {
        try await Workbench.with { bench in
            var random = SeededGenerator(seed: seed)
            let crowd = Crowd(&random)
            try crowd.write(to: bench, kind, &random)
            let policy = [Model.BadValuePolicy.null, .drop, .error][Int(seed % 3)]
            for (name, hooks) in [("plain", nil), ("scripted", Self.hooks)] {
                try bench.write(
                    "activations/\(name)/activation.yaml",
                    """
                    hookline: 1
                    name: \(name)
                    source: shop
                    model: { table: users, columns: { id: integer, score: integer }, primary_key: id, on_bad_value: \(policy.rawValue) }
                    segment: { name: Segment \(name), where: { any: [{ field: score, op: ">", value: 20 }, { field: country, op: "=", value: FR }] } }
                    destination: newsletter
                    mapping: { email: email }
                    \(hooks == nil ? "" : "hooks: hooks.lua\nsafeguards: { on_script_error: drop, max_script_errors: 1000000 }")

                    """)
                if let hooks { try bench.write("activations/\(name)/hooks.lua", hooks) }
                let expected = try await outcome(of: name, on: bench, threads: 1, workers: 1)
                for (threads, workers) in [(2, 1), (8, 2), (1, 2)] {
                    let found = try await outcome(of: name, on: bench, threads: threads, workers: workers)
                    #expect(found == expected, "seed \(seed), \(kind), \(name): \(threads) threads, \(workers) workers")
                }
                #expect(expected.contains(policy == .error ? "sources.bad_value" : "adds"), "\(expected.prefix(500))")
            }
        }
    }

    /// The bytes of the plan, without the run's name, which is chance; or the error.
    private func outcome(of name: String, on bench: Workbench, threads: Int, workers: Int) async throws -> String {
        var app = bench.app
        app.clock.now = { 1_767_225_600 }
        var choices = RunChoices()
        choices.threads = threads
        choices.scripts = ScriptChoices(workers: workers)
        let file = bench.path("plan.json")
        do {
            let made = try await app.plan(try app.prepare(name, choices, in: try app.workspace()), savingTo: file)
            // Mailchimp's clock goes on.
            return try bench.read("plan.json").replacing(made.report.run, with: "RUN").replacing(/"(asked|looked)Until":\d+/, with: "")
        } catch {
            let failure = RunFailure(error)
            return "\(failure.code.rawValue): \(failure.text)"
        }
    }
}

/// Users of a shop, some twice, some with values that do not fit.
private struct Crowd {
    private struct User {
        var id: Int
        var email: String
        var country: String
        var score: String
    }

    private let users: [User]

    init(_ random: inout SeededGenerator) {
        users = (1...Int.random(in: 4_000...6_000, using: &random)).map { id in
            let number = Int.random(in: 1...4_000, using: &random)
            let email = ["user\(number)@example.com", " USER\(number)@Example.com", "user\(number)@example.com", "nobody", ""]
            return User(
                id: Int.random(in: 0..<50, using: &random) == 0 ? 1 : id, email: email.randomElement(using: &random) ?? "",
                country: ["NL", "FR", "DE", "a \"q\"\nb", "NULL", "BE, or so", ""].randomElement(using: &random) ?? "",
                score: Int.random(in: 0..<200, using: &random) == 0 ? "much" : "\(id % 100)")
        }
    }

    func write(to bench: Workbench, _ kind: SourceConfiguration.Kind, _ random: inout SeededGenerator) throws {
        switch kind {
        case .jsonl:
            let rows = users.map { user in
                let country = user.country.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
                return "{\"id\":\(user.id),\"email\":\"\(user.email)\",\"country\":\"\(country)\",\"score\":\"\(user.score)\"}\n"
            }
            try bench.write("data/users.jsonl", rows.joined())
        case .sqlite:
            let queue = try DatabaseQueue(path: bench.path("data/users.db"))
            try queue.write { database in
                try database.execute(sql: "CREATE TABLE users (id, email TEXT, country TEXT, score)")
                for user in users {
                    try database.execute(
                        sql: "INSERT INTO users VALUES (?, ?, ?, ?)", arguments: [user.id, user.email, user.country, user.score])
                }
            }
        default:
            let rows = users.map { user in
                "\(user.id),\(user.email),\"\(user.country.replacing("\"", with: "\"\""))\",\(user.score)\n"
            }
            try bench.write("data/users.csv", "id,email,country,score\n" + rows.joined())
        }
        let file = kind == .sqlite ? "sqlite, path: data/users.db" : "\(kind.rawValue), path: data/users.\(kind.rawValue)"
        try bench.write("hookline.yaml", bench.manifest.replacing("csv, path: data/users.csv", with: file))
    }
}
