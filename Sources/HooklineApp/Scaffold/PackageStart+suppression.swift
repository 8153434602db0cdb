extension PackageStart {
    /// Everybody save those on a list, at blocked domains, and behind role addresses.
    static let suppression = PackageStart(
        description: "Everybody whom a mail may go to, with nobody on our list, no blocked domain, no role address.",
        parameters: """
            parameters:
              role_addresses: { type: boolean, default: false, description: Whether addresses such as info@ may get mail. }
              block_subdomains: { type: boolean, default: true, description: Whether the domains below a blocked one are blocked with it. }
              on_bad_line: { type: enum, values: [warn, fail], default: warn, description: What a line that can suppress nobody does. }
            """,
        columns: "{ id: integer, lifetime_value: number, last_order_at: timestamp }",
        rule: "{ field: email, op: is_not_null }",
        hooks: """
            Who is left out, and why. The lists are files in lookups/.

            -- Addresses and domains are compared in one spelling, however the lines are typed. Hookline warns of lines that can suppress
            -- nobody, or stops.
            local people, domains

            -- The part before the @ that means a role and not a person.
            local ROLES = { abuse = true, admin = true, info = true, noreply = true, office = true, postmaster = true, support = true }

            ---@type hookline.Hooks
            return {
              setup = function(ctx)
                local on_bad_key = ctx.params.on_bad_line
                people = hookline.lookup("suppressed.csv", "email", { normalise = "email", on_bad_key = on_bad_key })
                domains = hookline.lookup("blocked-domains.csv", "domain", {
                  normalise = "domain", subdomains = ctx.params.block_subdomains, on_bad_key = on_bad_key,
                })
              end,

              filter = function(user, ctx)
                local address = hookline.email.normalise(user.email)
                -- What is no address is for the host to drop and to count.
                if address == nil then return true end
                local person = people[address]
                if person then return false, "suppressed: " .. (person.reason or "on our list") end
                if domains[address] then return false, "blocked domain" end
                if not ctx.params.role_addresses and ROLES[address:match("^[^@+]*")] then return false, "role address" end
                return true
              end,
            }

            """,
        sample: """
            id,email,first_name,country,lifetime_value,last_order_at
            1,ada@example.com,Ada,FR,420.00,2026-02-11T09:30:00Z
            2,Bob@Example.com,Bob,BE,310.00,2026-01-20T17:05:00Z
            3,carla@News.example.net,Carla,BE,20.00,2026-02-27T08:12:00Z
            4,info@example.org,,FR,75.00,2026-02-01T10:00:00Z
            5,nobody,,FR,75.00,2026-02-01T10:00:00Z

            """,
        tests: """
            - test: nobody on a list gets mail, and each is counted under its reason
              expect:
                added: [ada@example.com]
                dropped: { "suppressed: asked by letter": 1, blocked domain: 1, role address: 1 }

            - test: domains below a blocked one are blocked by choice
              params: { block_subdomains: false }
              expect:
                added: [ada@example.com, carla@news.example.net]

            - test: lines are found however they are typed, and one that can suppress nobody is told
              lookups:
                suppressed.csv: |
                  email,reason
                  Ada L. <ADA@example.com>,asked by phone
                  bob at example.com,asked by letter
                blocked-domains.csv: |
                  domain
                  @Example.NET
              expect:
                dropped: { "suppressed: asked by phone": 1, blocked domain: 1, role address: 1 }
                warnings: [hook.lookup_lines]

            - test: a line that can suppress nobody stops the run where the parameter says so
              params: { on_bad_line: fail }
              lookups: { blocked-domains.csv: "domain\\nexample\\n" }
              expect: { error: "lookups/blocked-domains.csv:2: the row's key is not a domain" }

            - test: role addresses get mail when they may
              params: { role_addresses: true }
              members: [bob@example.com]
              expect:
                added: [ada@example.com, info@example.org]
                removed: [bob@example.com]

            """,
        lookups: [
            (
                "suppressed.csv",
                """
                email,reason
                bob@example.com,asked by letter

                """
            ),
            (
                "blocked-domains.csv",
                """
                domain
                example.net

                """
            ),
        ])
}
