/// The files of a new workspace.
enum WorkspaceTemplate {
    static func files(_ defaults: DefaultSettings) -> [(path: String, text: String)] {
        [
            ("hookline.yaml", manifest(defaults)), ("data/users.csv", users), (".gitignore", ".hookline/\n"), ("activations/.gitkeep", ""),
        ]
    }

    static func manifest(_ defaults: DefaultSettings) -> String {
        """
        # yaml-language-server: $schema=hookline.schema.json   (made by: hookline schema > hookline.schema.json)
        hookline: 1
        state: sqlite:.hookline/ledger.db

        sources:
          users: { type: csv, path: data/users.csv }

        destinations:
          newsletter:
            type: mailchimp
            api_key: ${env:MAILCHIMP_API_KEY}
            base_url: http://127.0.0.1:8089/3.0   # the simulator (hookline simulator); take this line out for Mailchimp itself
            audience: a1b2c3d4e5                  # hookline audiences lists those that the key can see
            defaults:                             # the default activation settings; an activation may set each of them itself
              \(defaults.lines.joined(separator: "\n      "))

        """
    }

    private static let users = """
        id,email,first_name,country,lifetime_value,last_order_at
        1,ada@example.com,Ada,FR,420.00,2026-02-11T09:30:00Z
        2,bob@example.com,Bob,BE,80.50,2026-01-20T17:05:00Z
        3,carla@example.org,Carla,FR,1310.00,2026-02-27T08:12:00Z
        4,dario@example.org,Dario,IT,260.00,2025-11-02T19:44:00Z
        5,eva@example.net,Eva,FR,,
        6,finn@example.net,Finn,DE,515.25,2026-02-01T12:00:00Z

        """
}
