import Foundation
import HooklineApp
import HooklineCore
import HooklineStore
import MailchimpSimulator
import Testing

@Suite("Doctor looks at the way to Mailchimp")
struct NetworkDoctorTests {
    @Test(
        "and says by how many seconds the clocks differ, and whether that matters",
        arguments: [(0, LedgerFinding.Severity.fine), (290, .fine), (-290, .fine), (3_600, .problem), (-90_000, .problem)]
            as [(Int64, LedgerFinding.Severity)])
    func clock(ahead: Int64, _ severity: LedgerFinding.Severity) async throws {
        try await Workbench.with { bench in
            var app = bench.app
            let now = app.clock.now
            app.clock.now = { now() + ahead }
            let clock = try #require(
                try await Doctor(app, repairs: false, patience: .seconds(600)).examine().first { $0.subject == "clock" })
            #expect(clock.severity == severity)
            #expect(abs(try #require(clock.seconds) - ahead) <= 5)
            let json = String(decoding: try JSONEncoder().encode(clock), as: UTF8.self)
            #expect(json.contains("\"seconds\":"))
        }
    }

    @Test("and warns when the clocks cannot be compared")
    func noAnswer() async throws {
        try await Workbench.with { bench in
            try bench.write("hookline.yaml", bench.manifest.replacing("${env:SHOP_KEY}", with: "${env:OTHER_KEY}"))
            let clock = try #require(
                try await Doctor(bench.app, repairs: false, patience: .seconds(600)).examine().first { $0.subject == "clock" })
            #expect(clock.severity == .warning && clock.seconds == nil)
        }
    }

    @Test("and names the proxy without its password, and what counts")
    func proxy() async throws {
        try await Workbench.with { bench in
            let elsewhere = bench.manifest.replacing("base_url: \"\(bench.server.baseURL)\", ", with: "")
            try bench.write("hookline.yaml", elsewhere)
            var app = bench.app
            app.environment["SHOP_KEY"] = "0badc0de0badc0de0badc0de0badc0de-us99"
            app.environment["HTTPS_PROXY"] = "http://somebody:verysecret@proxy.example.com:3128"
            app.environment["SSL_CERT_FILE"] = "/nowhere/certificates.pem"
            let findings = try await Doctor(app, repairs: false, patience: .seconds(600)).examine()
            let network = findings.filter { $0.subject == "network" }
            #expect(network.count == 1 && network[0].message.contains("us99.api.mailchimp.com"))
            #expect(network[0].message.contains("proxy.example.com:3128 of HTTPS_PROXY"))
            #expect(!findings.contains { $0.message.contains("verysecret") || $0.message.contains("somebody:") })
            #expect(findings.contains { $0.subject == "certificates" && $0.severity == .problem })
        }
    }

    @Test("and an audience's name, or an ID that does not exist, is told by check and by a run")
    func audience() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            for (written, told) in [
                ("readers", "has no audience 'readers': that is the name of one"), ("a0a0a0a0a0", "has no audience 'a0a0a0a0a0'"),
            ] {
                try bench.write(
                    "hookline.yaml", bench.manifest.replacing("audience: \(bench.server.audience)", with: "audience: \(written)"))
                var request = CheckRequest()
                request.connects = true
                let issues = try await bench.app.check(request).issues
                #expect(issues.map(\.code) == ["engine.no_such_audience"] && issues[0].message.contains(told))
                let error = try await bench.run("vip", isConfirmed: true)[0].error
                #expect(error?.code == "engine.no_such_audience" && error?.message.contains(told) == true)
            }
        }
    }
}
