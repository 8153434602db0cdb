extension PackageStart {
    /// A threshold in the rules, and a filter that gives a reason.
    static let basic = PackageStart(
        description: "Says in one sentence who belongs.",
        parameters: """
            parameters:
              threshold: { type: number, default: 100, description: Lifetime value from which a user belongs. }
            """,
        columns: "{ id: integer, lifetime_value: number, last_order_at: timestamp }",
        rule: #"{ field: lifetime_value, op: ">=", value: "${param:threshold}" }"#,
        hooks: """
            Each one may be left out; docs/reference/hooks.md has them all.

            ---@type hookline.Hooks
            return {
              -- true keeps a user; false drops it, with a reason that is counted and shown.
              filter = function(user, ctx)
                if user.country == nil then
                  return false, "country unknown"
                end
                return true
              end,
            }

            """,
        sample: """
            id,email,first_name,country,lifetime_value,last_order_at
            1,ada@example.com,Ada,FR,420.00,2026-02-11T09:30:00Z
            2,bob@example.com,Bob,,310.00,2026-01-20T17:05:00Z
            3,carla@example.org,Carla,BE,20.00,2026-02-27T08:12:00Z

            """,
        tests: """
            - test: users of unknown country are dropped, and so is whoever is below the threshold
              expect:
                added: [ada@example.com]
                dropped: { country unknown: 1 }
                buckets: { dropped_by_rules: 1 }

            - test: a lower threshold lets more users in
              params: { threshold: 10 }
              members: [ada@example.com]
              expect:
                added: [carla@example.org]
                removed: []

            """)
}
