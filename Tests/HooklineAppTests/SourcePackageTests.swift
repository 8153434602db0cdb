import Foundation
import HooklineApp
import HooklineCore
import Testing

@Suite("A package from a person's own source")
struct SourcePackageTests {
    private func made(_ bench: Workbench, _ text: String) async throws -> (NewPackage, CheckResult) {
        try bench.write("data/users.csv", text)
        let made = try await bench.app.makePackage(try NewPackageRequest("mine", from: .source("shop", table: nil, sql: nil)))
        var request = CheckRequest(["mine"])
        request.readsData = true
        return (made, try await bench.app.check(request))
    }

    @Test("passes check when a column says who agreed, and says what was guessed")
    func whole() async throws {
        try await Workbench.with { bench in
            let (made, check) = try await made(
                bench,
                "customer_id,E-Mail,accepts_marketing,total,zip\n7,ada@example.com,true,\"1,5\",01234\n8,bob@example.org,false,\"2,5\",99999\n"
            )
            #expect(made.guesses == ["email": "E-Mail", "primary_key": "customer_id", "consent": "accepts_marketing"] && made.toDo.isEmpty)
            #expect(!check.hasErrors && check.data?.first?.addresses.good == 2, "\(check.issues)")
            let plan = try await bench.run("mine", isDryRun: true)
            #expect(plan.first?.rows == 2)
        }
    }

    @Test(
        "fails check, rather than mail everybody, when no column says who agreed",
        arguments: [
            "newsletter_optout", "score", "unsubscribed", "is_active", "no_newsletter", "not_subscribed", "consent_denied",
            "without_consent",
            "newsletter_blocked", "stop_newsletter", "no_opt_in", "kein_newsletter", "sms_consent", "cookie_consent", "in",
            "accepts_marketing_calls", "consent_pending", "was_subscribed", "opt_email", "gdpr", "gdpr_email", "agreed", "permission",
            "marketing", "email_in", "has_newsletter", "noNewsletter", "newsletter2", "consent_required", "opt_newsletter_in", "optinout",
            "einwilligung", "accepts_terms", "subscribed_out",
        ])
    func consent(_ name: String) async throws {
        try await Workbench.with { bench in
            let (made, check) = try await made(bench, "id,email,\(name)\n1,ada@example.com,true\n2,bob@example.org,false\n")
            #expect(made.guesses["consent"] == nil && !made.toDo.isEmpty && check.hasErrors)
        }
    }

    @Test(
        "takes a name for consent if each of its words is plain",
        arguments: [
            "consent", "newsletter", "subscribed", "is_subscribed", "emailOptIn", "opted_in", "Accepts Email Marketing", "gdpr_consent",
            "e-mail-consent", "newsletter_optin", "agreed_mail", "marketing_permission", "has_consented",
        ])
    func plain(_ name: String) async throws {
        try await Workbench.with { bench in
            let (made, check) = try await made(bench, "id,email,\(name)\n1,ada@example.com,true\n2,bob@example.org,false\n")
            #expect(made.guesses["consent"] == name && !check.hasErrors)
        }
    }

    @Test(
        "names every column that may say so, and chooses none",
        arguments: [
            ("consent,newsletter", "true,false"), ("newsletter,no_newsletter", "true,false"), ("subscribed,sms_consent", "true,true"),
            ("newsletter,unsubscribed_at", "true,2026-01-01"),
        ])
    func candidates(_ names: String, _ cells: String) async throws {
        try await Workbench.with { bench in
            let (made, check) = try await made(bench, "id,email,\(names)\n1,ada@example.com,\(cells)\n2,bob@example.org,\(cells)\n")
            #expect(made.guesses["consent"] == nil && check.hasErrors)
            let manifest = try bench.read("activations/mine/activation.yaml")
            for name in names.split(separator: ",") {
                #expect(made.toDo.contains { $0.contains("'\(name)'") } && manifest.contains("'\(name)'"), "\(made.toDo)")
            }
        }
    }

    @Test("takes the consent beside the day of it")
    func dayOfConsent() async throws {
        try await Workbench.with { bench in
            let (made, _) = try await made(
                bench, "id,email,consent,consent_date\n1,ada@example.com,true,2026-01-01\n2,b@example.org,false,2026-01-02\n")
            #expect(made.guesses["consent"] == "consent")
        }
    }

    @Test("fails check when no column has addresses, or when values read in two ways only asks")
    func open() async throws {
        try await Workbench.with { bench in
            let (made, check) = try await made(bench, "id,name,newsletter,day\n1,Ada,true,01/02/2026\n2,Bob,false,03/04/2026\n")
            #expect(made.guesses["email"] == nil && made.toDo.count == 2 && check.hasErrors)
            #expect(try bench.read("activations/mine/activation.yaml").contains("# day is one of these:"))
        }
    }

    @Test("needs a source of the workspace")
    func unknown() async throws {
        try await Workbench.with { bench in
            let request = try NewPackageRequest("mine", from: .source("shpo", table: nil, sql: nil))
            await #expect(throws: IssuesFound.self) { try await bench.app.makePackage(request) }
            #expect(!bench.has("activations/mine"))
        }
    }
}
