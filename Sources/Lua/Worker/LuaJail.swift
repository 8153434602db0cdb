import CLuaHost

/// How worker processes are started.
package struct LuaJail: Equatable, Sendable {
    /// The argument that makes the program a worker.
    package static let argument = "jailed-lua"
    /// The argument that makes the program a starter of workers, which copies itself for each.
    package static let starterArgument = "jailed-lua-starter"

    /// The program that becomes a worker when it gets that argument; by default, this one.
    package var executable: String
    /// False leaves out the system call filter. For tests.
    package var wantsFilter = true
    /// How much processor time beyond its limit a machine may use before its process is killed.
    package var grace = Duration.milliseconds(1_500)
    /// How long a machine that owes an answer may show no sign of life before its process is killed.
    package var longestSilence = Duration.seconds(60)

    package init(executable: String = LuaJail.thisProgram) {
        self.executable = executable
    }

    /// The file that this process runs; on Linux, even if it has been replaced on disk since.
    package static var thisProgram: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            CommandLine.arguments[0]
        #endif
    }
}

extension LuaJail {
    /// How many programs this process has started for all its workers. The first worker is a program of its own; from the second on, where
    /// the system allows it, they are copies of a program that was started once more and has seen nothing yet.
    package static var programsStarted: Int { Int(hl_host_programs_started()) }

    /// Turns this process into a worker, or a starter of workers, and never returns, if it was started as one.
    ///
    /// Call it before anything else: whatever a program has read by then, its worker has read, too.
    package static func becomeWorkerIfAsked() {
        guard CommandLine.arguments.count == 2 else { return }
        if CommandLine.arguments[1] == argument { hl_worker_main() }
        if CommandLine.arguments[1] == starterArgument { hl_starter_main() }
    }
}
