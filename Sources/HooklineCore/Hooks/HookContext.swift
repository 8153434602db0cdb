/// What a script may know about its run: `ctx` in Lua.
package struct HookContext: Equatable, Sendable {
    package var activation: String
    package var parameters: [Parameter]
    /// The start of the run, in Unix seconds.
    package var now: Int64
    /// `YYYY-MM-DD` in the activation's time zone.
    package var today: String
    package var timezone: String
    package var run: String
    package var kind: RunKind
    /// Seeds `math.random`, so that a run is repeatable.
    package var seed: UInt64

    package init(
        activation: String, parameters: [Parameter], now: Int64, today: String, timezone: String, run: String, kind: RunKind, seed: UInt64
    ) {
        self.activation = activation
        self.parameters = parameters
        self.now = now
        self.today = today
        self.timezone = timezone
        self.run = run
        self.kind = kind
        self.seed = seed
    }
}
