import HooklineHooks

/// The files of a new package.
struct PackageTemplate {
    let name: String
    let source: String
    let destination: String

    var files: [(path: String, text: String)] {
        [
            ("activation.yaml", manifest), ("hooks.lua", hooks), ("samples/users.csv", sample), ("tests/users.yaml", tests),
            ("README.md", readme),
            (".luarc.json", editorSettings), (".types/hookline.lua", LuaTypes().text),
        ]
    }

    /// What LuaLS reads: where the types are, and which of Lua's libraries scripts do not have.
    private var editorSettings: String {
        """
        {
          "runtime.version": "Lua 5.4",
          "runtime.builtin": {
            "coroutine": "disable", "debug": "disable", "ffi": "disable", "io": "disable", "jit": "disable",
            "os": "disable", "package": "disable"
          },
          "workspace.library": [".types"]
        }

        """
    }

    private var manifest: String {
        """
        hookline: 1
        name: \(name)
        version: 0.1.0
        description: Says in one sentence who belongs.

        parameters:
          threshold: { type: number, default: 100, description: Lifetime value from which a user belongs. }

        source: \(source)
        model:
          primary_key: id
          columns: { id: integer, lifetime_value: number, last_order_at: timestamp }

        segment:
          name: \(name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " "))
          where:
            all:
              - { field: lifetime_value, op: ">=", value: "${param:threshold}" }

        destination: \(destination)
        mapping: { email: email }
        hooks: hooks.lua
        safeguards: { max_removed: 20%, on_script_error: fail }

        """
    }

    private var hooks: String {
        """
        -- Hooks of \(name). Each one may be left out; docs/reference/hooks.md has them all.

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

        """
    }

    private var sample: String {
        """
        id,email,first_name,country,lifetime_value,last_order_at
        1,ada@example.com,Ada,FR,420.00,2026-02-11T09:30:00Z
        2,bob@example.com,Bob,,310.00,2026-01-20T17:05:00Z
        3,carla@example.org,Carla,BE,20.00,2026-02-27T08:12:00Z

        """
    }

    private var tests: String {
        """
        # What must come of the sample: docs/guide/test-a-package.md has all that a test may say.
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

        """
    }

    private var readme: String {
        """
        # \(name)

        Who belongs, and why.

        | command | does |
        |---|---|
        | `hookline check \(name)` | validates the package |
        | `hookline test \(name)` | runs its tests on the sample |
        | `hookline preview \(name)` | shows what the hooks do to each user |
        | `hookline plan \(name)` | shows what a run would do |
        | `hookline run \(name)` | makes the segment follow the source |
        | `hookline hooks --types \(name) >.types/hookline.lua` | tells editors the model's fields; run it in this folder |

        """
    }
}
