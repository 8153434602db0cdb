import HooklineCore

extension HookContext {
    /// What the scripts of an activation may know about a run.
    ///
    /// They cannot tell a plan or a dry run from a real run: a script that could might show one thing and do another.
    package init(_ activation: Activation, run: String, kind: RunKind, startedAt: Int64, today: CalendarDate) {
        self.init(
            activation: activation.name, parameters: activation.parameters, now: startedAt, today: today.text,
            timezone: activation.timezone, run: run, kind: kind == .refresh ? .refresh : .run, seed: SubscriberHash(of: run).high)
    }
}

extension HookHost {
    /// Starts the scripts for a run. Their calls end when the run's time is over.
    ///
    /// There are no columns if the hooks only review a plan and report.
    ///
    /// - Throws: the errors of `setup`, and `EngineError.Code.badTimeZone`.
    func start(_ activation: Activation, run: String, kind: RunKind, clock: RunClock, columns: [Column] = []) throws {
        setCancellationCheck { clock.isOver }
        try start(
            columns: columns, primaryKey: columns.isEmpty ? nil : activation.model.primaryKey,
            context: HookContext(
                activation, run: run, kind: kind, startedAt: clock.startedAt, today: try clock.today(in: activation.timezone)))
    }
}
