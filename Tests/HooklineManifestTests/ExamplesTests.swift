import HooklineCore
import HooklineManifest
import Testing

@Suite("The examples of the manual")
struct ExamplesTests {
    static let workspace = """
        hookline: 1
        state: sqlite:.hookline/ledger.db          # the embedded default; postgres://… for a fleet of workers
        sources:
          shop:    { type: csv, path: data/users.csv }
          crm:     { type: postgres, url: "${env:CRM_DATABASE_URL}" }
        destinations:
          newsletter:
            type: mailchimp
            api_key: ${env:MAILCHIMP_API_KEY}      # key-us21: the suffix picks the data centre
            # access_token: ${env:…}               # OAuth2 instead of a key
            # base_url: http://127.0.0.1:8089/3.0  # the simulator, or a proxy
            audience: a1b2c3d4e5                   # the contact list that every segment of this destination belongs to
            defaults:                              # default activation settings: one-click activation
              email: email
              schedule: "0 * * * *"
              safeguards: { max_removed: 20% }
        models:                                    # shared by activations; an activation may also carry its own
          customers: { source: crm, sql: "SELECT * FROM customers", primary_key: id }
        segments:
          vip: { name: VIP customers, model: customers, where: { field: lifetime_value, op: ">=", value: 1000 } }
        notify:
          webhook: ${env:SLACK_WEBHOOK_URL}        # failures, pauses, warnings

        """

    static let activation = """
        hookline: 1
        name: vip-customers
        version: 1.0.0
        description: Customers above a lifetime value, per country.
        parameters:                                # set per workspace or with --set; typed, with defaults
          threshold: { type: number, default: 100, description: Lifetime value from which a customer is a VIP. }
        source: shop
        model:
          table: users                             # or: sql: SELECT …   (for a file source the file itself is the table)
          primary_key: id
          columns: { id: integer, lifetime_value: number, subscribed_at: timestamp }   # types for sources that carry none
          calculated: { full_name: "first_name || ' ' || last_name" }
        segment:
          name: VIP customers
          where:
            all:
              - { field: lifetime_value, op: ">=", value: "${param:threshold}" }
              - any:
                  - { field: country, op: in, value: [FR, BE] }
                  - { field: country, op: is_null }
        destination: newsletter
        mapping: { email: email }                  # which field holds the email address of the users
        hooks: hooks.lua
        schedule: "0 6 * * *"                      # cron, or: every: 15m
        timezone: Europe/Paris
        safeguards: { max_removed: 20%, max_added: 50%, min_size: 1, on_script_error: fail }

        """

    private let memory = MemoryFiles(workspace: workspace, activation: activation)

    @Test("both load without an issue but the keys that have no effect yet, which are no issue of a run")
    func issues() {
        #expect(memory.issues().map(\.code) == ["manifest.no_effect", "manifest.no_effect", "manifest.no_effect"])
        #expect(memory.load().issues.isEmpty)
        #expect(memory.activation().issues.isEmpty)
    }

    @Test("the workspace is what its file says")
    func workspaceValue() throws {
        let document = try memory.load().get()
        let workspace = document.workspace
        #expect(workspace.root == "/w")
        #expect(workspace.ledgerPath == "/w/.hookline/ledger.db")
        #expect(workspace.activationNames == ["vip-customers"])
        #expect(workspace.sources.keys.sorted() == ["crm", "shop"])
        #expect(workspace.sources["shop"]?.path == "/w/data/users.csv")
        #expect(workspace.sources["crm"]?.server?.url?.text == "postgres://db/crm")
        #expect(document.webhook == .environment("SLACK_WEBHOOK_URL"))
        #expect(document.segmentNames == ["vip": "VIP customers"])
        let newsletter = try #require(workspace.destinations["newsletter"])
        #expect(newsletter.credential == .apiKey(.environment("MAILCHIMP_API_KEY")))
        #expect(newsletter.audience == "a1b2c3d4e5")
        #expect(newsletter.connections == 9)
        #expect(newsletter.defaults.email == "email")
        #expect(newsletter.defaults.schedule?.text == "0 * * * *")
        #expect(newsletter.defaults.safeguards?.maxRemoved == .percent(20))
    }

    @Test("the activation is what its file says, with its references resolved")
    func activationValue() throws {
        let activation = try memory.activation().get()
        #expect(activation.name == "vip-customers")
        #expect(activation.version == "1.0.0")
        #expect(activation.folder == "/w/activations/vip-customers")
        #expect(activation.file == "activations/vip-customers/activation.yaml")
        #expect(activation.source.name == "shop")
        #expect(activation.model.table == "users")
        #expect(activation.model.primaryKey == "id")
        #expect(activation.model.columns.map(\.name) == ["id", "lifetime_value", "subscribed_at"])
        #expect(activation.model.columns.map(\.type) == [.integer, .number, .timestamp])
        #expect(activation.model.calculated.map(\.expression) == ["first_name || ' ' || last_name"])
        #expect(activation.parameters.map(\.value) == [.number(100)])
        #expect(activation.segmentName == "VIP customers")
        #expect(activation.destination.name == "newsletter")
        #expect(activation.emailField == "email")
        #expect(activation.hooks == ["hooks.lua"])
        #expect(activation.schedule?.text == "0 6 * * *")
        #expect(activation.timezone == "Europe/Paris")
        #expect(
            activation.safeguards == Safeguards(maxRemoved: .percent(20), maxAdded: .percent(50), minSize: 1, onScriptError: .fail))
        #expect(activation.limits == HookLimits())
        #expect(!activation.adopt)
    }

    @Test("rules come out as a tree, parameters replaced, every field and value with its place")
    func rules() throws {
        let file = "activations/vip-customers/activation.yaml"
        func location(_ line: Int, _ column: Int) -> SourcePosition { SourcePosition(file: file, line: line, column: column) }
        let expected = Condition.all([
            .test(
                Condition.Test(
                    field: "lifetime_value", operation: .greaterOrEqual, value: .scalar(Literal("100", .number)),
                    fieldPosition: location(17, 18),
                    valuePosition: location(17, 51))),
            .any([
                .test(
                    Condition.Test(
                        field: "country", operation: .isIn, value: .list([.scalar("FR"), .scalar("BE")]), fieldPosition: location(19, 22),
                        valuePosition: location(19, 46))),
                .test(Condition.Test(field: "country", operation: .isNull, fieldPosition: location(20, 22))),
            ]),
        ])
        #expect(try memory.activation().get().rules == expected)
    }

    @Test("a named segment brings its model, and the model its source")
    func namedSegment() throws {
        var memory = MemoryFiles(
            workspace: Self.workspace.replacing("type: postgres, url: \"${env:CRM_DATABASE_URL}\"", with: "type: sqlite, path: crm.db"),
            activation: """
                hookline: 1
                name: vip-customers
                segment: vip
                destination: newsletter

                """)
        memory[text: "crm.db"] = "SQLite"
        #expect(memory.load().issues.isEmpty && memory.activation().issues.isEmpty)
        let activation = try memory.activation().get()
        #expect(activation.source.path == "/w/crm.db")
        #expect(activation.model.sql == "SELECT * FROM customers")
        #expect(activation.segmentName == "VIP customers")
        #expect(activation.rules?.fields == ["lifetime_value"])
        #expect(activation.emailField == "email", "the destination's default")
        #expect(activation.schedule?.text == "0 * * * *", "the destination's default")
        #expect(activation.safeguards.maxRemoved == .percent(20), "the destination's default")
        #expect(activation.timezone == "UTC")
    }
}
