extension PackageStart {
    /// A segment for each country.
    static let breakdown = PackageStart(
        description: "One segment for each country, of everybody from a lifetime value on.",
        parameters: """
            parameters:
              threshold: { type: number, default: 0, description: Lifetime value from which a user belongs. }
            """,
        columns: "{ id: integer, lifetime_value: number, last_order_at: timestamp }",
        rule: #"{ field: lifetime_value, op: ">=", value: "${param:threshold}" }"#,
        more: "breakdown: { delete_empty: false, max_segments: 30 }\n",
        hooks: """
            Each country becomes a segment of its own.

            ---@type hookline.Hooks
            return {
              -- The label of a user: its two-letter country. Without one a user is in no segment of a country, so it is dropped
              -- with a reason rather than put into the segment of all the others.
              filter = function(user)
                if user.country == nil then return false, "country unknown" end
                return true
              end,

              breakdown = function(user)
                return hookline.text.upper(hookline.text.trim(user.country))
              end,

              name = function(segment)
                if segment.label == nil then return segment.name end
                return segment.name .. " · " .. segment.label
              end,
            }

            """,
        sample: """
            id,email,first_name,country,lifetime_value,last_order_at
            1,ada@example.com,Ada,FR,420.00,2026-02-11T09:30:00Z
            2,bob@example.com,Bob,,310.00,2026-01-20T17:05:00Z
            3,carla@example.org,Carla,BE,20.00,2026-02-27T08:12:00Z
            4,dan@example.org,Dan, fr,75.00,2026-02-01T10:00:00Z

            """,
        tests: """
            - test: each country has a segment, however it is written
              expect:
                labels:
                  FR: [ada@example.com, dan@example.org]
                  BE: [carla@example.org]
                dropped: { country unknown: 1 }

            - test: a country that nobody is from any more keeps its segment, empty
              params: { threshold: 50 }
              members_of: { BE: [carla@example.org] }
              expect:
                removed: [carla@example.org]
                warnings: [breakdown.vanished]

            """)
}
