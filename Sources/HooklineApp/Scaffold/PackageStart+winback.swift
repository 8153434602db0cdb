extension PackageStart {
    /// Customers who have not ordered for a while, save a hold-out group.
    static let winback = PackageStart(
        description: "Customers who have not ordered for a while, but not for too long; some are held out to measure the effect.",
        parameters: """
            parameters:
              quiet_days: { type: integer, default: 90, description: A customer is worth winning back after so many days without an order. }
              gone_days: { type: integer, default: 730, description: After so many days without an order a customer is left alone. }
              hold_out_percent: { type: integer, default: 10, description: So many of a hundred customers get nothing. }
            """,
        columns: "{ id: integer, lifetime_value: number, last_order_at: timestamp }",
        rule: "{ field: last_order_at, op: is_not_null }",
        hooks: """
            Who is asked to come back.

            ---@type hookline.Hooks
            return {
              -- The reasons of those who are left out stand in the plan, the report and `hookline preview`.
              filter = function(user, ctx)
                local days = hookline.date.diff(ctx.now, user.last_order_at, "day")
                if days < ctx.params.quiet_days then return false, "ordered lately" end
                if days >= ctx.params.gone_days then return false, "gone too long" end
                -- By the key and not by chance: the same customers every day, on every machine.
                if hookline.hash.bucket(user.id, 100) < ctx.params.hold_out_percent then return false, "hold-out group" end
                return true
              end,
            }

            """,
        sample: """
            id,email,first_name,country,lifetime_value,last_order_at
            1,ada@example.com,Ada,FR,420.00,2025-11-11T09:30:00Z
            2,bob@example.com,Bob,BE,310.00,2026-02-20T17:05:00Z
            3,carla@example.org,Carla,BE,20.00,2021-02-27T08:12:00Z
            4,dan@example.org,Dan,FR,75.00,2025-10-01T10:00:00Z
            5,eve@example.org,Eve,FR,,

            """,
        tests: """
            - test: only customers who are neither fresh nor gone are asked back
              now: 2026-03-01T06:00:00Z
              params: { hold_out_percent: 0 }
              expect:
                added: [ada@example.com, dan@example.org]
                dropped: { ordered lately: 1, gone too long: 1 }
                buckets: { dropped_by_rules: 1 }

            - test: whoever orders again leaves the segment
              now: 2026-03-01T06:00:00Z
              params: { hold_out_percent: 0 }
              members: [ada@example.com, bob@example.com, dan@example.org]
              expect:
                removed: [bob@example.com]

            - test: whoever is held out gets nothing
              now: 2026-03-01T06:00:00Z
              params: { hold_out_percent: 100 }
              expect:
                added: []
                dropped: { ordered lately: 1, gone too long: 1, hold-out group: 2 }

            """)
}
