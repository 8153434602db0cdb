import HooklineCore
import HooklineHooks

/// The files of a new package: what all have, around what its starting point brings.
struct PackageTemplate {
    let name: String
    let source: String
    let destination: String
    let start: PackageStart

    var files: [(path: String, text: String)] {
        [
            (WorkspaceLayout.manifest, manifest), ("hooks.lua", "-- Hooks of \(name). \(start.hooks)"), ("samples/users.csv", start.sample),
            ("tests/users.yaml", "# What must come of the sample; docs/guide/test-a-package.md has all of it.\n\(start.tests)"),
            ("README.md", readme),
            (".luarc.json", editorSettings), (".types/hookline.lua", LuaTypes().text),
        ] + start.lookups.map { ("lookups/\($0.file)", $0.text) }
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
        description: \(start.description)

        \(start.parameters)

        source: \(source)
        model:
          primary_key: id
          columns: \(start.columns)

        segment:
          name: \(name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " "))
          where:
            all:
              - \(start.rule)

        destination: \(destination)
        mapping: { email: email }
        hooks: hooks.lua
        safeguards: { max_removed: 20%, on_script_error: fail }
        \(start.more)
        """
    }

    private var readme: String {
        """
        # \(name)

        \(start.description)

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
